// Tells Plaza, in batches, which posts came into view: that is how reach is counted.
const address = document.body.dataset.sightings
let seen = []

const send = () => {
  if (seen.length) navigator.sendBeacon(address, JSON.stringify({ posts: seen.splice(0, 50) }))
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      seen.push(entry.target.dataset.post)
      watcher.unobserve(entry.target)
    }
  },
  { threshold: 0.5 },
)

for (const post of document.querySelectorAll('[data-post]')) watcher.observe(post)
setInterval(send, 2000)
document.addEventListener('visibilitychange', send)
addEventListener('pagehide', send)
