/** What the recording sets say, as data: packets and bytes of each flow, and the flags that were seen. */

import { type Address, parseAddress } from '../../net/address.ts'
import { type Payload, type Quoted, tcpFlags } from '../../packet/packet.ts'
import { type Count, readTable, UnreadableListing } from './read-back.ts'
import {
  type Fate,
  type FlagName,
  keptFor,
  mostRecorded,
  type RecordingSet,
  recordingSets,
  type Way,
} from './recording.ts'

/** A flow as it was counted since the kernel began to. */
export interface Tally extends Count {
  /** The same for a flow in every listing of a table. */
  readonly key: string
  readonly fate: Fate
  readonly way: Way
  /** A TCP flow's flags are none: they are counted apart. */
  readonly header: Quoted
  /** Seconds since its last packet. */
  readonly idle: number
  /** Segments with each flag. */
  readonly flags: Readonly<Record<FlagName, number>>
}

export interface Tallies {
  readonly flows: ReadonlyMap<string, Tally>
  /** A set had no room left. */
  readonly isFull: boolean
}

export const flagBits: Readonly<Record<FlagName, number>> = {
  fin: tcpFlags.fin,
  syn: tcpFlags.syn,
  rst: tcpFlags.rst,
  answer: tcpFlags.syn | tcpFlags.ack,
}

/** Throws UnreadableListing. */
export function readTallies(listing: string): Tallies {
  const present = [...readTable(listing).sets].flatMap(([name, { elements }]) => {
    const set = recordingSets.get(name)
    return set ? [{ set, elements: [...elements].map(readElement) }] : []
  })
  const isFull = present.some(({ elements }) => elements.length >= mostRecorded)
  const flags = new Map<string, Record<FlagName, number>>()
  const flows = new Map<string, Tally>()
  for (const { set, elements } of present) {
    if (set.holds === 'flows' || set.holds === 'messages') continue
    for (const { words, packets } of elements) {
      const key = keyOf(set, ['6', ...words])
      const known = flags.get(key) ?? { ...noFlags }
      known[set.holds] = packets
      flags.set(key, known)
    }
  }
  for (const { set, elements } of present) {
    if (set.holds !== 'flows' && set.holds !== 'messages') continue
    for (const { words, ...count } of elements) {
      const key = keyOf(set, words)
      const { fate, way } = set
      flows.set(key, { key, fate, way, header: headerOf(words), flags: flags.get(key) ?? noFlags, ...count })
    }
  }
  return { flows, isFull }
}

const noFlags: Readonly<Record<FlagName, number>> = { fin: 0, syn: 0, rst: 0, answer: 0 }

function keyOf({ fate, way }: RecordingSet, words: readonly string[]): string {
  return `${fate} ${way} ${words.join(' ')}`
}

/** `6 . 10.0.0.5 . 10.0.1.9 . 40000 . 80 counter packets 4 bytes 364 expires 77s` */
function readElement(text: string) {
  const [, ends = '', packets, bytes, expires = ''] =
    /^(.+?) counter packets (\d+) bytes (\d+) expires (\S+)$/.exec(text) ?? []
  if (packets === undefined) throw new UnreadableListing(`'${text}' counts nothing`)
  const idle = Math.max(0, keptFor - secondsOf(expires))
  return { words: ends.split(' . '), packets: Number(packets), bytes: Number(bytes), idle }
}

const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 }

/** `1m17s`, `599s` */
export function secondsOf(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[dhms])/g)].reduce(
    (sum, [, n, unit = '']) => sum + Number(n) * (units[unit] ?? 0),
    0,
  )
}

function headerOf([protocol, source, destination, from, to]: readonly string[]): Quoted {
  const ports = { source: Number(from), destination: Number(to) }
  return { source: addressOf(source), destination: addressOf(destination), payload: payloadOf(Number(protocol), ports) }
}

function payloadOf(protocol: number, ports: { readonly source: number; readonly destination: number }): Payload {
  if (protocol === 6) return { kind: 'tcp', ports, flags: 0 }
  if (protocol === 17) return { kind: 'udp', ports }
  // Which message it was is not recorded.
  if (protocol === 1) return { kind: 'icmp', protocol: 'icmp', type: 0, code: 0 }
  if (protocol === 58) return { kind: 'icmp', protocol: 'icmpv6', type: 0, code: 0 }
  return { kind: 'other', protocol }
}

function addressOf(text = ''): Address {
  const address = parseAddress(text)
  if (!address) throw new UnreadableListing(`'${text}' is no address`)
  return address
}
