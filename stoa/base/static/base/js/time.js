// Keeps relative times true, in the page's language.
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const WEEK = 7 * 86400;
const language = document.documentElement.lang || undefined;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "long" });
const watched = new Set();

function draw(element) {
  const seconds = (new Date(element.dateTime) - Date.now()) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (step && Math.abs(seconds) < WEEK) element.textContent = relative.format(Math.trunc(seconds / step[1]), step[0]);
}

export default function time(element) {
  if (element.dataset.form !== "relative") return;
  watched.add(element);
  draw(element);
}

setInterval(() => {
  for (const element of watched) element.isConnected ? draw(element) : watched.delete(element);
}, 30000);
