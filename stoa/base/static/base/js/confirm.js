// A destructive form asks first, in its own words (data-confirm says exactly what will happen).
export default function confirm(form) {
  form.addEventListener("submit", (event) => {
    if (window.confirm(form.dataset.confirm)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}
