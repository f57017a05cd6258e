// All emoji at once, with a search by name: letters narrow them, the arrow keys walk them, Enter takes one, Escape goes back to the text.
import { named } from "./emoji_names.js";
import { put } from "./put.js";
import { say } from "./say.js";

export default function emojiBoard(box, place) {
  const open = place.parentElement.querySelector(".emoji-board");
  if (open) return open.leave();
  const board = Object.assign(document.createElement("div"), { className: "emoji-board" });
  board.setAttribute("role", "dialog");
  board.setAttribute("aria-label", place.dataset.emoji);
  const list = Object.assign(document.createElement("ul"), { id: `${box.id}-emoji` });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", place.dataset.emoji);
  const input = Object.assign(document.createElement("input"), { type: "search", className: "input", autocomplete: "off", placeholder: place.dataset.emoji });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-label": place.dataset.emoji, "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": list.id })) input.setAttribute(name, value);
  const none = Object.assign(document.createElement("p"), { className: "small muted", textContent: place.dataset.none, hidden: true });
  board.append(input, list, none);
  let shown = [];
  let at = 0;

  const choose = (next) => {
    at = Math.max(0, Math.min(shown.length - 1, next));
    [...list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const draw = () => {
    shown = named(input.value.trim());
    list.replaceChildren(
      ...shown.map(([sign, name], each) => {
        const option = Object.assign(document.createElement("li"), { id: `${list.id}-${each}`, textContent: sign, title: name });
        option.setAttribute("role", "option");
        option.setAttribute("aria-label", name);
        return option;
      }),
    );
    none.hidden = shown.length > 0;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    choose(0);
    if (input.value) say(shown.length ? `${shown.length} ${place.dataset.found}` : place.dataset.none);
  };
  const outside = (event) => board.contains(event.target) || event.target.closest("[data-tool=emoji]") || close();
  const close = () => {
    board.remove();
    document.removeEventListener("pointerdown", outside);
  };
  board.leave = () => {
    close();
    box.focus();
  };
  const take = (which) => {
    if (!shown[which]) return;
    close();
    put(box, shown[which][0]);
  };
  const across = () => Math.max(1, Math.floor(list.clientWidth / (list.children[0]?.offsetWidth || list.clientWidth)));
  input.addEventListener("input", draw);
  board.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across(), ArrowUp: -across() };
    if (steps[event.key]) choose(at + steps[event.key]);
    else if (event.key === "Enter") take(at);
    else if (event.key === "Escape") board.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  board.addEventListener("focusout", (event) => event.relatedTarget && !board.contains(event.relatedTarget) && close());
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option && event.button === 0) take([...list.children].indexOf(option));
  });
  document.addEventListener("pointerdown", outside);
  place.after(board);
  draw();
  input.focus();
  board.scrollIntoView({ block: "nearest" });
}
