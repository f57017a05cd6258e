// Shows who is writing in a topic, or who was in a space lately: fetched from data-nearby when the stream says "look". The reader's own page
// says that they are writing (data-writes: the form to watch) or here (data-here), only where what was fetched says that it may.
const AGAIN = 10000; // while somebody goes on writing
const LASTS = 16000; // after which nobody who has not said it again is writing
const HERE = 240000;

export default function nearby(element) {
  const form = element.dataset.writes && document.getElementById(element.dataset.writes);
  let says = null;
  let said = 0;
  let over = 0;

  async function look(address, into) {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-says]");
    if (into && found) into.replaceChildren(...found.childNodes);
    return found?.dataset.says === "yes";
  }

  function tell(address) {
    const words = new FormData();
    words.set("csrfmiddlewaretoken", element.dataset.token);
    return fetch(address, { method: "POST", body: words, keepalive: true });
  }

  async function shown() {
    clearTimeout(over);
    says = await look(element.dataset.nearby, element);
    if (element.textContent.trim() && form) over = setTimeout(shown, LASTS);
  }

  async function written() {
    if (Date.now() - said < AGAIN || !form.elements.source?.value.trim()) return;
    said = Date.now();
    if (says === null) says = await look(element.dataset.nearby, null);
    if (says) await tell(element.dataset.nearby);
  }

  async function here() {
    if (!element.isConnected || document.hidden) return;
    const address = element.dataset.here;
    if (await look(address, form ? null : element)) await tell(address);
  }

  form?.addEventListener("input", written);
  document.addEventListener("live:nearby", (event) => {
    if (element.isConnected && event.detail === element.dataset.about) setTimeout(shown, Math.random() * 700);
  });
  if (element.dataset.here) {
    setTimeout(here, 1000);
    setInterval(here, HERE);
  }
}
