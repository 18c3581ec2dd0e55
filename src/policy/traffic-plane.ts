/**
 * All traffic cut at every edge of the rules' protocols, ports and ICMP messages, and for each piece an atom:
 * which rules admit it, as far as traffic goes. TCP and UDP ports and ICMP type·256+code are 65,536 values on
 * a line of their protocol; all other protocols are values of one line, their numbers.
 */

import type { Traffic } from '../model/rule.ts'
import type { Payload } from '../packet/packet.ts'
import { SetTable } from './set-table.ts'

/** A protocol with a value on its line, in one number that means the same to every plane. */
export type TrafficKey = number

const lineOf = { tcp: 0, udp: 1, icmp: 2, icmpv6: 3, other: 4 } as const
const lineCount = 5
const lineLength = 65_536

export function trafficKey(payload: Payload): TrafficKey {
  switch (payload.kind) {
    case 'tcp':
      return payload.ports.destination
    case 'udp':
      return (lineOf.udp << 16) | payload.ports.destination
    case 'icmp':
      return (lineOf[payload.protocol] << 16) | (payload.type << 8) | payload.code
    case 'other':
      return (lineOf.other << 16) | payload.protocol
    default:
      return payload satisfies never
  }
}

export class TrafficPlane {
  readonly atoms: SetTable
  /** For each page of 256 values, where its atoms are. */
  readonly #directory: Int32Array
  readonly #pages: Uint16Array

  constructor(traffics: readonly Traffic[]) {
    this.atoms = new SetTable(traffics.length)
    const pages = new PageBuilder()
    for (let line = 0; line < lineCount; line++) pages.addLine(this.#sweep(traffics, line))
    this.#directory = Int32Array.from(pages.directory)
    this.#pages = Uint16Array.from(pages.atoms)
  }

  atomOf(key: TrafficKey): number {
    return this.#pages[(this.#directory[key >>> 8] as number) + (key & 255)] as number
  }

  #sweep(traffics: readonly Traffic[], line: number): Run[] {
    const edges = traffics
      .flatMap((traffic, rule) =>
        spansOf(traffic, line).flatMap(([from, to]) => [
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

/** Lasts until the next. */
interface Run {
  readonly from: number
  readonly atom: number
}

type Span = readonly [from: number, to: number]

const wholeLine: Span = [0, lineLength - 1]

/** What the rule admits of the line, if anything. */
function spansOf(traffic: Traffic, line: number): readonly Span[] {
  if (traffic.protocol === 'all') return [wholeLine]
  if (line !== lineOf[typeof traffic.protocol === 'number' ? 'other' : traffic.protocol]) return []
  if ('from' in traffic) return [[traffic.from, traffic.to]]
  return 'type' in traffic ? messageSpans(traffic) : [[traffic.protocol, traffic.protocol]]
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
  readonly directory: number[] = []
  readonly atoms: number[] = []
  /** Pages of one atom throughout, by it: most of them are. */
  readonly #plain = new Map<number, number>()

  addLine(runs: readonly Run[]): void {
    let run = 0
    const endOf = (index: number) => runs[index + 1]?.from ?? lineLength
    for (let first = 0; first < lineLength; first += pageLength) {
      while (endOf(run) <= first) run += 1
      const isPlain = endOf(run) >= first + pageLength
      this.directory.push(isPlain ? this.#plainPage(runs, run) : this.#page(runs, run, first))
    }
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
