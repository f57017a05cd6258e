// Counts what people see as signs (graphemes), against data-limit.
const signs = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function graphemes(text) {
  return [...signs.segment(text)].length;
}

export default function count(box) {
  const shown = document.querySelector(`[data-count-of="${CSS.escape(box.id)}"]`);
  if (!shown) return;
  const limit = Number(box.dataset.limit);
  const draw = () => {
    const used = graphemes(box.value);
    shown.textContent = `${used} / ${limit}`;
    shown.classList.toggle("is-over", used > limit);
  };
  box.addEventListener("input", draw);
  draw();
}
