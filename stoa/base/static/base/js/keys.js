// Keys: "/" searches, "c" writes something new, "g" and a letter goes somewhere, "j" and "k" walk a list, "?" shows them all.
import { walk } from "./list.js";

const PATIENCE = 1200;
let going = 0;

function isWriting(target) {
  return target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
}

const acts = {
  "/": () => (document.querySelector('[data-key="/"]') ?? document.querySelector('input[type="search"]'))?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  c: () => document.querySelector("[data-create]")?.click(),
  j: () => walk(1),
  k: () => walk(-1),
};

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return;
  if (Date.now() - going < PATIENCE) {
    going = 0;
    document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
    return;
  }
  if (event.key === "g") going = Date.now();
  else if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
}

export default function keys() {
  document.addEventListener("keydown", press);
}
