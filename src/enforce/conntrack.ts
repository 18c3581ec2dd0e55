/** The kernel's connection table as `conntrack -L -o extended,id` prints it, and the words that delete one entry. */

import { type Instant, instant } from '../base/clock.ts'
import { type Address, type Family, formatAddress, parseAddress } from '../net/address.ts'
import { type FlowKey, flowKey } from '../packet/flow-key.ts'
import { type Payload, protocolNumber, type Quoted } from '../packet/packet.ts'

export interface KernelFlow {
  readonly family: Family
  readonly protocol: number
  readonly original: Quoted
  readonly reply: Quoted
  /** Of TCP and SCTP, in the kernel's word: SYN_SENT, ESTABLISHED, … */
  readonly state: string | undefined
  /** Seconds that are left, rounded down. */
  readonly timeout: number
  readonly mark: number
  readonly isAnswered: boolean
  /** Both sides have sent enough for the kernel not to forget it early; of UDP, that it is a stream. */
  readonly isAssured: boolean
  readonly id: number
  /** Seconds since it began; undefined where the kernel was not told to remember. */
  readonly age: number | undefined
  /** When it began, by a kernel's listing in UTC. */
  readonly startedAt: Instant | undefined
}

/** The keys of both its orientations. */
export function keysOf({ original, reply }: Pick<KernelFlow, 'original' | 'reply'>): readonly FlowKey[] {
  return [flowKey(original), flowKey(reply)]
}

/** Prints what `parseFlows` reads, in UTC. */
export const listFlows: readonly string[] = ['env', 'TZ=UTC0', 'conntrack', '-L', '-o', 'extended,id,ktimestamp']

export function parseFlows(listing: string): KernelFlow[] {
  return listing
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseFlow)
}

/** `ipv4 2 tcp 6 119 SYN_SENT src=… dst=… sport=… dport=… [UNREPLIED] src=… … mark=1 use=1 id=7` */
function parseFlow(line: string): KernelFlow {
  const [family, , , protocol = '', timeout = '', ...words] = line.trim().split(/\s+/)
  const first = words.findIndex((word) => word.startsWith('src='))
  const second = words.findIndex((word, index) => index > first && word.startsWith('src='))
  if (first < 0 || second < 0) throw new Error(`no connection is listed by '${line}'`)
  const number = Number(protocol)
  const last = factsOf(words.slice(second))
  return {
    family: family === 'ipv6' ? 6 : 4,
    protocol: number,
    original: headerOf(number, factsOf(words.slice(first, second))),
    reply: headerOf(number, last),
    state: words.slice(0, first)[0],
    timeout: Number(timeout),
    mark: Number(last.get('mark') ?? 0),
    isAnswered: !words.includes('[UNREPLIED]'),
    isAssured: words.includes('[ASSURED]'),
    id: Number(last.get('id') ?? 0),
    age: last.has('delta-time') ? Number(last.get('delta-time')) : undefined,
    startedAt: startOf(line),
  }
}

/** `[start=Mon Nov 30 15:58:04 2026]` */
function startOf(line: string): Instant | undefined {
  const [, text] = /\[start=(.+?)\]/.exec(line) ?? []
  return text === undefined ? undefined : instant(Date.parse(`${text} UTC`))
}

type Facts = ReadonlyMap<string, string>

function factsOf(words: readonly string[]): Facts {
  return new Map(words.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]))
}

function headerOf(protocol: number, facts: Facts): Quoted {
  const source = addressFrom(facts.get('src'))
  return { source, destination: addressFrom(facts.get('dst')), payload: payloadOf(protocol, facts) }
}

function payloadOf(protocol: number, facts: Facts): Payload {
  const number = (name: string) => Number(facts.get(name) ?? 0)
  const ports = { source: number('sport'), destination: number('dport') }
  if (protocol === 6) return { kind: 'tcp', ports, flags: 0 }
  if (protocol === 17) return { kind: 'udp', ports }
  if (protocol !== 1 && protocol !== 58) return { kind: 'other', protocol }
  const name = protocol === 1 ? 'icmp' : 'icmpv6'
  return { kind: 'icmp', protocol: name, type: number('type'), code: number('code'), identifier: number('id') }
}

function addressFrom(text: string | undefined): Address {
  const address = text === undefined ? undefined : parseAddress(text)
  if (!address) throw new Error(`'${text}' is no address`)
  return address
}

/** Arguments of `conntrack` that name this flow and no other: its original tuple, all of it. */
export function deletionOf(original: Quoted): readonly string[] {
  const { source, destination, payload } = original
  const family = source.family === 4 ? 'ipv4' : 'ipv6'
  const ends = ['-s', formatAddress(source), '-d', formatAddress(destination)]
  return ['-D', '-f', family, '-p', String(protocolNumber(payload)), ...ends, ...detailsOf(payload)]
}

function detailsOf(payload: Payload): readonly string[] {
  if (payload.kind === 'other') return []
  if (payload.kind === 'icmp') {
    const name = payload.protocol
    const { type, code, identifier = 0 } = payload
    return [`--${name}-type`, `${type}`, `--${name}-code`, `${code}`, `--${name}-id`, `${identifier}`]
  }
  return ['--sport', `${payload.ports.source}`, '--dport', `${payload.ports.destination}`]
}
