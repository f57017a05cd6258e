// A search box that says, while one types, what is there: data-suggests answers {suggestions: [{kind, label, address}]}. The arrow keys
// walk them, Enter goes there, Escape closes; without one chosen, Enter searches.
const PATIENCE = 180;

function draw(list, found) {
  list.replaceChildren(
    ...found.map(({ kind, label, address }, at) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}-${at}` });
      option.setAttribute("role", "option");
      option.dataset.address = address;
      const name = Object.assign(document.createElement("span"), { textContent: label, dir: "auto" });
      option.append(name, Object.assign(document.createElement("small"), { textContent: kind }));
      return option;
    }),
  );
}

export default function suggest(input) {
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}-suggestions`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  input.closest(".searchbox").append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  let at = -1;
  let waiting = 0;
  let asked = input.defaultValue.trim(); // what was typed while this was on its way is asked for at once, below

  const choose = (next) => {
    at = next;
    [...list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    choose(-1);
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    const answer = text.length < 2 ? null : await fetch(`${input.dataset.suggests}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? (await answer.json()).suggestions : [];
    if (text !== asked) return;
    draw(list, found);
    show(found.length > 0 && document.activeElement === input);
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const size = list.children.length;
    if (event.key === "ArrowDown") choose((at + 2) % (size + 1) - 1);
    else if (event.key === "ArrowUp") choose((at + size + 1) % (size + 1) - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && at >= 0) location.assign(list.children[at].dataset.address);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option && event.button === 0) location.assign(option.dataset.address);
  });
  if (input.value.trim() !== asked) waiting = setTimeout(ask, PATIENCE);
}
