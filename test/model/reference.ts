/**
 * The reference model: what becomes of each packet of a timeline, written from the semantics alone
 * (data-plane 1, 2, 3, 7, 8) and as plainly as can be. Lists, no indexes; a connection is the list of its
 * packets, and its state is worked out from them anew each time. Slow on purpose.
 */

import type { Direction } from '../../src/model/rule.ts'
import type { Address } from '../../src/net/address.ts'
import { type Cidr, containsAddress, lastOf } from '../../src/net/cidr.ts'
import type { Packet, Payload, Quoted } from '../../src/packet/packet.ts'
import {
  type Choices,
  chosenSeconds,
  type Entry,
  idleSpan,
  isFinished,
  type Judgement,
  type Memory,
  side,
} from './reference-connections.ts'
import { isOfTraffic } from './reference-traffic.ts'
import {
  type CardText,
  isPeer,
  isSameAddress,
  type ReferenceWorld,
  type RuleText,
  readAddress,
  readBlock,
} from './reference-world.ts'

export interface Occasion {
  readonly world: ReferenceWorld
  readonly memory: Memory
  readonly card: CardText
  readonly direction: Direction
  readonly packet: Packet
  readonly now: number
  readonly choices: Choices
}

/** 1.6: a later fragment has the fate of the first one of its datagram, for thirty seconds. */
export function judge(occasion: Occasion): Judgement {
  const { memory, packet, card, direction, now, choices } = occasion
  const { fragment, source, destination } = packet
  if (fragment?.part === 'later') {
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
const neighbourhood = ['fe80::/10', 'ff02::/16', '::/128'].map(readBlock)
const multicast = ['224.0.0.0/4', '255.255.255.255', 'ff00::/8'].map(readBlock)

/** 1.5, and what never is a matter of groups: 1.2 (neighbour discovery), 8.22 (an interface to itself). */
function isExempt({ world, card, packet, direction }: Occasion): boolean {
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
  return isOwn(card, source) && isOwn(card, destination)
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
  const { world, card, packet, direction } = occasion
  if (isToMany(world, card, packet.destination)) return { action: 'deny', reason: 'multicast' }
  const own = direction === 'ingress' ? packet.destination : packet.source
  if (card.isChecked && !isOwn(card, own)) return { action: 'deny', reason: 'source-dest-check' }
  if (packet.payload.kind === 'tcp' && packet.payload.flags === 0) return { action: 'deny', reason: 'malformed' }
  return judgeByState(occasion) ?? judgeUntracked(occasion) ?? judgeByRules(occasion)
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
    if (!choices.passesRelatedErrors || !payload.about) return undefined
    const entry = liveEntry(occasion, payload.about, direction === 'ingress' ? 'egress' : 'ingress')
    if (!entry) return undefined
    const { reason, forgottenAt } = byEntry(occasion, entry)
    return { action: 'allow', reason: `related-error(${reason})`, forgottenAt }
  }
  const entry = liveEntry(occasion, packet, direction)
  if (!entry) return undefined
  const by = side(entry, packet, direction)
  if (by === 'opener' && payload.kind === 'tcp' && isBareSyn(payload.flags) && isFinished(entry)) {
    memory.entries.splice(memory.entries.indexOf(entry), 1)
    return undefined
  }
  entry.packets.push({ by: by ?? 'opener', flags: payload.kind === 'tcp' ? payload.flags : 0 })
  entry.forgottenAt = now + idleSpan(entry, occasion.card, choices)
  const { reason, forgottenAt } = byEntry(occasion, entry)
  return { action: 'allow', reason: `connection(${reason})`, forgottenAt }
}

function isError(payload: Payload): payload is Extract<Payload, { kind: 'icmp' }> {
  if (payload.kind !== 'icmp') return false
  return (payload.protocol === 'icmp' ? [3, 4, 11, 12] : [1, 2, 3, 4]).includes(payload.type)
}

function liveEntry({ memory, card, now }: Occasion, header: Quoted, direction: Direction): Entry | undefined {
  return memory.entries.find(
    (entry) => entry.card === card.name && now < entry.forgottenAt && side(entry, header, direction) !== undefined,
  )
}

/** The rules that admitted it; revoked once none of them would admit its first packet today. */
function byEntry({ world, card }: Occasion, entry: Entry): { reason: string; forgottenAt: number } {
  const today = admitting(world, card, entry.opening, entry.direction).map(({ id }) => id)
  const isInForce = entry.by.some((id) => today.includes(id))
  return { reason: `${entry.by.join(' ')}${isInForce ? '' : ', revoked'}`, forgottenAt: entry.forgottenAt }
}

function isBareSyn(flags: number): boolean {
  const [fin, syn, rst, ack] = [flags & 1, flags & 2, flags & 4, flags & 16]
  return syn !== 0 && fin === 0 && rst === 0 && ack === 0
}

/** The card's rules of the direction that match, in the order of its groups. */
function admitting(world: ReferenceWorld, card: CardText, header: Quoted, direction: Direction): RuleText[] {
  const far = direction === 'ingress' ? header.source : header.destination
  return rulesOf(world, card).filter(
    (rule) => rule.direction === direction && isOfTraffic(rule, header.payload) && isPeer(world, rule, far),
  )
}

function rulesOf(world: ReferenceWorld, card: CardText): RuleText[] {
  return card.groups.flatMap((name) => world.groups.find((group) => group.name === name)?.of ?? [])
}

/** 2.2: U(P), on the opening side or as an answer. */
function judgeUntracked({ world, card, packet, direction }: Occasion): Judgement | undefined {
  const { payload, source, destination } = packet
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return undefined
  if (world.autoTracked.includes(card.name)) return undefined
  const answered: Quoted = {
    source: destination,
    destination: source,
    payload: { ...payload, ports: { source: payload.ports.destination, destination: payload.ports.source } },
  }
  const opposite = direction === 'ingress' ? 'egress' : 'ingress'
  const asOpening = pair(world, card, packet, direction)
  const reason = asOpening ?? pair(world, card, answered, opposite)
  return reason === undefined ? undefined : { action: 'allow', reason: `untracked(${reason})` }
}

function pair(world: ReferenceWorld, card: CardText, header: Quoted, direction: Direction): string | undefined {
  const { payload, source } = header
  const isZero = ({ block }: RuleText) => block?.length === 0 && block.family === source.family
  const open = admitting(world, card, header, direction).filter(isZero)
  const allPorts = rulesOf(world, card).filter((rule) => {
    const isAll = rule.protocol === payload.kind && ['any', '0-65535'].includes(rule.detail)
    return rule.direction !== direction && isZero(rule) && (rule.protocol === 'any' || isAll)
  })
  if (open.length === 0 || allPorts.length === 0) return undefined
  return `${open.map(({ id }) => id).join(' ')}; ${allPorts.map(({ id }) => id).join(' ')}`
}

/** Steps 8 to 12. */
function judgeByRules(occasion: Occasion): Judgement {
  const { world, card, packet, direction, choices, memory, now } = occasion
  const { payload } = packet
  const by = admitting(world, card, packet, direction).map(({ id }) => id)
  if (by.length === 0) return { action: 'deny', reason: 'no-rule' }
  if (payload.kind === 'tcp' && !isBareSyn(payload.flags)) {
    // 7.2: of a segment without state, only the opener's ACK may open one, and only where that is chosen.
    const isBareAck = (payload.flags & 16) !== 0 && (payload.flags & 7) === 0
    if (!choices.opensMidStream || !isBareAck) return { action: 'deny', reason: 'no-state' }
  }
  if (payload.kind === 'icmp' && !isQuestion(payload)) return { action: 'allow', reason: `message(${by.join(' ')})` }
  const most = world.allowances.find((each) => each.card === card.name)?.most ?? choices.allowance
  const counted = memory.entries.filter((entry) => entry.owner === card.owner && now < entry.forgottenAt)
  if (counted.length >= most) return { action: 'deny', reason: 'allowance' }
  const flags = payload.kind === 'tcp' ? payload.flags : 0
  const entry: Entry = {
    card: card.name,
    owner: card.owner,
    direction,
    opening: packet,
    by,
    packets: [{ by: 'opener', flags }],
    forgottenAt: 0,
  }
  entry.forgottenAt = now + idleSpan(entry, card, choices)
  memory.entries.push(entry)
  return { action: 'allow', reason: by.join(' '), forgottenAt: entry.forgottenAt }
}

function isQuestion({ protocol, type }: Extract<Payload, { kind: 'icmp' }>): boolean {
  return protocol === 'icmp' ? [8, 13, 15, 17].includes(type) : type === 128
}
