/**
 * The reference model's connections: each is the packets it has had so far. What state that makes and
 * how long it may idle is read off them with the tables of data-plane 2.4, 7.2 and 7.3, copied as printed.
 */

import type { Direction } from '../../src/model/rule.ts'
import type { Packet, Quoted } from '../../src/packet/packet.ts'
import { type Choices, chosenNumber, chosenSeconds } from './reference-choices.ts'
import { type CardText, isSameAddress } from './reference-world.ts'

type Side = 'opener' | 'answerer'

export interface Entry {
  readonly card: string
  /** The instance, or the interface where there is none: whose allowance it uses. */
  readonly owner: string
  readonly direction: Direction
  readonly opening: Packet
  readonly by: readonly string[]
  /** Those that held these rules. */
  readonly groups: readonly string[]
  readonly packets: Packets
  /** The interface's timers when it began. */
  readonly idle: CardText['idle']
  forgottenAt: number
}

type Packets = { readonly by: Side; readonly flags: number }[]

/** An untracked flow that was seen. */
export interface UntrackedEntry {
  readonly card: string
  readonly direction: Direction
  readonly opening: Packet
  readonly packets: Packets
  lastSeen: number
}

type Flow = Pick<Entry, 'opening' | 'packets' | 'direction'>

export interface Judgement {
  readonly action: 'allow' | 'deny'
  /** In the words of the expectation column. */
  readonly reason: string
  /** When the connection that the verdict rests on is forgotten. */
  readonly forgottenAt?: number
}

/** All that the model remembers between packets. */
export interface Memory {
  readonly entries: Entry[]
  readonly untracked: UntrackedEntry[]
  readonly fragments: {
    readonly card: string
    readonly direction: Direction
    readonly packet: Packet
    readonly at: number
    readonly judgement: Judgement
  }[]
}

/** Whose packet of this connection it is; undefined for a packet of none. */
export function side(entry: Flow, header: Quoted, direction: Direction): Side | undefined {
  const { opening } = entry
  if (direction === entry.direction) return isSameFlow(header, opening) ? 'opener' : undefined
  return isAnswer(header, opening) ? 'answerer' : undefined
}

function isSameFlow(a: Quoted, b: Quoted): boolean {
  return isSameAddress(a.source, b.source) && isSameAddress(a.destination, b.destination) && isSameKind(a, b)
}

function isSameKind({ payload: a }: Quoted, { payload: b }: Quoted): boolean {
  if ((a.kind === 'tcp' && b.kind === 'tcp') || (a.kind === 'udp' && b.kind === 'udp')) {
    return a.ports.source === b.ports.source && a.ports.destination === b.ports.destination
  }
  if (a.kind === 'icmp' && b.kind === 'icmp') {
    return a.protocol === b.protocol && a.type === b.type && (a.identifier ?? 0) === (b.identifier ?? 0)
  }
  return a.kind === 'other' && b.kind === 'other' && a.protocol === b.protocol
}

/** 7.1 step 6: the answering type of each ICMP question. */
const answers = [
  ['icmp', 8, 0],
  ['icmp', 13, 14],
  ['icmp', 15, 16],
  ['icmp', 17, 18],
  ['icmpv6', 128, 129],
] as const

function isAnswer(header: Quoted, opening: Quoted): boolean {
  if (!isSameAddress(header.source, opening.destination)) return false
  if (!isSameAddress(header.destination, opening.source)) return false
  const [a, b] = [header.payload, opening.payload]
  if ((a.kind === 'tcp' && b.kind === 'tcp') || (a.kind === 'udp' && b.kind === 'udp')) {
    return a.ports.source === b.ports.destination && a.ports.destination === b.ports.source
  }
  if (a.kind === 'icmp' && b.kind === 'icmp') {
    const isPair = answers.some(([name, question, answer]) => {
      return name === a.protocol && name === b.protocol && b.type === question && a.type === answer
    })
    return isPair && (a.identifier ?? 0) === (b.identifier ?? 0)
  }
  return a.kind === 'other' && b.kind === 'other' && a.protocol === b.protocol
}

/** 7.2 as printed: –, IG and INV leave the state alone. */
const tcp = `
  packet            SYN_SENT SYN_SENT2 SYN_RECV ESTABL   FIN_WAIT   CLOSE_WAIT LAST_ACK  TIME_WAIT CLOSE
  opener-SYN        –        –         IG       IG       IG         IG         IG        new       new
  opener-SYN-ACK    INV      SYN_RECV  IG       IG       IG         IG         IG        IG        IG
  opener-FIN        INV      INV       FIN_WAIT FIN_WAIT LAST_ACK   LAST_ACK   –         –         –
  opener-ACK        INV      INV       ESTABL   –        CLOSE_WAIT –          TIME_WAIT –         –
  opener-RST        CLOSE    CLOSE     CLOSE    CLOSE    CLOSE      CLOSE      CLOSE     CLOSE     –
  answerer-SYN      SYN_SENT2 –        INV      INV      INV        INV        INV       INV       INV
  answerer-SYN-ACK  SYN_RECV SYN_RECV  IG       IG       IG         IG         IG        IG        IG
  answerer-FIN      INV      INV       FIN_WAIT FIN_WAIT LAST_ACK   LAST_ACK   –         –         –
  answerer-ACK      IG       IG        –        –        CLOSE_WAIT –          TIME_WAIT –         –
  answerer-RST      CLOSE    CLOSE     CLOSE    CLOSE    CLOSE      CLOSE      CLOSE     CLOSE     –
`
  .trim()
  .split('\n')
  .map((row) => row.trim().split(/\s+/))

const unchanged = ['–', 'IG', 'INV', 'new']

function tcpState({ packets: [first, ...rest] }: Flow): string {
  // SYN, and of ACK, RST and FIN none: the one segment that begins a connection.
  let state = ((first?.flags ?? 0) & 23) === 2 ? 'SYN_SENT' : 'ESTABL'
  for (const { by, flags } of rest) {
    const column = tcp[0]?.indexOf(state) ?? 0
    const cell = tcp.find(([name]) => name === `${by}-${nameOf(flags)}`)?.[column] ?? '–'
    if (!unchanged.includes(cell)) state = cell
  }
  return state
}

/** The order that netfilter asks in: RST, then SYN, then FIN, then ACK. */
function nameOf(flags: number): string {
  if (flags & 4) return 'RST'
  if (flags & 2) return flags & 16 ? 'SYN-ACK' : 'SYN'
  if (flags & 1) return 'FIN'
  return flags & 16 ? 'ACK' : 'none'
}

export function isFinished(entry: Flow): boolean {
  return ['TIME_WAIT', 'CLOSE'].includes(tcpState(entry))
}

/** TCP is past the SYN, or the other side was heard of. */
export function isHeard(entry: Flow): boolean {
  if (entry.opening.payload.kind === 'tcp') return tcpState(entry) !== 'SYN_SENT'
  return entry.packets.some(({ by }) => by === 'answerer')
}

/** Seconds of 7.2 and 7.3, by the names that a timeline's options give them. */
const netfilterSeconds: readonly (readonly [state: string, option: string, seconds: number])[] = [
  ['SYN_SENT', 'syn-sent', 120],
  ['SYN_SENT2', 'syn-sent', 120],
  ['SYN_RECV', 'syn-received', 60],
  ['FIN_WAIT', 'fin-wait', 120],
  ['CLOSE_WAIT', 'close-wait', 60],
  ['LAST_ACK', 'last-ack', 30],
  ['TIME_WAIT', 'time-wait', 120],
  ['CLOSE', 'closed', 10],
]

/** Milliseconds from its last packet to its end, by the timers given. */
export function idleSpan(entry: Flow, idle: CardText['idle'], choices: Choices): number {
  return 1000 * idleSeconds(entry, idle, choices)
}

function idleSeconds(entry: Flow, idle: CardText['idle'], choices: Choices): number {
  switch (entry.opening.payload.kind) {
    case 'tcp': {
      const row = netfilterSeconds.find(([state]) => state === tcpState(entry))
      return row ? chosenSeconds(choices, row[1], row[2]) : (idle.tcp ?? 432_000)
    }
    case 'udp':
      return transactions(entry) >= chosenNumber(choices, 'stream-after', 2) ? (idle.stream ?? 180) : (idle.udp ?? 30)
    case 'icmp':
      return chosenSeconds(choices, 'icmp', 30)
    case 'other':
      return 600
    default:
      return entry.opening.payload satisfies never
  }
}

/** 7.3: a request and then an answer. */
function transactions({ packets }: Flow): number {
  return packets.filter(({ by }, index) => by === 'answerer' && packets[index - 1]?.by === 'opener').length
}
