// A menu closes on Escape, on a press elsewhere, and when another opens.
const open = new Set();

document.addEventListener("pointerdown", (event) => {
  for (const menu of open) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

export default function menu(element) {
  element.addEventListener("toggle", () => (element.open ? open.add(element) : open.delete(element)));
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) element.open = false;
  });
}
