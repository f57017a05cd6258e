// Loads what a page asks for by data-behaviour, on first use, and again for what htmx swaps in; the keys work on every page.
import keys from "./keys.js";

const modules = {
  autosize: () => import("./autosize.js"),
  chart: () => import("./chart.js"),
  confirm: () => import("./confirm.js"),
  copy: () => import("./copy.js"),
  count: () => import("./count.js"),
  dialog: () => import("./dialog.js"),
  draft: () => import("./draft.js"),
  lines: () => import("./lines.js"),
  list: () => import("./list.js"),
  live: () => import("./live.js"),
  menu: () => import("./menu.js"),
  nearby: () => import("./nearby.js"),
  paste: () => import("./paste.js"),
  pictures: () => import("./pictures.js"),
  presses: () => import("./presses.js"),
  push: () => import("./push.js"),
  reached: () => import("./reached.js"),
  reads: () => import("./reads.js"),
  share: () => import("./share.js"),
  suggest: () => import("./suggest.js"),
  time: () => import("./time.js"),
  untold: () => import("./untold.js"),
  wishes: () => import("./wishes.js"),
  words: () => import("./words.js"),
  writing: () => import("./writing.js"),
  zone: () => import("./zone.js"),
};
const onFocus = new Set(["suggest", "writing"]);
const begun = new WeakMap();

async function begin(element, name) {
  const names = begun.get(element) ?? new Set();
  if (names.has(name) || !modules[name]) return;
  begun.set(element, names.add(name));
  (await modules[name]()).default(element);
}

function look(root) {
  const found = [...root.querySelectorAll("[data-behaviour]")];
  if (root.matches?.("[data-behaviour]")) found.push(root);
  for (const element of found) for (const name of element.dataset.behaviour.split(" ")) {
    if (onFocus.has(name) && !element.contains(document.activeElement)) element.addEventListener("focusin", () => begin(element, name), { once: true });
    else begin(element, name);
  }
}

export function start() {
  look(document.body);
  document.body.addEventListener("htmx:load", (event) => look(event.detail.elt));
  keys();
}
