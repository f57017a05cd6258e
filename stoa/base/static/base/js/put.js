// Puts words into a text box where a person could take them back (Ctrl+Z).
export function put(box, words, from = box.selectionStart, to = box.selectionEnd) {
  box.focus();
  box.setSelectionRange(from, to);
  if (document.execCommand("insertText", false, words)) return;
  box.setRangeText(words, from, to, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
