/**
 * A World from lines of the vectors' notation (docs/vectors.md), with what those leave out because a packet
 * at an interface needs none of it: a route table, an internet gateway with routes to it, names.
 */

import { NotationError } from '../base/words.ts'
import { type Change, put } from '../model/change.ts'
import { notationWorld, worldLine } from '../model/notation.ts'
import type { RouteTable } from '../model/routing.ts'
import { apply, type World } from '../model/world.ts'

/** Of a timeline, its first world. Throws NotationError, which says where. */
export function worldFromLines(text: string): World {
  const lines = linesOf(text)
  const start = lines.findIndex(({ words }) => words === 'world')
  const isTimeline = start >= 0
  const own = isTimeline ? lines.slice(start + 1) : lines
  const end = own.findIndex(({ isIndented }) => isTimeline && !isIndented)
  const written = own.slice(0, end < 0 ? own.length : end).filter(({ words }) => !words.startsWith('path '))
  const world = written.reduce((before, line) => apply(before, changesOf(line, before)), notationWorld())
  return apply(world, surroundings(world))
}

interface Line {
  readonly number: number
  readonly words: string
  readonly isIndented: boolean
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .map((line, index) => ({
      number: index + 1,
      words: line.replace(/(^|\s)#.*$/, '').trim(),
      isIndented: /^\s/.test(line),
    }))
    .filter(({ words }) => words !== '')
}

function changesOf({ number, words }: Line, world: World): readonly Change[] {
  try {
    return worldLine(words, world)
  } catch (thrown) {
    if (thrown instanceof NotationError) throw new NotationError(`line ${number}: ${thrown.message}`)
    throw thrown
  }
}

function surroundings(world: World): Change[] {
  const [vpc] = world.vpc.values()
  if (!vpc) return []
  const ipv6CidrBlocks = Array.from(world.subnet.values()).flatMap((subnet) => subnet.ipv6CidrBlocks)
  const gateway = { kind: 'internet-gateway', id: 'igw-1' } as const
  const table: RouteTable = {
    id: 'rtb-main',
    vpc: vpc.id,
    associations: [{ id: 'rtbassoc-main', kind: 'main' }],
    routes: [
      { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: gateway },
      { destination: { kind: 'ipv6', cidr: '::/0' }, target: gateway },
    ],
  }
  return [
    put('vpc', { ...vpc, ipv6CidrBlocks }),
    put('internetGateway', { id: gateway.id, attachedTo: vpc.id }),
    put('routeTable', table),
    ...Array.from(world.networkInterface.keys(), (id) =>
      put('tagSet', { id: id as `eni-${string}`, tags: [{ key: 'Name', value: id.replace(/^eni-/, '') }] }),
    ),
  ]
}
