// Listens for what happens to data-live ("kind:ID", several with blanks) and fetches this element's fragment anew from data-refresh
// (or the page's own address). Only in the visible tab; on coming back it catches up once.
const places = new Set();
let stream = null;
let waiting = 0;

function subjects() {
  return [...new Set([...places].flatMap((place) => place.dataset.live.split(" ")))].sort();
}

async function refresh(place) {
  const address = place.dataset.refresh || location.pathname + location.search;
  const trigger = new CustomEvent("live:refresh", { bubbles: true, cancelable: true });
  if (!place.dispatchEvent(trigger)) return;
  await window.htmx?.ajax("GET", address, { target: place, source: place, swap: place.dataset.swap || "innerHTML" });
}

function told(event) {
  const { key, id } = JSON.parse(event.data);
  for (const place of places) if (place.dataset.live.split(" ").includes(`${key}:${id}`)) refresh(place);
}

function close() {
  stream?.close();
  stream = null;
}

function open() {
  close();
  for (const place of places) if (!place.isConnected) places.delete(place);
  const wanted = subjects();
  if (!wanted.length || document.hidden) return;
  stream = new EventSource(`/live?${wanted.map((each) => `on=${encodeURIComponent(each)}`).join("&")}`);
  stream.onmessage = told;
  stream.addEventListener("nearby", (event) => {
    const { key, id } = JSON.parse(event.data);
    document.dispatchEvent(new CustomEvent("live:nearby", { detail: `${key}:${id}` }));
  });
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(open, 50);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) close();
  else {
    places.forEach(refresh);
    soon();
  }
});

export default function live(element) {
  places.add(element);
  soon();
}
