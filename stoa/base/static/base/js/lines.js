// A button that puts a line of its own (data-line) at the caret of the text box that data-lines names. Without scripts it is sent.
import { put } from "./put.js";

export default function lines(button) {
  const box = document.getElementById(button.dataset.lines);
  if (!box) return;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    put(box, `${before ? "\n\n" : ""}${button.dataset.line}\n\n`, before.length, box.selectionEnd);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
