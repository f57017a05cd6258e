// Ends what this browser is told: on a form when it is sent (signing out), anywhere else at once (a page for who is signed out). The
// server has ended it, or does so now; this way the push service forgets it too. Nothing here may keep anybody from signing out.
const SCOPE = "/notices/push/";
const PATIENCE = 1500;

async function end() {
  const known = await navigator.serviceWorker?.getRegistration(SCOPE);
  await (await known?.pushManager?.getSubscription())?.unsubscribe();
}

async function attempt() {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([end().catch(() => undefined), late]);
}

export default function untold(element) {
  if (element.tagName !== "FORM") return attempt();
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    await attempt();
    element.submit();
  }, { once: true });
  return undefined;
}
