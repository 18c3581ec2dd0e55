/**
 * The reference model: what becomes of each packet of a timeline, written from the semantics alone
 * (data-plane 1, 2, 3, 7, 8) and as plainly as can be. Lists, no indexes; a connection is the list of its
 * packets, and its state is worked out from them anew each time. Slow on purpose.
 */

import type { Direction } from '../../src/model/rule.ts'
import type { Address } from '../../src/net/address.ts'
import { type Cidr, containsAddress, lastOf } from '../../src/net/cidr.ts'
import type { Payload, Quoted } from '../../src/packet/packet.ts'
import { chosenNumber, chosenSeconds, isChosen } from './reference-choices.ts'
import { type Entry, idleSpan, isFinished, isHeard, type Judgement, side } from './reference-connections.ts'
import { isOfTraffic } from './reference-traffic.ts'
import {
  admitting,
  forgetUntracked,
  halvesOf,
  noteUntracked,
  otherWay,
  rememberedFlow,
  type Sight,
  untrackedBy,
} from './reference-untracked.ts'
import { type CardText, isSameAddress, type ReferenceWorld, readAddress, readBlock } from './reference-world.ts'

export type Occasion = Sight

/** 8.20: a refusal is silent, or its sender is told. */
export function judge(occasion: Occasion): Judgement {
  const judgement = judgePacket(occasion)
  const { payload, fragment } = occasion.packet
  if (judgement.action === 'allow' || !isChosen(occasion.choices, 'refusal', 'answered')) return judgement
  const isReset = payload.kind === 'tcp' && (payload.flags & 4) !== 0
  if (isReset || isError(payload) || fragment?.part === 'later' || judgement.reason === 'multicast') return judgement
  return { ...judgement, reason: `${judgement.reason}, ${payload.kind === 'tcp' ? 'tcp-reset' : 'icmp-prohibited'}` }
}

/** 1.6: a later fragment has the fate of the first one of its datagram, for thirty seconds. */
function judgePacket(occasion: Occasion): Judgement {
  const { memory, packet, card, direction, now, choices } = occasion
  const { fragment, source, destination } = packet
  if (fragment?.part === 'later') {
    if (isChosen(choices, 'later-fragments', 'pass')) return { action: 'allow', reason: 'later-fragment' }
    if (isChosen(choices, 'later-fragments', 'refuse')) return { action: 'deny', reason: 'later-fragment' }
    const first = memory.fragments.findLast(
      (each) =>
        each.card === card.name &&
        each.direction === direction &&
        each.packet.fragment?.id === fragment.id &&
        isSameAddress(each.packet.source, source) &&
        isSameAddress(each.packet.destination, destination) &&
        protocolOf(each.packet.payload) === protocolOf(packet.payload),
    )
    if (!first || now - first.at >= 1000 * chosenSeconds(choices, 'fragments', 30))
      return { action: 'deny', reason: 'fragment-without-first' }
    return { ...first.judgement, reason: `fragment(${first.judgement.reason})` }
  }
  const judgement = judgeDatagram(occasion)
  if (fragment) memory.fragments.push({ card: card.name, direction, packet, at: now, judgement })
  return judgement
}

function protocolOf(payload: Payload): string {
  if (payload.kind === 'icmp') return payload.protocol
  return payload.kind === 'other' ? String(payload.protocol) : payload.kind
}

/** 7.1, steps 1 to 3: exempt services, then on the way in the ACL first, on the way out the ACL last. */
function judgeDatagram(occasion: Occasion): Judgement {
  if (isExempt(occasion)) return { action: 'allow', reason: 'exempt' }
  if (occasion.direction === 'ingress') return refusedByAcl(occasion) ?? judgeAtCard(occasion)
  const judgement = judgeAtCard(occasion)
  return judgement.action === 'deny' ? judgement : (refusedByAcl(occasion) ?? judgement)
}

const wellKnown = {
  dns: ['169.254.169.253', 'fd00:ec2::253'].map(readAddress),
  metadata: ['169.254.169.254', 'fd00:ec2::254', '169.254.170.2', '169.254.170.23'].map(readAddress),
  activation: ['169.254.169.250', '169.254.169.251'].map(readAddress),
  time: ['169.254.169.123', 'fd00:ec2::123'].map(readAddress),
  resolver: nth(readBlock('10.0.0.0/16'), 2n),
}
const link = readBlock('fe80::/10')
const neighbourhood = ['fe80::/10', 'ff02::/16', '::/128'].map(readBlock)
const multicast = ['224.0.0.0/4', '255.255.255.255', 'ff00::/8'].map(readBlock)

/** 1.5, and what never is a matter of groups: 1.2 (neighbour discovery), 8.22 (an interface to itself). */
function isExempt({ world, card, packet, direction, choices }: Occasion): boolean {
  const { source, destination, payload } = packet
  const far = direction === 'ingress' ? source : destination
  const isAt = (places: readonly Address[]) => places.some((place) => isSameAddress(place, far))
  const ports = payload.kind === 'tcp' || payload.kind === 'udp' ? payload.ports : undefined
  const farPort = direction === 'ingress' ? ports?.source : ports?.destination
  if (payload.kind === 'udp' && ports) {
    const pair = `${ports.source} ${ports.destination}`
    if (['67 68', '68 67', '546 547', '547 546'].includes(pair)) return true
  }
  if (farPort === 53 && isAt([...wellKnown.dns, wellKnown.resolver])) return true
  if (payload.kind === 'udp' && farPort === 123 && isAt(wellKnown.time)) return true
  if (payload.kind === 'tcp' && farPort === 1688 && isAt(wellKnown.activation)) return true
  if (isAt(wellKnown.metadata)) return true
  const blocks = subnetBlocks(world, card)
  if (blocks[0] && isSameAddress(far, nth(blocks[0], 1n))) return true
  if (payload.kind === 'icmp' && payload.protocol === 'icmpv6' && payload.type >= 133 && payload.type <= 136) {
    if ([...blocks, ...neighbourhood].some((each) => containsAddress(each, far))) return true
  }
  const isOnLink = [source, destination].some((end) => containsAddress(link, end))
  if (isOnLink && isChosen(choices, 'link-local', 'exempt')) return true
  return isOwn(card, source) && isOwn(card, destination) && !isChosen(choices, 'self-traffic', 'judged')
}

function nth({ family, first }: Cidr, n: bigint): Address {
  return { family, bits: first + n }
}

function isOwn(card: CardText, address: Address): boolean {
  return card.addresses.some((own) => isSameAddress(own, address))
}

function subnetBlocks(world: ReferenceWorld, card: CardText): readonly Cidr[] {
  return world.subnets.find(({ name }) => name === card.subnet)?.of ?? []
}

/** 3: only at the subnet's edge, by ascending number, the first entry that fits; in the end everything is denied. */
function refusedByAcl({ world, card, packet, direction }: Occasion): Judgement | undefined {
  const far = direction === 'ingress' ? packet.source : packet.destination
  const subnet = world.subnets.find(({ name }) => name === card.subnet)
  if (subnet?.of.some((each) => containsAddress(each, far))) return undefined
  const entries = world.acls.find(({ name }) => name === subnet?.acl)?.of ?? []
  const deciding = entries
    .filter((entry) => entry.direction === direction)
    .toSorted((a, b) => a.number - b.number)
    .find((entry) => containsAddress(entry.block, far) && isOfTraffic(entry, packet.payload))
  if (deciding?.action === 'allow') return undefined
  return { action: 'deny', reason: `acl(${deciding?.number ?? '*'})` }
}

function judgeAtCard(occasion: Occasion): Judgement {
  const { world, card, packet, direction, choices } = occasion
  const isForMany = isToMany(world, card, packet.destination)
  if (isForMany && !isChosen(choices, 'multicast', 'judged')) return { action: 'deny', reason: 'multicast' }
  const own = direction === 'ingress' ? packet.destination : packet.source
  const isForAll = direction === 'ingress' && isForMany
  if (card.isChecked && !isForAll && !isOwn(card, own)) return { action: 'deny', reason: 'source-dest-check' }
  if (packet.payload.kind === 'tcp' && packet.payload.flags === 0) return { action: 'deny', reason: 'malformed' }
  if (isChosen(choices, 'later-pair', 'drops') && untrackedBy(occasion, packet, direction)) {
    drop(occasion)
    return judgeUntracked(occasion) ?? judgeByRules(occasion)
  }
  const judgement = judgeByState(occasion) ?? judgeUntracked(occasion)
  if (judgement) return judgement
  carryOn(occasion)
  return judgeByState(occasion) ?? judgeByRules(occasion)
}

/** 8.12: the state under an open pair. */
function drop(occasion: Occasion): void {
  const { memory, packet, direction } = occasion
  const entry = ownEntry(occasion, packet, direction)
  if (entry) memory.entries.splice(memory.entries.indexOf(entry), 1)
}

/** 8.21: multicast, the broadcast address, and the subnet's own broadcast address. */
function isToMany(world: ReferenceWorld, card: CardText, to: Address): boolean {
  if (multicast.some((each) => containsAddress(each, to))) return true
  return subnetBlocks(world, card).some(
    (each) => each.family === 4 && each.length <= 30 && to.family === 4 && to.bits === lastOf(each),
  )
}

/** Steps 5 and 6: errors about live connections, and packets of live connections. */
function judgeByState(occasion: Occasion): Judgement | undefined {
  const { packet, direction, choices, now, memory } = occasion
  const { payload } = packet
  if (isError(payload)) {
    if (isChosen(choices, 'passes-related-errors', 'off') || !payload.about) return undefined
    const entry = liveEntry(occasion, payload.about, otherWay(direction))
    if (!entry) return undefined
    const { reason, forgottenAt } = byEntry(occasion, entry)
    return { action: 'allow', reason: `related-error(${reason})`, forgottenAt }
  }
  const entry = liveEntry(occasion, packet, direction)
  if (!entry) return undefined
  const by = side(entry, packet, direction)
  const isOver = isFinished(entry) || isChosen(choices, 'syn-on-live-flow', 'opens')
  if (by === 'opener' && payload.kind === 'tcp' && isBareSyn(payload.flags) && isOver) {
    memory.entries.splice(memory.entries.indexOf(entry), 1)
    return undefined
  }
  entry.packets.push({ by: by ?? 'opener', flags: payload.kind === 'tcp' ? payload.flags : 0 })
  const idle = isChosen(choices, 'timeout-edit', 'new-flows') ? entry.idle : occasion.card.idle
  entry.forgottenAt = now + idleSpan(entry, idle, choices)
  const { reason, forgottenAt } = byEntry(occasion, entry)
  return { action: 'allow', reason: `connection(${reason})`, forgottenAt }
}

function isError(payload: Payload): payload is Extract<Payload, { kind: 'icmp' }> {
  if (payload.kind !== 'icmp') return false
  return (payload.protocol === 'icmp' ? [3, 4, 11, 12] : [1, 2, 3, 4]).includes(payload.type)
}

function ownEntry({ memory, card, now }: Occasion, header: Quoted, direction: Direction): Entry | undefined {
  return memory.entries.find(
    (entry) => entry.card === card.name && now < entry.forgottenAt && side(entry, header, direction) !== undefined,
  )
}

/** Of this interface, unless a choice has ended it; or, where that is chosen, of another one of the instance. */
function liveEntry(occasion: Occasion, header: Quoted, direction: Direction): Entry | undefined {
  const { memory, world, card, now, choices } = occasion
  const own = ownEntry(occasion, header, direction)
  if (own && isCut(occasion, own)) memory.entries.splice(memory.entries.indexOf(own), 1)
  if (own) return memory.entries.includes(own) ? own : undefined
  if (!isChosen(choices, 'tracking-scope', 'instance')) return undefined
  const cards = world.cards.filter(({ owner }) => owner === card.owner).map(({ name }) => name)
  return memory.entries.find(
    (entry) => cards.includes(entry.card) && now < entry.forgottenAt && side(entry, header, direction) !== undefined,
  )
}

/** 8.7 and 8.13: by choice, a flow that no rule admits ends when its rules only lost it, or nobody answered yet. */
function isCut({ world, card, choices }: Occasion, entry: Entry): boolean {
  if (admitting({ world, card, choices }, entry.opening, entry.direction).length > 0) return false
  if (isChosen(choices, 'one-way-flow', 'cuts') && !isHeard(entry)) return true
  const hasLost = (id: string, index: number) => {
    if (!card.groups.includes(entry.groups[index] ?? '')) return true
    const rule = world.groups.flatMap(({ of }) => of).find((each) => each.id === id)
    return rule !== undefined && rule.block === undefined && isOfTraffic(rule, entry.opening.payload)
  }
  return isChosen(choices, 'lost-membership', 'cuts') && entry.by.every(hasLost)
}

/** The rules that admitted it; revoked once none of them would admit its first packet today. */
function byEntry(occasion: Occasion, entry: Entry): { reason: string; forgottenAt: number } {
  const today = admitting(occasion, entry.opening, entry.direction).map(({ id }) => id)
  const isInForce = entry.by.some((id) => today.includes(id))
  return { reason: `${entry.by.join(' ')}${isInForce ? '' : ', revoked'}`, forgottenAt: entry.forgottenAt }
}

function isBareSyn(flags: number): boolean {
  const [fin, syn, rst, ack] = [flags & 1, flags & 2, flags & 4, flags & 16]
  return syn !== 0 && fin === 0 && rst === 0 && ack === 0
}

/** 2.2: U(P), on the opening side or as an answer. */
function judgeUntracked(occasion: Occasion): Judgement | undefined {
  const pair = untrackedBy(occasion, occasion.packet, occasion.direction)
  if (!pair) return undefined
  noteUntracked(occasion, pair.isOpener)
  return { action: 'allow', reason: `untracked(${pair.open.join(' ')}; ${pair.allPorts.join(' ')})` }
}

/** 8.8 and 8.9: an untracked flow that lost a half of its pair becomes a tracked one, where that is chosen. */
function carryOn(occasion: Occasion): void {
  const { packet, card, choices, now } = occasion
  const flow = rememberedFlow(occasion)
  if (!flow || now >= flow.lastSeen + idleSpan(flow, card.idle, choices)) return
  if (packet.payload.kind === 'tcp' && isBareSyn(packet.payload.flags)) return
  const by = admitting(occasion, flow.opening, flow.direction).map(({ id }) => id)
  const { open, allPorts } = halvesOf(occasion, flow.opening, flow.direction)
  const isNarrowed = open.length === 0 && !isChosen(choices, 'narrowed-rule', 'keeps')
  const isHalved = allPorts.length === 0 && !isChosen(choices, 'halved-pair', 'keeps')
  const isKept = [...choices.words].some(
    ([name, word]) => word === 'keeps' && /^(narrowed-rule|halved-pair)$/.test(name),
  )
  if (!isKept || by.length === 0 || isNarrowed || isHalved) return
  begin(occasion, { opening: flow.opening, direction: flow.direction, by, packets: [...flow.packets] })
}

/** Steps 8 to 12. */
function judgeByRules(occasion: Occasion): Judgement {
  const { packet, direction, choices } = occasion
  const { payload } = packet
  const by = admitting(occasion, packet, direction).map(({ id }) => id)
  if (by.length === 0) return { action: 'deny', reason: 'no-rule' }
  if (payload.kind === 'tcp' && !isBareSyn(payload.flags)) {
    // 7.2: of a segment without state, only the opener's ACK may open one, and only where that is chosen.
    const isBareAck = (payload.flags & 16) !== 0 && (payload.flags & 7) === 0
    if (!isChosen(choices, 'opens-mid-stream', 'on') || !isBareAck) return { action: 'deny', reason: 'no-state' }
  }
  if (payload.kind === 'icmp' && !isQuestion(payload)) return { action: 'allow', reason: `message(${by.join(' ')})` }
  const flags = payload.kind === 'tcp' ? payload.flags : 0
  const entry = begin(occasion, { opening: packet, direction, by, packets: [{ by: 'opener', flags }] })
  if (!entry) return { action: 'deny', reason: 'allowance' }
  return { action: 'allow', reason: by.join(' '), forgottenAt: entry.forgottenAt }
}

/** A tracked flow, if its owner may have one more. */
function begin(occasion: Occasion, flow: Pick<Entry, 'opening' | 'direction' | 'by' | 'packets'>): Entry | undefined {
  const { world, card, choices, memory, now } = occasion
  const owner = isChosen(choices, 'allowance-of', 'interface') ? card.name : card.owner
  const most = world.allowances.find((each) => each.card === card.name)?.most
  const counted = memory.entries.filter((entry) => entry.owner === owner && now < entry.forgottenAt)
  if (counted.length >= (most ?? chosenNumber(choices, 'allowance', 65_536))) return undefined
  const groups = flow.by.map((id) => world.groups.find(({ of }) => of.some((rule) => rule.id === id))?.name ?? '')
  const entry: Entry = { ...flow, groups, card: card.name, owner, idle: card.idle, forgottenAt: 0 }
  entry.forgottenAt = now + idleSpan(entry, card.idle, choices)
  memory.entries.push(entry)
  forgetUntracked(occasion)
  return entry
}

function isQuestion({ protocol, type }: Extract<Payload, { kind: 'icmp' }>): boolean {
  return protocol === 'icmp' ? [8, 13, 15, 17].includes(type) : type === 128
}
