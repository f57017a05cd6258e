// Pictures pasted into or dropped on a composer are sent to data-upload; the answer {markdown} takes their place in the text.
import { say } from "./say.js";

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
}

async function send(place, box, file) {
  const stand = `![${file.name.replace(/[[\]]/g, "")}…]()`;
  box.setRangeText(stand, box.selectionStart, box.selectionEnd, "end");
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch(place.dataset.upload, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } }).catch(() => null);
  const told = answer ? await answer.json().catch(() => ({})) : {};
  box.value = box.value.replace(stand, answer?.ok ? told.markdown : "");
  if (!answer?.ok) say(told.reason ?? "");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export default function pictures(place) {
  const box = place.querySelector("textarea");
  const take = (event, files) => {
    const found = [...(files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!found.length) return;
    event.preventDefault();
    for (const file of found) send(place, box, file);
  };
  box.addEventListener("paste", (event) => take(event, event.clipboardData?.files));
  place.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("is-dropping");
  });
  place.addEventListener("dragleave", () => place.classList.remove("is-dropping"));
  place.addEventListener("drop", (event) => {
    place.classList.remove("is-dropping");
    take(event, event.dataTransfer?.files);
  });
}
