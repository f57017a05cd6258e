// A button opens the dialog that its data-opens names; a press on the veil closes it.
export default function dialog(button) {
  const box = document.getElementById(button.dataset.opens);
  if (!box) return;
  button.addEventListener("click", () => box.showModal());
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
}
