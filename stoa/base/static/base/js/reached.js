// Tells a form's address how far somebody has read: the last [data-reach] that came into view, in batches, and when they leave.
const WAIT = 2000;

export default function reached(form) {
  const field = form.elements.to;
  let last = field.dataset.from;
  let told = last;
  let waiting = 0;

  function send() {
    clearTimeout(waiting);
    waiting = 0;
    if (last <= told) return;
    told = last;
    const words = new FormData(form);
    words.set("to", last);
    words.set("beacon", "1");
    navigator.sendBeacon(form.action, words);
  }

  const view = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && target.dataset.reach > last) last = target.dataset.reach;
    }
    if (last > told && !waiting) waiting = setTimeout(send, WAIT);
    if (!form.isConnected) view.disconnect();
  });
  for (const end of document.querySelectorAll("[data-reach]")) view.observe(end);
  document.addEventListener("visibilitychange", () => document.hidden && send());
  addEventListener("pagehide", send);
}
