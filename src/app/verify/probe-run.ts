/** Sends one real packet and waits for its answer, in the namespaces of a lab; nothing of it stays. */

import { type Address, formatAddress } from '../../net/address.ts'
import { isInstalled, runTool } from '../system-tool.ts'
import { disguiseAtReceiver, disguiseAtSender, echoCounter, type Ports, portDiversion } from './diversion.ts'
import { ask, type Transport, type Word, withAnswering } from './ends.ts'
import type { Errand, NotSent, Spot } from './errand.ts'
import { Memories } from './memories.ts'
import { type Enter, hasArrived, withTable } from './passing-table.ts'

export interface Outcome {
  /** Until the answer was there; undefined: it never was. */
  readonly milliseconds: number | undefined
  /** Whether it came through all rules at the receiver; undefined where there is none. */
  readonly hasArrived: boolean | undefined
}

/** In milliseconds; what is lost is sent again in that time. */
export const patience = 1500

/** Rejects with SystemFailure where the system refuses a step. */
export async function sendProbe(errand: Errand, enter: Enter): Promise<Outcome | NotSent> {
  const lent = [errand.from, errand.to].filter((spot) => spot?.isLent === true) as Spot[]
  for (const spot of lent) await lend(spot, 'replace', enter)
  try {
    return await sent(errand, enter)
  } finally {
    for (const spot of lent) await lend(spot, 'del', enter).catch(() => undefined)
  }
}

function sent(errand: Errand, enter: Enter): Promise<Outcome | NotSent> {
  const { payload } = errand.packet
  switch (payload.kind) {
    case 'tcp':
    case 'udp':
      return plain(errand, { transport: payload.kind, destination: payload.ports.destination }, enter)
    case 'icmp':
      return echo(errand, enter)
    case 'other':
      return disguised(errand, payload.protocol, enter)
    default:
      return payload satisfies never
  }
}

async function lend({ namespace, address }: Spot, verb: 'replace' | 'del', enter: Enter): Promise<void> {
  const text = address.family === 4 ? `${formatAddress(address)}/32` : `${formatAddress(address)}/128`
  await runTool([...enter(namespace), 'ip', 'addr', verb, text, 'dev', 'lo'])
}

interface Plain {
  readonly transport: Transport
  readonly destination: number
}

async function plain(errand: Errand, { transport, destination }: Plain, enter: Enter): Promise<Outcome | NotSent> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const ports = { source: anyOf(errand.clientPorts), destination }
    const table = (own: Address, port: number) => portDiversion({ own, ports, transport, port })
    const outcome = await exchanged(errand, { transport, ports, table }, enter)
    if (outcome !== 'taken') return outcome
  }
  return portsTaken
}

const mostAttempts = 5
const portsTaken = 'no port to send from was free'

/** A fresh one, of which no connection is remembered. Of all ports those that no program is given by itself. */
function anyOf([range = '10000-30000']: readonly string[]): number {
  const [first = 0, last = first] = range.split('-').map(Number)
  return first + Math.floor(Math.random() * (last - first + 1))
}

/** Netfilter reads into these; a datagram in disguise is malformed to it. */
const readInto: ReadonlyMap<number, string> = new Map([
  [33, 'DCCP'],
  [132, 'SCTP'],
  [136, 'UDP-Lite'],
])
/** To IPv6 they are extension headers. */
const extensions: ReadonlySet<number> = new Set([0, 43, 44, 51, 59, 60, 135, 139, 140])

async function disguised(errand: Errand, protocol: number, enter: Enter): Promise<Outcome | NotSent> {
  const { from, packet } = errand
  const name = readInto.get(protocol)
  if (name !== undefined) return `no well-formed packet of ${name} can be made here`
  if (packet.source.family === 6 && extensions.has(protocol)) return `to IPv6 ${protocol} is an extension header`
  const memories = new Memories(errand, protocol, enter)
  if (await memories.isHeld()) {
    return `the two exchange packets of protocol ${protocol} already, which pass by memory whatever the rules say`
  }
  // A GRE header of the simplest kind begins with a number that eight divides.
  const ports = { source: 8 * anyOf(['1300-3700']), destination: anyOf([]) }
  const table = (own: Address, port: number) => disguiseAtReceiver({ own, ports, protocol, port })
  try {
    const outcome = await withTable(
      enter(from.namespace),
      disguiseAtSender({ own: from.address, ports, protocol }),
      () => exchanged(errand, { transport: 'udp', ports, table }, enter),
    )
    return outcome === 'taken' ? portsTaken : outcome
  } finally {
    await memories.forget()
  }
}

interface Exchange {
  readonly transport: Transport
  readonly ports: Ports
  /** For the receiver's address, and the port of what answers there. */
  readonly table: (own: Address, port: number) => string
}

/** Asks, with somebody at the receiver who answers. */
function exchanged(errand: Errand, { transport, ports, table }: Exchange, enter: Enter): Promise<Outcome | 'taken'> {
  const { from, to, target } = errand
  const asking = () =>
    ask(enter(from.namespace), {
      transport,
      source: formatAddress(from.address),
      sourcePort: ports.source,
      target: formatAddress(target),
      port: ports.destination,
      patience,
    })
  if (!to) return asking().then((word) => outcomeOf(word, undefined))
  const inside = enter(to.namespace)
  return withAnswering(inside, { transport, address: formatAddress(to.address) }, (port) =>
    withTable(inside, table(to.address, port), async () => outcomeOf(await asking(), await hasArrived(inside))),
  )
}

function outcomeOf(word: Word, arrived: boolean | undefined): Outcome | 'taken' {
  if (word === 'taken') return word
  return { milliseconds: word === 'no-answer' ? undefined : word.milliseconds, hasArrived: arrived }
}

/** The receiver's kernel answers by itself. */
function echo(errand: Errand, enter: Enter): Promise<Outcome | NotSent> {
  const { from, to, target } = errand
  if (!isInstalled('ping')) return Promise.resolve('ping is not installed: apt-get install -y iputils-ping')
  const words = ['ping', '-n', '-c', '1', '-W', String(patience / 1000), '-I', formatAddress(from.address)]
  const ping = async (): Promise<number | undefined> => {
    const said = await runTool([...enter(from.namespace), ...words, formatAddress(target)]).catch(() => '')
    const [, time] = / time=([\d.]+) ms/.exec(said) ?? []
    return time === undefined ? undefined : Number(time)
  }
  if (!to) return ping().then((milliseconds) => ({ milliseconds, hasArrived: undefined }))
  const inside = enter(to.namespace)
  return withTable(inside, echoCounter(to.address), async () => {
    return { milliseconds: await ping(), hasArrived: await hasArrived(inside) }
  })
}
