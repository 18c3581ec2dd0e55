/**
 * The load generator, a process of its own: so many connections, each with one request on its way at
 * a time, over plain sockets so that it costs little. Takes orders and reports over IPC.
 */

import { connect, type Socket } from 'node:net'

export interface Order {
  readonly url: string
  /** Whole HTTP requests, sent in turn. */
  readonly requests: readonly string[]
  readonly connections: number
  /** Ends after so long, or when every request was sent once. */
  readonly milliseconds: number | 'once'
}

export interface Report {
  readonly answers: number
  /** Answers other than 200, by their status line. */
  readonly refusals: Readonly<Record<string, number>>
  readonly milliseconds: number
  /** Median and 99th percentile, in milliseconds. */
  readonly p50: number
  readonly p99: number
}

const headEnd = Buffer.from('\r\n\r\n')

async function run({ url, requests, connections, milliseconds }: Order): Promise<Report> {
  const bytes = requests.map((request) => Buffer.from(request))
  const latencies: number[] = []
  const refusals: Record<string, number> = {}
  const start = performance.now()
  let next = 0
  const more = () => (milliseconds === 'once' ? next < bytes.length : performance.now() - start < milliseconds)
  const sleepless = stayAwake()
  const { hostname, port } = new URL(url)
  const count = milliseconds === 'once' ? Math.min(connections, bytes.length) : connections
  const busy = Array.from({ length: count }, async () => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const ask = asker(socket)
    while (more()) {
      const request = bytes[next++ % bytes.length] as Buffer
      const sent = performance.now()
      const status = await ask(request)
      latencies.push(performance.now() - sent)
      if (status !== 'HTTP/1.1 200 OK') refusals[status] = (refusals[status] ?? 0) + 1
    }
    socket.destroy()
  })
  await Promise.all(busy)
  clearImmediate(sleepless.next)
  const took = performance.now() - start
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { answers: latencies.length, refusals, milliseconds: took, p50: at(0.5), p99: at(0.99) }
}

/**
 * A process that sleeps is woken by the server's write, at the server's expense: many microseconds on a
 * virtual machine, and the more the slower the server. One that polls is not.
 */
function stayAwake(): { next: NodeJS.Immediate } {
  const turn = { next: setImmediate(poll) }
  function poll(): void {
    turn.next = setImmediate(poll)
  }
  return turn
}

/** Resolves with the status line when the whole answer is there. */
function asker(socket: Socket): (request: Buffer) => Promise<string> {
  let done: (status: string) => void = () => {}
  let failed: (cause: Error) => void = () => {}
  let status = ''
  let missing = -1
  let head = Buffer.alloc(0)
  socket.on('error', (cause) => failed(cause))
  socket.on('close', () => failed(new Error('the server closed the connection')))
  socket.on('data', (chunk) => {
    let rest = chunk.length
    if (missing < 0) {
      head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk
      const end = head.indexOf(headEnd)
      if (end < 0) return
      const text = head.toString('latin1', 0, end)
      status = text.slice(0, text.indexOf('\r\n'))
      missing = Number(/content-length: (\d+)/i.exec(text)?.[1])
      rest = head.length - end - headEnd.length
      head = Buffer.alloc(0)
    }
    missing -= rest
    if (missing > 0) return
    missing = -1
    done(status)
  })
  return (request) =>
    new Promise((resolve, reject) => {
      done = resolve
      failed = reject
      socket.write(request)
    })
}

process.on('message', (order: Order) => {
  run(order).then(
    (report) => process.send?.(report),
    (cause: unknown) => {
      process.stderr.write(`load: ${String(cause)}\n`)
      process.exit(1)
    },
  )
})
