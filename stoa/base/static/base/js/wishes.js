// How a group of notices is told: its choice sets what stands below it, and what is ticked by itself makes it "one by one".
const WAYS = { all: ["page", "mail", "push"], mail: ["page", "mail"], push: ["page", "push"], page: ["page"], never: [] };

export default function wishes(group) {
  const choice = group.querySelector("select");
  const boxes = [...group.querySelectorAll("input[type=checkbox][name]")];
  const mark = () => {
    for (const box of boxes) if (box.name === "mail") group.querySelector(`[data-mailed="${box.value}"]`).hidden = !box.checked;
  };
  choice.addEventListener("change", () => {
    if (choice.value === "own") {
      group.querySelector("details").open = true;
      return;
    }
    for (const box of boxes) box.checked = choice.value === "suggested" ? "suggested" in box.dataset : WAYS[choice.value].includes(box.name);
    mark();
  });
  for (const box of boxes) box.addEventListener("change", () => {
    choice.value = "own";
    mark();
  });
}
