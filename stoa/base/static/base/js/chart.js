// Pointing at a part of a chart, or walking it with the arrow keys, says its figures in words beneath it.
export default function chart(figure) {
  const tip = figure.querySelector(".chart-tip");
  const parts = [...figure.querySelectorAll(".chart-hit")];
  const show = (part) => {
    for (const each of parts) each.classList.toggle("is-on", each === part);
    if (tip) tip.textContent = part?.dataset.says ?? "";
  };
  for (const part of parts) part.addEventListener("pointerenter", () => show(part));
  figure.addEventListener("pointerleave", () => show(null));
}
