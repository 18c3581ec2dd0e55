/**
 * The reference model's untracked flows: which packets are of one (data-plane 2.2), and those that were, which
 * only the choices `halved-pair keeps` and `narrowed-rule keeps` ask for.
 */

import type { Direction } from '../../src/model/rule.ts'
import type { Address } from '../../src/net/address.ts'
import { type Cidr, containsAddress } from '../../src/net/cidr.ts'
import type { Packet, Quoted } from '../../src/packet/packet.ts'
import { type Choices, isChosen } from './reference-choices.ts'
import { isFinished, type Memory, side } from './reference-connections.ts'
import { isOfTraffic } from './reference-traffic.ts'
import { type CardText, isPeer, type ReferenceWorld, type RuleText, rulesOf } from './reference-world.ts'

export interface Place {
  readonly world: ReferenceWorld
  readonly card: CardText
  readonly choices: Choices
}

/** The card's rules of the direction that match, in the order of its groups. */
export function admitting({ world, card }: Place, header: Quoted, direction: Direction): RuleText[] {
  const far = direction === 'ingress' ? header.source : header.destination
  return rulesOf(world, card).filter(
    (rule) => rule.direction === direction && isOfTraffic(rule, header.payload) && isPeer(world, rule, far),
  )
}

function mirrored(header: Quoted): Quoted {
  const { source, destination, payload } = header
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return { source: destination, destination: source, payload }
  const ports = { source: payload.ports.destination, destination: payload.ports.source }
  return { source: destination, destination: source, payload: { ...payload, ports } }
}

export const otherWay = (direction: Direction): Direction => (direction === 'ingress' ? 'egress' : 'ingress')

export interface Halves {
  readonly open: readonly string[]
  readonly allPorts: readonly string[]
}

/** U(P): the pair of rules, and whether the packet is of the opening side. */
export function untrackedBy(
  place: Place,
  packet: Packet,
  direction: Direction,
): (Halves & { readonly isOpener: boolean }) | undefined {
  const { kind } = packet.payload
  if ((kind !== 'tcp' && kind !== 'udp') || place.world.autoTracked.includes(place.card.name)) return undefined
  const opening = wholePair(place, packet, direction)
  if (opening) return { ...opening, isOpener: true }
  const answer = wholePair(place, mirrored(packet), otherWay(direction))
  return answer && { ...answer, isOpener: false }
}

function wholePair(place: Place, header: Quoted, direction: Direction): Halves | undefined {
  const halves = halvesOf(place, header, direction)
  if (halves.open.length === 0 || halves.allPorts.length === 0) return undefined
  const isBesideNarrow = admitting(place, header, direction).some(({ id }) => !halves.open.includes(id))
  return isBesideNarrow && isChosen(place.choices, 'open-beside-narrow', 'tracked') ? undefined : halves
}

export function halvesOf(place: Place, header: Quoted, direction: Direction): Halves {
  const { payload } = header
  const own = rulesOf(place.world, place.card)
  const forIt = own.filter((rule) => rule.direction === direction && isOfTraffic(rule, payload))
  const forAll = own.filter((rule) => {
    const isAll = rule.protocol === payload.kind && ['any', '0-65535'].includes(rule.detail)
    return rule.direction !== direction && (rule.protocol === 'any' || isAll)
  })
  const far = direction === 'ingress' ? header.source : header.destination
  return { open: openAmong(place, forIt, far), allPorts: openAmong(place, forAll, far) }
}

/** The zero prefix, to the letter; or where that is chosen, blocks that together are everything. */
function openAmong({ world, choices }: Place, rules: readonly RuleText[], far: Address): string[] {
  const isZero = ({ block }: RuleText) => block?.length === 0 && block.family === far.family
  if (!isChosen(choices, 'open-peers', 'covering')) return rules.filter(isZero).map(({ id }) => id)
  const blocks = (rule: RuleText) => blocksOf(world, rule)
  if (!covers(rules.flatMap(blocks), { family: far.family, first: 0n, length: 0 })) return []
  return rules.filter((rule) => blocks(rule).some((each) => containsAddress(each, far))).map(({ id }) => id)
}

/** Nothing of a rule that names a group. */
function blocksOf(world: ReferenceWorld, { peer, block }: RuleText): readonly Cidr[] {
  return block ? [block] : (world.lists.find(({ name }) => name === peer)?.of ?? [])
}

/** By halves, down to where a block holds the whole or none holds any. */
function covers(blocks: readonly Cidr[], whole: Cidr): boolean {
  const near = blocks.filter((each) => each.family === whole.family)
  const start = { family: whole.family, bits: whole.first }
  if (near.some((each) => each.length <= whole.length && containsAddress(each, start))) return true
  const inside = near.filter((each) => containsAddress(whole, { family: each.family, bits: each.first }))
  if (inside.length === 0) return false
  const length = whole.length + 1
  const half = 1n << BigInt((whole.family === 4 ? 32 : 128) - length)
  return [whole.first, whole.first + half].every((first) => covers(inside, { family: whole.family, first, length }))
}

export interface Sight extends Place {
  readonly memory: Memory
  readonly packet: Packet
  readonly direction: Direction
  readonly now: number
}

/** The flow is remembered as it began; once it is finished it is not. */
export function noteUntracked(sight: Sight, isOpener: boolean): void {
  const { memory, card, packet, direction, now } = sight
  const flags = packet.payload.kind === 'tcp' ? packet.payload.flags : 0
  const known = rememberedFlow(sight)
  if (known) {
    known.packets.push({ by: side(known, packet, direction) ?? 'opener', flags })
    known.lastSeen = now
    if (known.opening.payload.kind === 'tcp' && isFinished(known)) forgetUntracked(sight)
    return
  }
  memory.untracked.push({
    card: card.name,
    direction: isOpener ? direction : otherWay(direction),
    opening: isOpener ? packet : { ...packet, ...mirrored(packet) },
    packets: [{ by: 'opener', flags }],
    lastSeen: now,
  })
}

export function rememberedFlow({ memory, card, packet, direction }: Sight) {
  return memory.untracked.find((each) => each.card === card.name && side(each, packet, direction) !== undefined)
}

export function forgetUntracked(sight: Sight): void {
  const known = rememberedFlow(sight)
  if (known) sight.memory.untracked.splice(sight.memory.untracked.indexOf(known), 1)
}
