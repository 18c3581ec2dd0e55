/**
 * The two programs at the ends of a probe, for Node: one answers in the receiver's namespace on a port of its own, the
 * other asks from the sender's. Each takes its part as JSON and prints its word as a line of JSON.
 */

/** `{ transport, address }` → `{ port }`, and then answers until it is ended. */
export const answering = `
const { transport, address } = JSON.parse(process.argv[1])
const say = (value) => console.log(JSON.stringify(value))
process.stdin.resume().on('end', () => process.exit())
if (transport === 'tcp') {
  const server = require('node:net').createServer((socket) => socket.on('error', () => undefined).end())
  server.listen(0, address, () => say({ port: server.address().port }))
} else {
  const socket = require('node:dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4')
  socket.on('error', () => undefined)
  socket.on('message', (message, { port, address }) => socket.send(message, port, address))
  socket.bind(0, address, () => say({ port: socket.address().port }))
}`

/** `{ transport, source, sourcePort, target, port, patience }` → `{ milliseconds }`, `{ isTaken: true }` or `{}`. */
export const asking = `
const { transport, source, sourcePort, target, port, patience } = JSON.parse(process.argv[1])
const isTcp = transport === 'tcp'
const net = require(isTcp ? 'node:net' : 'node:dgram')
let start = performance.now()
const say = (value) => {
  console.log(JSON.stringify(value))
  process.exit()
}
const answered = () => say({ milliseconds: performance.now() - start })
const failed = ({ code }) => {
  if (code === 'ECONNREFUSED') answered()
  if (code === 'EADDRINUSE') say({ isTaken: true })
}
setTimeout(() => say({}), patience)
if (isTcp) {
  const socket = net.connect({ host: target, port, localAddress: source, localPort: sourcePort })
  start = performance.now()
  socket.on('connect', answered).on('error', failed)
} else {
  const socket = net.createSocket(target.includes(':') ? 'udp6' : 'udp4')
  const send = () => socket.send('Does this arrive?', port, target, () => undefined)
  socket.on('message', answered).on('error', failed)
  socket.bind(sourcePort, source, () => {
    start = performance.now()
    send()
    setInterval(send, patience / 3)
  })
}`
