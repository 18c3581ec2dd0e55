/**
 * A World from lines of the vectors' notation (docs/vectors.md), with what those leave out because a packet
 * at an interface needs none of it: a route table, an internet gateway with routes to it, names.
 */

import { NotationError } from '../base/words.ts'
import { type Change, put } from '../model/change.ts'
import { aclEntryName } from '../model/network-acl.ts'
import { notationWorld, worldLine } from '../model/notation.ts'
import { listEntryName } from '../model/prefix-list.ts'
import type { RouteTable } from '../model/routing.ts'
import { apply, type World } from '../model/world.ts'
import { cidrWrittenAs } from './cidr-peer.ts'

/** A world, and where its objects were written. */
export interface WorldText {
  readonly world: World
  /** By id, rules included, and by name of an entry: the line that made it. */
  readonly made: ReadonlyMap<string, number>
  /** The CIDR in it, of rules and entries. */
  readonly written: ReadonlyMap<string, string>
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
  const made = new Map<string, number>()
  const texts = new Map<string, string>()
  const world = written.reduce((before, line) => {
    const changes = changesOf(line, before)
    for (const change of changes) {
      if (change.kind === 'put' && !made.has(change.object.id)) made.set(change.object.id, line.number)
      for (const { name, cidr } of partsOf(change, before)) {
        made.set(name, line.number)
        const text = cidr === undefined ? undefined : cidrWrittenAs(cidr, line.words.split(/\s+/))
        if (text !== undefined) texts.set(name, text)
        else texts.delete(name)
      }
    }
    return apply(before, changes)
  }, notationWorld())
  return { world: apply(world, surroundings(world)), made, written: texts }
}

/** A rule, or an entry of an ACL or a prefix list. */
interface Part {
  readonly name: string
  readonly cidr: string | undefined
}

/** Those that the change brings: it puts a whole object, with those that were there before. */
function partsOf(change: Change, before: World): Part[] {
  if (change.kind !== 'put') return []
  if (change.of === 'securityGroup') {
    const known = new Set(before.securityGroup.get(change.object.id)?.rules)
    const added = change.object.rules.filter((rule) => !known.has(rule))
    return added.map(({ id, peer }) => ({ name: id, cidr: 'cidr' in peer ? peer.cidr : undefined }))
  }
  if (change.of === 'networkAcl') {
    const { id, entries } = change.object
    const known = new Set(before.networkAcl.get(id)?.entries)
    const added = entries.filter((entry) => !known.has(entry))
    return added.map((entry) => ({ name: aclEntryName(id, entry), cidr: entry.cidr }))
  }
  if (change.of !== 'prefixListVersion') return []
  const { list, entries } = change.object
  return entries.map(({ cidr }) => ({ name: listEntryName(list, cidr), cidr }))
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
