// A text box grows with what is written in it, from the rows that it was given.
export default function autosize(box) {
  box.style.setProperty("min-block-size", `calc(${box.rows} * 1lh + 26px)`);
  if (CSS.supports("field-sizing", "content")) {
    box.style.setProperty("field-sizing", "content");
    box.style.setProperty("max-block-size", "60vh");
    return;
  }
  const grow = () => {
    box.style.blockSize = "auto";
    box.style.blockSize = `${Math.min(box.scrollHeight + 2, innerHeight * 0.6)}px`;
  };
  box.addEventListener("input", grow);
  grow();
}
