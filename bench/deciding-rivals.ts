/** What the index is held against: match.ts itself, rules in typed arrays gone through, and the same tables in C. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Packet } from '../src/packet/packet.ts'
import { admits } from '../src/policy/match.ts'
import type { Allow } from '../src/policy/policy.ts'
import { SetTable } from '../src/policy/set-table.ts'
import { TrafficPlane, trafficKey } from '../src/policy/traffic-plane.ts'
import type { Packets } from './deciding-packets.ts'
import { type Compiled, compileC, inProcess, runC, type Subject } from './interleave.ts'

/** Each rule as the engine would try it, one after the other, until one matches. */
export function plainSearch(allows: readonly Allow[], packets: readonly Packet[]): Subject {
  return inProcess('match.ts, rule after rule', packets.length, () => {
    let allowed = 0
    for (const { source, payload } of packets) if (allows.some((allow) => admits(allow, source, payload))) allowed += 1
    return allowed
  })
}

/** One entry for each range of a rule's IPv4 peers, with its traffic as up to two ranges of keys. */
export function typedScan(allows: readonly Allow[], packets: Packets, count: number): Subject {
  const entries = allows.flatMap((allow) =>
    allow.peers[4].flatMap(({ first, last }) => keyRanges(allow).map((keys) => [Number(first), Number(last), ...keys])),
  )
  const column = (at: number, flip: number) => Int32Array.from(entries, (entry) => (entry[at] as number) ^ flip)
  const [firsts, lasts] = [column(0, 0x8000_0000), column(1, 0x8000_0000)]
  const [fromKeys, toKeys] = [column(2, 0), column(3, 0)]
  return inProcess('rules in typed arrays, one after the other', count, () => {
    let allowed = 0
    for (let packet = 0; packet < count; packet++) {
      const word = (packets.words[packet * 4] as number) ^ 0x8000_0000
      const key = packets.keys[packet] as number
      for (let entry = 0; entry < firsts.length; entry++) {
        if (key < (fromKeys[entry] as number) || key > (toKeys[entry] as number)) continue
        if (word < (firsts[entry] as number) || word > (lasts[entry] as number)) continue
        allowed += 1
        break
      }
    }
    return allowed
  })
}

function keyRanges({ traffic }: Allow): (readonly [number, number])[] {
  if (traffic.protocol === 'all') return [[0, 2 ** 31 - 1]]
  if ('from' in traffic) {
    const [from, to] = [traffic.from, traffic.to].map((destination) =>
      trafficKey(
        traffic.protocol === 'tcp'
          ? { kind: 'tcp', ports: { source: 0, destination }, flags: 0 }
          : { kind: 'udp', ports: { source: 0, destination } },
      ),
    )
    return [[from as number, to as number]]
  }
  if (!('type' in traffic)) return []
  const { protocol, type, code } = traffic
  const keyOf = (each: number) => trafficKey({ kind: 'icmp', protocol, type, code: each })
  return [[keyOf(Math.max(code, 0)), keyOf(code === -1 ? 255 : code)]]
}

const temporary: string[] = []

process.once('exit', () => {
  for (const directory of temporary) rmSync(directory, { recursive: true, force: true })
})

let program: Compiled | undefined

/** The reason, where there is no compiler. */
export function floorInC(allows: readonly Allow[], packets: Packets, first: number): Subject | string {
  program ??= compileC('deciding.c')
  if ('missing' in program) return program.missing
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-tables-'))
  temporary.push(directory)
  const file = join(directory, 'tables')
  writeFileSync(file, Buffer.concat(tablesOf(allows, packets, first).map((each) => Buffer.from(each.buffer))))
  return runC('the same tables in C', program.program, [file])
}

/** Swept here once more, without the index that is measured. */
function tablesOf(allows: readonly Allow[], packets: Packets, first: number) {
  const edges = allows
    .flatMap(({ peers }, rule) =>
      peers[4].flatMap((range) => [
        { at: Number(range.first), rule },
        { at: Number(range.last) + 1, rule },
      ]),
    )
    .sort((a, b) => a.at - b.at)
  const sets = new SetTable(allows.length)
  const [starts, rows] = [[0], [sets.id()]]
  edges.forEach(({ at, rule }, index) => {
    sets.toggle(rule)
    if (edges[index + 1]?.at === at || at >= 2 ** 32) return
    if (at === 0) {
      rows[0] = sets.id()
      return
    }
    starts.push(at)
    rows.push(sets.id())
  })
  const traffic = new TrafficPlane(allows.map((allow) => allow.traffic))
  const cells = cellsOf(sets, traffic.atoms)
  return [
    Int32Array.of(starts.length, traffic.atoms.size, cells.length, packets.count, first),
    Uint32Array.from(starts),
    Int32Array.from(rows),
    Uint16Array.from({ length: 4 * 65_536 }, (_, key) => traffic.atomOf(key)),
    cells,
    Int32Array.from({ length: packets.count }, (_, packet) => packets.words[packet * 4] as number),
    packets.keys,
  ]
}

function cellsOf(rows: SetTable, atoms: SetTable): Uint16Array {
  const cells = new Uint16Array(rows.size * atoms.size)
  const rulesOf = Array.from({ length: atoms.size }, (_, atom) => atoms.members(atom))
  for (let row = 0; row < rows.size; row++) {
    for (let atom = 0; atom < atoms.size; atom++) {
      const matches = (rulesOf[atom] as number[]).some((rule) => rows.has(row, rule))
      cells[row * atoms.size + atom] = Number(matches)
    }
  }
  return cells
}
