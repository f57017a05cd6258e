// Tell me on this device: asks the browser after a press, and hands what it says to the form. Where the browser is told already, the
// button goes and its row is marked.
const SCOPE = "/notices/push/";

async function registration() {
  return navigator.serviceWorker.register("/push-worker.js", { scope: SCOPE });
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function key(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
}

async function ready(worker) {
  if (worker.active) return worker;
  const coming = worker.installing ?? worker.waiting;
  await new Promise((resolve) => coming.addEventListener("statechange", () => coming.state === "activated" && resolve()));
  return worker;
}

function named() {
  const brand = navigator.userAgentData?.brands?.find((each) => !/not.*brand|chromium/i.test(each.brand))?.brand;
  const browser = brand ?? /(Firefox|Edg|Chrome|Safari)\//.exec(navigator.userAgent)?.[1] ?? "";
  const system = navigator.userAgentData?.platform ?? /(Android|iPhone|iPad|Mac|Windows|Linux)/.exec(navigator.userAgent)?.[1] ?? "";
  return [browser, system].filter(Boolean).join(", ");
}

async function mark(subscription, form) {
  const own = subscription && document.querySelector(`[data-device="${await digest(subscription.endpoint)}"]`);
  if (own) own.querySelector("[data-here]").hidden = false;
  form.hidden = Boolean(own);
}

export default async function push(form) {
  const cannot = document.getElementById(form.dataset.cannot);
  const refused = document.getElementById(form.dataset.refused);
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    cannot.hidden = false;
    return;
  }
  const known = await navigator.serviceWorker.getRegistration(SCOPE);
  await mark(await known?.pushManager.getSubscription(), form);
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    refused.hidden = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
      const worker = await ready(await registration());
      const options = { userVisibleOnly: true, applicationServerKey: key(form.dataset.key) };
      const told = (await worker.pushManager.subscribe(options)).toJSON();
      form.elements.endpoint.value = told.endpoint;
      form.elements.p256dh.value = told.keys.p256dh;
      form.elements.auth.value = told.keys.auth;
      form.elements.name.value = named();
      form.submit();
    } catch {
      refused.hidden = false;
    }
  });
}
