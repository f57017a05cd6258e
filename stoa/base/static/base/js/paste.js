// Pastes what was copied into the field that data-pastes names; shown only where a page may read it.
export default function paste(button) {
  if (!navigator.clipboard?.readText) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.pastes);
    const text = await navigator.clipboard.readText().catch(() => "");
    if (field && text) field.value = text.trim();
    field?.focus();
  });
}
