// The whole Bluesky network on loopback: directory (PLC), server (PDS), index (AppView) and what they need.
// Ports, database and Redis come from the environment; one line of JSON says that everything answers.
// It ends by itself when it is told to, and when whoever started it has gone (its standard input closes).
import net from 'node:net'

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  const [first, second] = args
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1))
  }
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    const rest = typeof second === 'string' ? args.slice(2) : args.slice(1)
    return listen.call(this, Number(first), '127.0.0.1', ...rest)
  }
  return listen.apply(this, args)
}

const { TestNetwork } = await import('@atproto/dev-env')
const port = (name) => Number(process.env[name])

const network = await TestNetwork.create({
  dbPostgresSchema: 'stoa',
  plc: { port: port('PLC_PORT') },
  pds: { port: port('PDS_PORT'), hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: port('APPVIEW_PORT'), publicUrl: `http://localhost:${port('APPVIEW_PORT')}` },
  ozone: { port: port('OZONE_PORT') },
})

console.log(
  JSON.stringify({
    ready: true,
    pid: process.pid,
    plc_url: network.plc.url,
    pds_url: network.pds.url,
    appview_url: network.bsky.url,
    pds_did: network.pds.ctx.cfg.service.did,
  }),
)

let ending = false
const end = async () => {
  if (ending) return
  ending = true
  setTimeout(() => process.exit(0), 4000).unref()
  await network.close().catch(() => {})
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
process.stdin.on('end', end).resume()
