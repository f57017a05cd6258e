// j and k walk the rows of a list.
function rows() {
  return [...document.querySelectorAll('[data-behaviour~="list"] > li a:first-of-type')].filter((each) => each.closest("li").querySelector("a") === each && each.checkVisibility());
}

export function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((each) => each.closest("li").contains(document.activeElement));
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
}

export default function list() {}
