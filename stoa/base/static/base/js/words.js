// Words with commas between them: while the last one is typed, buttons offer those that others use (the options of data-words).
const MOST = 6;

export default function words(input) {
  const known = [...document.getElementById(input.dataset.words).options].map((option) => option.value);
  const offered = Object.assign(document.createElement("div"), { className: "inline" });
  offered.setAttribute("role", "group");
  offered.setAttribute("aria-label", input.dataset.offers);
  input.after(offered);

  const parts = () => input.value.split(",").map((part) => part.trim());
  const draw = () => {
    const said = parts();
    const begun = said.at(-1).toLowerCase();
    const found = known.filter((word) => word.startsWith(begun) && !said.some((each) => each.toLowerCase() === word));
    offered.replaceChildren(
      ...found.slice(0, MOST).map((word) => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "button is-quiet is-small", textContent: word, dir: "auto" });
        button.addEventListener("click", () => {
          input.value = `${[...parts().slice(0, -1), word].join(", ")}, `;
          input.focus();
          draw();
        });
        return button;
      }),
    );
  };
  input.addEventListener("input", draw);
  input.addEventListener("focus", draw);
}
