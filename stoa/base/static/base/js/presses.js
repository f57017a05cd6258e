// A choice that is followed at once: a change presses the button that data-presses names.
export default function presses(input) {
  const button = document.getElementById(input.dataset.presses);
  if (button) input.addEventListener("change", () => input.value && button.form.requestSubmit(button));
}
