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

// What would reach over the edge of the screen opens to the other side.
function keepInside(element) {
  const sheet = element.querySelector("summary + *");
  element.classList.remove("is-turned");
  const { left, right } = sheet.getBoundingClientRect();
  if (left < 0 || right > document.documentElement.clientWidth) element.classList.add("is-turned");
}

export default function menu(element) {
  element.addEventListener("toggle", () => {
    element.open ? open.add(element) : open.delete(element);
    if (element.open) keepInside(element);
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) element.open = false;
  });
}
