// Pictures chosen for, pasted into or dropped on a composer are sent to data-upload; the answer {markdown} takes their place in the
// text, and the caret stands where the description goes.
function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
}

function tell(place, words, isBad) {
  const said = place.querySelector("[data-picture-said]");
  if (!said) return;
  said.textContent = words;
  said.classList.toggle("is-bad", isBad);
}

async function send(place, box, file) {
  const stand = `![${file.name.replace(/[[\]]/g, "")}…]()`;
  box.setRangeText(stand, box.selectionStart, box.selectionEnd, "end");
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch(place.dataset.upload, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } }).catch(() => null);
  const told = answer ? await answer.json().catch(() => ({})) : {};
  const at = box.value.indexOf(stand);
  if (at >= 0) box.setRangeText(answer?.ok ? told.markdown : "", at, at + stand.length, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const said = place.querySelector("[data-picture-said]")?.dataset ?? {};
  if (!answer?.ok) return tell(place, told.reason || said.lost || "", true);
  if (at < 0 || !told.markdown.startsWith("![](")) return tell(place, "", false);
  box.focus();
  box.setSelectionRange(at + 2, at + 2);
  tell(place, said.describe ?? "", false);
}

function choose(place, take) {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true, hidden: true });
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  place.append(input);
  const button = place.querySelector("[data-picks]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => input.click());
}

export default function pictures(place) {
  const box = place.querySelector("textarea");
  const take = (files, event) => {
    const found = [...(files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!found.length) return;
    event?.preventDefault();
    for (const file of found) send(place, box, file);
  };
  choose(place, take);
  box.addEventListener("paste", (event) => take(event.clipboardData?.files, event));
  place.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("is-dropping");
  });
  place.addEventListener("dragleave", () => place.classList.remove("is-dropping"));
  place.addEventListener("drop", (event) => {
    place.classList.remove("is-dropping");
    take(event.dataTransfer?.files, event);
  });
}
