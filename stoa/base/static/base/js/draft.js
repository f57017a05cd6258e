// Keeps what is being written on this device under data-draft until the form was sent and answered.
const KEPT_DAYS = 30;
const PREFIX = "draft:";

function tidy() {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const { at = 0 } = JSON.parse(localStorage[key] || "{}");
    if (Date.now() - at > KEPT_DAYS * 86400000) localStorage.removeItem(key);
  }
}

export default function draft(box) {
  const key = PREFIX + box.dataset.draft;
  const note = document.querySelector(`[data-draft-of="${CSS.escape(box.id)}"]`);
  const show = (kept) => note && (note.hidden = !kept);
  const sent = sessionStorage.getItem(key);
  if (sent !== null && sent !== box.value) localStorage.removeItem(key);
  sessionStorage.removeItem(key);
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  if (kept && !box.value) {
    box.value = kept.text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    show(true);
  }
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (box.value) localStorage.setItem(key, JSON.stringify({ text: box.value, at: Date.now() }));
      else localStorage.removeItem(key);
      show(Boolean(box.value));
    }, 400);
  });
  box.form?.addEventListener("submit", () => {
    clearTimeout(waiting);
    if (box.value) localStorage.setItem(key, JSON.stringify({ text: box.value, at: Date.now() }));
    sessionStorage.setItem(key, box.value);
  });
  box.form?.addEventListener("htmx:afterRequest", (event) => {
    sessionStorage.removeItem(key);
    if (event.detail.successful) localStorage.removeItem(key);
  });
  tidy();
}
