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

// What would reach over the edge of the screen opens to the other side; what has no room there either moves in.
const MARGIN = 8;

function keepInside(element) {
  const sheet = element.querySelector("summary + *");
  const edge = document.documentElement.clientWidth;
  const reachesOver = ({ left, right }) => left < 0 || right > edge;
  element.classList.remove("is-turned");
  sheet.style.translate = "";
  if (reachesOver(sheet.getBoundingClientRect())) element.classList.add("is-turned");
  const box = sheet.getBoundingClientRect();
  if (reachesOver(box)) sheet.style.translate = `${box.left < 0 ? MARGIN - box.left : edge - MARGIN - box.right}px`;
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
