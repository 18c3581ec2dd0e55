/**
 * The quick second opinion on `matchingRules`: one bit a rule, a row of bits for each run of ports and for
 * each run of addresses that all rules treat alike, and the answer is two rows ANDed. match.ts is the truth;
 * index-allows.property.test.ts holds the two equal.
 */

import type { Direction } from '../model/rule.ts'
import type { Family } from '../net/address.ts'
import type { Packet } from '../packet/packet.ts'
import { matchingRules, peerOf } from './match.ts'
import type { Allow, InterfacePolicy } from './policy.ts'

type Header = Pick<Packet, 'source' | 'destination' | 'payload'>

/** Below so many rules of a direction, going through them one by one is as quick. */
const fewestRules = 32
/** Making an index takes as long as so many questions: a policy that is asked less often never pays for one. */
const questionsBeforeIndex = 256

/** By identity: a policy's rules never change, another policy has others. */
const asked = new WeakMap<InterfacePolicy, { questions: number; index: PolicyIndex | undefined }>()

/** What `matchingRules` answers, at once for policies with many rules that are asked often. */
export function matchingRulesQuickly(policy: InterfacePolicy, packet: Header, direction: Direction): readonly Allow[] {
  if (policy.allows[direction].length < fewestRules) return matchingRules(policy, packet, direction)
  let memory = asked.get(policy)
  if (!memory) {
    memory = { questions: 0, index: undefined }
    asked.set(policy, memory)
  }
  memory.questions++
  if (!memory.index && memory.questions > questionsBeforeIndex) memory.index = indexPolicy(policy)
  return memory.index ? memory.index.matchingRules(packet, direction) : matchingRules(policy, packet, direction)
}

export interface PolicyIndex {
  matchingRules(packet: Header, direction: Direction): readonly Allow[]
}

export function indexPolicy(policy: InterfacePolicy): PolicyIndex {
  const lines = { ingress: linesOf(policy.allows.ingress), egress: linesOf(policy.allows.egress) }
  return {
    matchingRules(packet, direction) {
      const { payload } = packet
      // ICMP and other protocols are too rare to index.
      if (payload.kind !== 'tcp' && payload.kind !== 'udp') return matchingRules(policy, packet, direction)
      const { family, bits } = peerOf(packet, direction)
      const byPort = rowOf(lines[direction][payload.kind], payload.ports.destination)
      const byPeer = rowOf(lines[direction][family], family === 4 ? Number(bits) : bits)
      return rulesInBoth(policy.allows[direction], byPort, byPeer)
    },
  }
}

interface Lines {
  readonly tcp: Runs
  readonly udp: Runs
  readonly 4: Runs
  readonly 6: Runs
}

/** Ports and IPv4 addresses as numbers, which compare many times faster; IPv6 addresses as what they are. */
type Point = number | bigint

/** Run i lasts from `starts[i]` until the next start; before the first there is no rule. */
interface Runs {
  readonly starts: readonly Point[]
  readonly rows: readonly Uint32Array[]
}

interface Span {
  readonly rule: number
  readonly first: Point
  /** The first point behind it. */
  readonly end: Point
}

function linesOf(allows: readonly Allow[]): Lines {
  return {
    tcp: runsOf(portSpans(allows, 'tcp'), allows.length),
    udp: runsOf(portSpans(allows, 'udp'), allows.length),
    4: runsOf(addressSpans(allows, 4), allows.length),
    6: runsOf(addressSpans(allows, 6), allows.length),
  }
}

function portSpans(allows: readonly Allow[], protocol: 'tcp' | 'udp'): Span[] {
  return allows.flatMap(({ traffic }, rule): Span[] => {
    if (traffic.protocol === 'all') return [{ rule, first: 0, end: 65_536 }]
    return traffic.protocol === protocol && 'from' in traffic
      ? [{ rule, first: traffic.from, end: traffic.to + 1 }]
      : []
  })
}

function addressSpans(allows: readonly Allow[], family: Family): Span[] {
  const pointOf = (bits: bigint): Point => (family === 4 ? Number(bits) : bits)
  return allows.flatMap(({ peers }, rule) =>
    peers[family].map(({ first, last }) => ({ rule, first: pointOf(first), end: pointOf(last + 1n) })),
  )
}

/** Sweeps along the line: at each start and each end of a span one bit changes. */
function runsOf(spans: readonly Span[], ruleCount: number): Runs {
  const edges = spans
    .flatMap(({ rule, first, end }) => [
      { at: first, rule },
      { at: end, rule },
    ])
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const starts: Point[] = []
  const rows: Uint32Array[] = []
  let row = new Uint32Array(Math.ceil(ruleCount / 32))
  for (const { at, rule } of edges) {
    if (starts.at(-1) !== at) {
      row = row.slice()
      starts.push(at)
      rows.push(row)
    }
    row[rule >> 5] = (row[rule >> 5] ?? 0) ^ (1 << (rule & 31))
  }
  return { starts, rows }
}

function rowOf({ starts, rows }: Runs, point: Point): Uint32Array | undefined {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as Point) <= point) low = middle + 1
    else high = middle
  }
  return rows[low - 1]
}

function rulesInBoth(
  allows: readonly Allow[],
  one: Uint32Array | undefined,
  other: Uint32Array | undefined,
): readonly Allow[] {
  const found: Allow[] = []
  if (!one || !other) return found
  for (let word = 0; word < one.length; word++) {
    let bits = (one[word] as number) & (other[word] as number)
    while (bits !== 0) {
      const lowest = bits & -bits
      found.push(allows[(word << 5) + 31 - Math.clz32(lowest)] as Allow)
      bits ^= lowest
    }
  }
  return found
}
