// Copies data-copy, or the text of the element that data-copies names, and says so with data-copied.
import { say } from "./say.js";

export default function copy(button) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies ?? "");
    await navigator.clipboard.writeText(button.dataset.copy ?? source?.value ?? source?.textContent.trim() ?? "");
    const words = button.querySelector("span");
    say(button.dataset.copied ?? words?.textContent ?? "");
    if (!words || !button.dataset.copied) return;
    const before = words.textContent;
    words.textContent = button.dataset.copied;
    setTimeout(() => (words.textContent = before), 2000);
  });
}
