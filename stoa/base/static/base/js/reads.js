// Following a row's title sends the row's form first, with where the title leads in `to`: what is followed is read.
export default function reads(form) {
  const link = form.closest(".row")?.querySelector(".row-title a");
  link?.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    form.elements.to.value = link.getAttribute("href");
    form.requestSubmit();
  });
}
