/**
 * Packets walked from one end to the other: the sender's egress, what carries them, the receiver's
 * ingress, and an exchange's answers the same way back. The first refusal ends it, as it would a client's.
 */

import type { Instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import { reasonSentence } from '../engine/reason-sentence.ts'
import type { Verdict } from '../engine/verdict.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import { formatPacket } from '../packet/notation.ts'
import { type Packet, type Payload, reversed, tcpFlags } from '../packet/packet.ts'
import type { Hop as PathHop } from '../reach/hop.ts'
import { hopSentence } from '../reach/hop-sentence.ts'
import type { Place } from '../reach/place.ts'
import { arrivingPacket, type Journey, walk } from '../reach/walk.ts'
import type { Encounter, LiveEngine } from './live-engines.ts'

/** What became of a packet at one interface. */
export interface HopReport {
  readonly networkInterface: NetworkInterfaceId
  readonly direction: Direction
  readonly action: Verdict['action']
  /** A verdict's reason, or the route, missing address or stopped instance that no packet passes. */
  readonly because: Verdict['because'] | PathHop
  readonly sentence: string
}

export interface PacketReport {
  readonly packet: string
  /** In the packet's order; the last one is the refusal, if there is one. */
  readonly hops: readonly HopReport[]
}

/** One packet as one interface meets it. */
export function sendAt(live: LiveEngine, encounter: Encounter): PacketReport[] {
  const { card, direction, packet } = encounter
  const off = stateStop(live, card)
  const hop = off ? refusal(card, direction, off) : meet(live, encounter)
  return [{ packet: formatPacket(packet), hops: [hop] }]
}

function stateStop({ terrain }: LiveEngine, { id, attachment }: NetworkInterface): PathHop | undefined {
  const instance = attachment && terrain.world.instance.get(attachment.instance)
  if (instance === undefined || instance.state === 'running') return undefined
  const facts = { networkInterface: id, instance: instance.id, state: instance.state }
  return { leg: 'forward', outcome: 'stops', kind: 'interface-state', ...facts }
}

/** One packet from end to end. */
export function sendBetween(live: LiveEngine, journey: Journey, now: Instant): PacketReport[] {
  return play(live, journey, now, [{ side: 'asks', payload: journey.packet.payload }])
}

/** A whole connection, or a question with its answer, all at one moment. */
export function exchangeBetween(live: LiveEngine, journey: Journey, { now, staysOpen }: Manner): PacketReport[] {
  return play(live, journey, now, scriptOf(journey.packet.payload, staysOpen))
}

interface Manner {
  readonly now: Instant
  /** A TCP connection is not closed. */
  readonly staysOpen: boolean
}

/** One packet of an exchange, and who sends it. */
export interface Step {
  readonly side: 'asks' | 'answers'
  /** As the asking end spells it: an answer is its reverse. */
  readonly payload: Payload
}

const { syn, ack, psh, fin } = tcpFlags
const handshake = [
  ['asks', syn],
  ['answers', syn | ack],
  ['asks', ack],
  ['asks', psh | ack],
  ['answers', psh | ack],
] as const
const close = [
  ['asks', fin | ack],
  ['answers', fin | ack],
  ['asks', ack],
] as const

/** The packets of an exchange in their order. */
export function scriptOf(payload: Payload, staysOpen: boolean): readonly Step[] {
  if (payload.kind === 'tcp') {
    const segments = staysOpen ? handshake : [...handshake, ...close]
    return segments.map(([side, flags]) => ({ side, payload: { ...payload, flags } }))
  }
  return [
    { side: 'asks', payload },
    { side: 'answers', payload },
  ]
}

/** One packet of an exchange. */
export function sendStep(live: LiveEngine, journey: Journey, step: Step, now: Instant): PacketReport {
  return pass(live, legsOf(live, journey)[step.side], step.payload, now)
}

function play(live: LiveEngine, journey: Journey, now: Instant, steps: readonly Step[]): PacketReport[] {
  const legs = legsOf(live, journey)
  const reports: PacketReport[] = []
  for (const { side, payload } of steps) {
    const report = pass(live, legs[side], payload, now)
    reports.push(report)
    if (report.hops.some(({ action }) => action === 'deny')) break
  }
  return reports
}

/** One direction of a journey: what its packets are where they leave and where they arrive. */
interface Leg {
  readonly from: Place
  readonly to: Place
  readonly leaving: (payload: Payload) => Packet
  readonly arriving: (payload: Payload) => Packet
  /** What on the way, other than rules and ACLs, lets nothing through. */
  readonly stops: readonly PathHop[]
}

/** Rules and ACLs are the engine's to judge, packet by packet; the rest of the way is the same for all. */
const judged: ReadonlySet<PathHop['kind']> = new Set(['rules', 'acl', 'exempt'])

function legsOf({ terrain }: LiveEngine, journey: Journey): Record<Step['side'], Leg> {
  const { from, to, packet } = journey
  const received = arrivingPacket(terrain, journey)
  const stops = walk(terrain, journey).filter(({ kind, outcome }) => outcome !== 'passes' && !judged.has(kind))
  const sent = (payload: Payload): Packet => ({ ...packet, payload })
  const met = (payload: Payload): Packet => ({ ...received, payload })
  return {
    asks: { from, to, leaving: sent, arriving: met, stops: stops.filter(({ leg }) => leg === 'forward') },
    answers: {
      from: to,
      to: from,
      leaving: (payload) => reversed(met(payload)),
      arriving: (payload) => reversed(sent(payload)),
      stops: stops.filter(({ leg }) => leg === 'return'),
    },
  }
}

function pass(live: LiveEngine, leg: Leg, payload: Payload, now: Instant): PacketReport {
  const hops: HopReport[] = []
  for (const visit of visitsOf(leg, payload)) {
    const hop = 'stop' in visit ? stopped(leg, visit.stop) : meet(live, { ...visit, now })
    hops.push(hop)
    if (hop.action === 'deny') break
  }
  return { packet: formatPacket(leg.leaving(payload)), hops }
}

type Visit =
  | { readonly card: NetworkInterface; readonly direction: Direction; readonly packet: Packet }
  | { readonly stop: PathHop }

/** A stopped sender sends nothing at all; every other stop lies behind its egress. */
function visitsOf({ from, to, leaving, arriving, stops }: Leg, payload: Payload): Visit[] {
  const sender = from.kind === 'interface' ? from.card : undefined
  const receiver = to.kind === 'interface' ? to.card : undefined
  const isOfSender = (hop: PathHop) => hop.kind === 'interface-state' && hop.networkInterface === sender?.id
  return [
    ...stops.filter(isOfSender).map((stop) => ({ stop })),
    ...(sender ? [{ card: sender, direction: 'egress' as const, packet: leaving(payload) }] : []),
    ...stops.filter((hop) => !isOfSender(hop)).map((stop) => ({ stop })),
    ...(receiver ? [{ card: receiver, direction: 'ingress' as const, packet: arriving(payload) }] : []),
  ]
}

function meet(live: LiveEngine, encounter: Encounter): HopReport {
  const { card, direction, now } = encounter
  const verdict = live.meet(encounter)
  const { action, because } = verdict
  return { networkInterface: card.id, direction, action, because, sentence: reasonSentence(verdict, now) }
}

/** Told at the interface that it concerns: the sender's, or the receiver's where that is the one we have. */
function stopped({ from, to }: Leg, stop: PathHop): HopReport {
  const own = 'networkInterface' in stop ? stop.networkInterface : undefined
  const ends = [
    { place: from, direction: 'egress' },
    { place: to, direction: 'ingress' },
  ] as const
  const cards = ends.flatMap(({ place, direction }) =>
    place.kind === 'interface' ? [{ card: place.card, direction }] : [],
  )
  const at = cards.find(({ card }) => card.id === own) ?? cards[0]
  invariant(at, 'one end of a path is an interface')
  return refusal(at.card, at.direction, stop)
}

function refusal({ id }: NetworkInterface, direction: Direction, stop: PathHop): HopReport {
  return { networkInterface: id, direction, action: 'deny', because: stop, sentence: hopSentence(stop) }
}
