/**
 * All traffic cut at every edge of the rules' protocols, ports and ICMP messages, and for each piece an atom:
 * which rules admit it, as far as traffic goes. TCP and UDP ports and ICMP type·256+code are 65,536 values on
 * a line of their protocol; another protocol is a line of one value.
 */

import type { Traffic } from '../model/rule.ts'
import type { Payload } from '../packet/packet.ts'
import { SetTable } from './set-table.ts'

/** A protocol with a value on its line, in one number that means the same to every plane. */
export type TrafficKey = number

const keyOf = { tcp: 0, udp: 1, icmp: 2, icmpv6: 3 } as const
/** Then the protocols that rules know by number alone, 0 to 255. */
const firstNumbered = 4
const protocolKeys = firstNumbered + 256

export function trafficKey(payload: Payload): TrafficKey {
  switch (payload.kind) {
    case 'tcp':
      return payload.ports.destination
    case 'udp':
      return (keyOf.udp << 16) | payload.ports.destination
    case 'icmp':
      return (keyOf[payload.protocol] << 16) | (payload.type << 8) | payload.code
    case 'other':
      return (firstNumbered + payload.protocol) << 16
    default:
      return payload satisfies never
  }
}

export class TrafficPlane {
  readonly atoms: SetTable
  /** For each protocol, where its 256 pages are listed. */
  readonly #protocols = new Int32Array(protocolKeys)
  /** For each page, where its 256 atoms are. */
  readonly #directory: Int32Array
  readonly #pages: Uint16Array

  constructor(traffics: readonly Traffic[]) {
    this.atoms = new SetTable(traffics.length)
    const pages = new PageBuilder()
    const keys = new Set<number>(traffics.flatMap(({ protocol }) => (protocol === 'all' ? [] : protocolKey(protocol))))
    const unnamed = pages.directory(this.#sweep(traffics, undefined))
    this.#protocols.fill(unnamed)
    for (const key of keys) this.#protocols[key] = pages.directory(this.#sweep(traffics, key))
    this.#directory = Int32Array.from(pages.directories)
    this.#pages = Uint16Array.from(pages.atoms)
  }

  atomOf(key: TrafficKey): number {
    const protocol = this.#protocols[key >>> 16] as number
    const page = this.#directory[protocol + ((key >>> 8) & 255)] as number
    return this.#pages[page + (key & 255)] as number
  }

  /** The runs of one protocol's line, or of a protocol that no rule names. */
  #sweep(traffics: readonly Traffic[], protocol: number | undefined): Run[] {
    const edges = traffics
      .flatMap((traffic, rule) =>
        spansOf(traffic, protocol).flatMap(([from, to]) => [
          { at: from, rule },
          { at: to + 1, rule },
        ]),
      )
      .sort((a, b) => a.at - b.at)
    const runs: Run[] = [{ from: 0, atom: this.atoms.id() }]
    edges.forEach(({ at, rule }, index) => {
      this.atoms.toggle(rule)
      if (edges[index + 1]?.at === at || at >= lineLength) return
      if (runs.at(-1)?.from === at) runs.pop()
      runs.push({ from: at, atom: this.atoms.id() })
    })
    return runs
  }
}

const lineLength = 65_536

/** Lasts until the next. */
interface Run {
  readonly from: number
  readonly atom: number
}

type Span = readonly [from: number, to: number]

const wholeLine: Span = [0, lineLength - 1]

function protocolKey(protocol: Exclude<Traffic['protocol'], 'all'>): number {
  return typeof protocol === 'number' ? firstNumbered + protocol : keyOf[protocol]
}

/** What the rule admits of the protocol's line, if anything. */
function spansOf(traffic: Traffic, protocol: number | undefined): readonly Span[] {
  if (traffic.protocol === 'all') return [wholeLine]
  if (protocolKey(traffic.protocol) !== protocol) return []
  if ('from' in traffic) return [[traffic.from, traffic.to]]
  return 'type' in traffic ? messageSpans(traffic) : [wholeLine]
}

/** -1 is all types, or all codes of a type. */
function messageSpans({ type, code }: { readonly type: number; readonly code: number }): readonly Span[] {
  if (type === -1 && code === -1) return [wholeLine]
  if (code === -1) return [[type << 8, (type << 8) | 255]]
  if (type !== -1) return [[(type << 8) | code, (type << 8) | code]]
  return Array.from({ length: 256 }, (_, each): Span => [(each << 8) | code, (each << 8) | code])
}

const pageLength = 256

class PageBuilder {
  readonly directories: number[] = []
  readonly atoms: number[] = []
  /** Pages of one atom throughout, by it: most of them are. */
  readonly #plain = new Map<number, number>()

  /** Where the line's list of pages begins. */
  directory(runs: readonly Run[]): number {
    const start = this.directories.length
    let run = 0
    const endOf = (index: number) => runs[index + 1]?.from ?? lineLength
    for (let first = 0; first < lineLength; first += pageLength) {
      while (endOf(run) <= first) run += 1
      this.directories.push(
        endOf(run) >= first + pageLength ? this.#plainPage(runs, run) : this.#page(runs, run, first),
      )
    }
    return start
  }

  #plainPage(runs: readonly Run[], run: number): number {
    const atom = atomAt(runs, run)
    const known = this.#plain.get(atom)
    if (known !== undefined) return known
    const page = this.#page([{ from: 0, atom }], 0, 0)
    this.#plain.set(atom, page)
    return page
  }

  #page(runs: readonly Run[], firstRun: number, first: number): number {
    const page = this.atoms.length
    let run = firstRun
    for (let value = first; value < first + pageLength; value++) {
      while ((runs[run + 1]?.from ?? lineLength) <= value) run += 1
      this.atoms.push(atomAt(runs, run))
    }
    return page
  }
}

function atomAt(runs: readonly Run[], run: number): number {
  return (runs[run] as Run).atom
}
