// A text box grows with what is written in it.
export default function autosize(box) {
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
