// What may follow the words before the caret of a text box, as a list: the arrow keys walk it, Enter or Tab takes one, Escape closes it.
// `pattern` finds the beginning that was typed (its first group), `find` gives [{insert, label, note, picture}] for it.
import { put } from "./put.js";
import { say } from "./say.js";

const PATIENCE = 120;
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "direction", "textAlign", "tabSize", "overflowWrap"];
let made = 0;

// Where the caret stands in the box: its line's end and its place in the line, in pixels from the box's corner.
function caret(box, at) {
  const mirror = document.createElement("div");
  const style = getComputedStyle(box);
  for (const name of COPIED) mirror.style[name] = style[name];
  Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", inlineSize: `${box.clientWidth}px`, insetBlockStart: 0 });
  mirror.textContent = box.value.slice(0, at);
  const mark = mirror.appendChild(Object.assign(document.createElement("span"), { textContent: "\u200b" }));
  box.parentElement.append(mirror);
  const found = { x: mark.offsetLeft, y: mark.offsetTop + mark.offsetHeight - box.scrollTop };
  mirror.remove();
  return found;
}

function drawn(item, id) {
  const option = Object.assign(document.createElement("li"), { id });
  option.setAttribute("role", "option");
  if (item.picture) option.append(Object.assign(document.createElement("img"), { src: item.picture, alt: "", width: 28, height: 28 }));
  else if (item.picture === "") option.append(Object.assign(document.createElement("span"), { className: "offers-blank", textContent: [...item.label][0], ariaHidden: "true" }));
  const name = Object.assign(document.createElement("span"), { textContent: item.label, dir: "auto" });
  option.append(name);
  if (item.note) option.append(Object.assign(document.createElement("small"), { textContent: item.note, dir: "auto" }));
  return option;
}

export function picker(box, composer, { pattern, find, label, words }) {
  const list = Object.assign(document.createElement("ul"), { id: `${box.id}-offers-${(made += 1)}`, className: "suggestions offers", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  composer.append(list);
  let items = [];
  let at = -1;
  let start = 0;
  let waiting = 0;
  let turn = 0;

  const choose = (next) => {
    at = next;
    [...list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    box.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    turn += 1;
    clearTimeout(waiting);
    if (list.hidden) return;
    list.hidden = true;
    for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) box.removeAttribute(name);
  };
  const open = () => {
    const { x, y } = caret(box, start);
    list.hidden = false;
    list.style.insetBlockStart = `${box.offsetTop + Math.min(y, box.clientHeight) + 4}px`;
    const over = list.getBoundingClientRect().bottom > innerHeight && composer.getBoundingClientRect().top + y > list.offsetHeight;
    if (over) list.style.insetBlockStart = `${box.offsetTop + y - list.offsetHeight - 32}px`;
    list.style.left = `${Math.max(0, Math.min(x, composer.clientWidth - list.offsetWidth))}px`;
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-autocomplete", "list");
    choose(0);
    say(`${items.length} ${words.found}`);
  };
  const take = (item) => {
    const to = box.selectionStart;
    close();
    put(box, `${item.insert} `, start, to);
  };
  const ask = async () => {
    const found = box.value.slice(0, box.selectionStart).match(pattern);
    if (!found || box.selectionStart !== box.selectionEnd) return close();
    const mine = (turn += 1);
    const offered = await find(found[1]);
    if (mine !== turn || document.activeElement !== box) return;
    if (!offered.length) return close();
    items = offered;
    start = found.index + found[0].length - found[1].length - 1;
    list.replaceChildren(...items.map((item, each) => drawn(item, `${list.id}-${each}`)));
    open();
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  };
  box.addEventListener("input", soon);
  box.addEventListener("click", () => list.hidden || soon());
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const size = items.length;
    if (event.key === "ArrowDown") choose((at + 1) % size);
    else if (event.key === "ArrowUp") choose((at + size - 1) % size);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) take(items[at]);
    else {
      if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option && event.button === 0) take(items[[...list.children].indexOf(option)]);
  });
  ask();
}
