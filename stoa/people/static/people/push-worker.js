// The service worker of notices: shows what is pushed, and opens it when it is pressed. Its scope holds no page, and it has no
// fetch handler: nothing of the site goes through it, and nothing is kept.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  let words = {};
  try {
    words = event.data ? event.data.json() : {};
  } catch {
    words = {};
  }
  const options = { body: words.body || "", tag: words.tag || "notice", data: { to: words.to || "/notices/" } };
  event.waitUntil(self.registration.showNotification(words.title || "Stoa", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data?.to || "/notices/", self.location.origin);
  const address = to.origin === self.location.origin ? to.href : `${self.location.origin}/notices/`;
  event.waitUntil(self.clients.openWindow(address));
});
