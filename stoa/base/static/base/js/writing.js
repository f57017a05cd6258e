// The tools of a writing box: buttons and keys that shape the chosen words, and, when "@" or ":" is typed, who or what may follow.
import { put } from "./put.js";

const KEYS = { b: "bold", i: "italic", k: "link", e: "code" };
const SHIFTED = { Period: "quote", Digit8: "list", KeyL: "task" };
const MARKS = { bold: "**", italic: "*", spoiler: "||" };
const PREFIXES = { quote: "> ", list: "- ", task: "- [ ] " };

// The chosen words between two marks, or without them when they stand there already.
function surround(box, mark, stand) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const words = value.slice(from, to);
  const size = mark.length;
  if (value.slice(from - size, from) === mark && value.slice(to, to + size) === mark) {
    put(box, words || stand, from - size, to + size);
    return box.setSelectionRange(from - size, from - size + (words || stand).length);
  }
  put(box, `${mark}${words || stand}${mark}`);
  box.setSelectionRange(from + size, from + size + (words || stand).length);
}

// Every chosen line begins with the prefix, or none when all did.
function prefix(box, sign) {
  const { value } = box;
  const from = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const end = value.indexOf("\n", box.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(sign));
  const made = lines.map((line) => (all ? line.slice(sign.length) : line.startsWith(sign) ? line : sign + line)).join("\n");
  put(box, made, from, to);
  if (lines.length > 1) box.setSelectionRange(from, from + made.length);
}

function fence(box, before, after, stand) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const words = value.slice(from, to) || stand;
  const start = `${from && value[from - 1] !== "\n" ? "\n" : ""}${before}\n`;
  put(box, `${start}${words}\n${after}${to < value.length && value[to] !== "\n" ? "\n" : ""}`);
  box.setSelectionRange(from + start.length, from + start.length + words.length);
}

function link(box, stand) {
  const { selectionStart: from, selectionEnd: to } = box;
  const words = box.value.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(words);
  const name = isAddress || !words ? stand : words;
  const address = isAddress ? words : "https://";
  put(box, `[${name}](${address})`);
  const at = from + (words && !isAddress ? name.length + 3 : 1);
  box.setSelectionRange(at, at + (words && !isAddress ? address.length : name.length));
}

function use(tool, box, place) {
  const stand = place.dataset.words;
  const several = box.value.slice(box.selectionStart, box.selectionEnd).includes("\n");
  if (tool === "emoji") return import("./emoji_board.js").then((board) => board.default(box, place));
  if (tool === "link") return link(box, stand);
  if (PREFIXES[tool]) return prefix(box, PREFIXES[tool]);
  if (tool === "code") return several ? fence(box, "```", "```", stand) : surround(box, "`", stand);
  if (tool === "spoiler" && several) return fence(box, "::: spoiler", ":::", stand);
  return surround(box, MARKS[tool], stand);
}

// One stop of the Tab key for all tools; the arrow keys walk them.
function walk(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const ahead = getComputedStyle(buttons[0]).direction === "rtl" ? -1 : 1;
  const to = { ArrowRight: at + ahead, ArrowLeft: at - ahead, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
  next.focus();
}

export default function writing(composer) {
  const box = composer.querySelector("textarea");
  const place = composer.querySelector(".composer-tools");
  const buttons = [...place.querySelectorAll("[data-tool]")];
  const begun = new Set();
  place.hidden = false;
  place.addEventListener("keydown", (event) => walk(event, buttons));
  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (button) use(button.dataset.tool, box, place);
  });
  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    if (event.key === "Enter") {
      const main = box.form?.querySelector(".button.is-main");
      if (!main) return;
      event.preventDefault();
      return main.click();
    }
    const tool = event.shiftKey ? SHIFTED[event.code] : KEYS[event.key.toLowerCase()];
    if (!tool) return;
    event.preventDefault();
    use(tool, box, place);
  });
  const look = async () => {
    const before = box.value.slice(Math.max(0, box.selectionStart - 3), box.selectionStart);
    for (const [sign, load] of [["@", () => composer.dataset.people && import("./mentions.js")], [":", () => import("./emoji.js")]]) {
      if (!before.includes(sign) || begun.has(sign)) continue;
      begun.add(sign);
      (await load())?.default?.(box, composer, place);
    }
  };
  box.addEventListener("input", look);
}
