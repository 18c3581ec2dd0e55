/**
 * A World from lines of the vectors' notation (docs/vectors.md), with what those leave out because a packet
 * at an interface needs none of it: a route table, an internet gateway with routes to it, names.
 */

import { NotationError } from '../base/words.ts'
import { type Change, put } from '../model/change.ts'
import { notationWorld, worldLine } from '../model/notation.ts'
import type { RouteTable } from '../model/routing.ts'
import { apply, type World } from '../model/world.ts'

/** A world, and where its objects were written. */
export interface WorldText {
  readonly world: World
  /** By id, rules included: the line that made it, and the CIDR in it, if it is a rule's. */
  readonly made: ReadonlyMap<string, MadeBy>
}

export interface MadeBy {
  readonly line: number
  readonly cidr: string | undefined
}

/** Of a timeline, its first world. Throws NotationError, which says where. */
export function worldFromLines(text: string): World {
  return readWorldLines(text).world
}

/** Throws NotationError. */
export function readWorldLines(text: string): WorldText {
  const lines = linesOf(text)
  const start = lines.findIndex(({ words }) => words === 'world')
  const isTimeline = start >= 0
  const own = isTimeline ? lines.slice(start + 1) : lines
  const end = own.findIndex(({ isIndented }) => isTimeline && !isIndented)
  const written = own.slice(0, end < 0 ? own.length : end).filter(({ words }) => !words.startsWith('path '))
  const made = new Map<string, MadeBy>()
  const world = written.reduce((before, line) => {
    const changes = changesOf(line, before)
    for (const id of changes.flatMap(idsIn)) if (!made.has(id)) made.set(id, madeBy(line))
    return apply(before, changes)
  }, notationWorld())
  return { world: apply(world, surroundings(world)), made }
}

function idsIn(change: Change): string[] {
  if (change.kind !== 'put') return []
  const rules = change.of === 'securityGroup' ? change.object.rules.map(({ id }) => id) : []
  return [change.object.id, ...rules]
}

function madeBy({ number, words }: Line): MadeBy {
  return { line: number, cidr: / (?:from|to) (\S+\/\d+)/.exec(words.replace(/\s+/g, ' '))?.[1] }
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
