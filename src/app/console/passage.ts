/**
 * One packet's way told station by station: the engine's verdicts at the two interfaces, and between them the
 * ACLs, routes and gateways of the walk.
 */

import type { Direction } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import { type Packet, reversed } from '../../packet/packet.ts'
import type { Hop } from '../../reach/hop.ts'
import { hopSentence } from '../../reach/hop-sentence.ts'
import type { Place } from '../../reach/place.ts'
import { arrivingPacket, type Journey, walk } from '../../reach/walk.ts'
import type { HopReport, PacketReport, Step } from '../exchange.ts'
import type { LiveEngine } from '../live-engines.ts'
import type { PassageView, Station } from './api.ts'
import { ruleReasons } from './reasons.ts'

interface Passage {
  readonly journey: Journey
  readonly step: Step
  readonly report: PacketReport
}

type Open = Omit<Station, 'outcome'> & { readonly outcome: Exclude<Station['outcome'], 'not reached'> }

export function passageView(live: LiveEngine, passage: Passage): PassageView {
  const { step, report } = passage
  const stations = stationsOf(live, passage)
  const stop = stations.findIndex(({ outcome }) => outcome !== 'passes')
  return {
    packet: report.packet,
    side: step.side,
    isDelivered: report.hops.every(({ action }) => action === 'allow'),
    stations: stations.map((station, at) =>
      stop >= 0 && at > stop ? { ...station, outcome: 'not reached', sentence: 'not reached', reasons: [] } : station,
    ),
  }
}

function stationsOf(live: LiveEngine, { journey, step, report }: Passage): Open[] {
  const { terrain } = live
  const isForward = step.side === 'asks'
  const [from, to] = isForward ? [journey.from, journey.to] : [journey.to, journey.from]
  const sent = { ...journey.packet, payload: step.payload }
  const received = { ...arrivingPacket(terrain, journey), payload: step.payload }
  const [leaving, arriving] = isForward ? [sent, received] : [reversed(received), reversed(sent)]
  const between = walk(terrain, journey).filter(
    ({ leg, kind }) => leg === (isForward ? 'forward' : 'return') && kind !== 'rules',
  )
  // A sender that is stopped sends nothing at all.
  const isOfSender = (hop: Hop) => hop.kind === 'interface-state' && isCard(from, hop.networkInterface)
  const end = (place: Place, direction: Direction, packet: Packet) =>
    endStation(live, place, { direction, packet, hop: report.hops.find((hop) => isAt(hop, place, direction)) })
  return [
    ...between.filter(isOfSender).map(hopStation),
    end(from, 'egress', leaving),
    ...between.filter((hop) => !isOfSender(hop)).map(hopStation),
    end(to, 'ingress', arriving),
  ]
}

function isAt(hop: HopReport, place: Place, direction: Direction): boolean {
  return isCard(place, hop.networkInterface) && hop.direction === direction
}

function isCard(place: Place, id: string): boolean {
  return place.kind === 'interface' && place.card.id === id
}

interface Meeting {
  readonly direction: Direction
  readonly packet: Packet
  readonly hop: HopReport | undefined
}

/** An interface with its verdict, or somebody outside, who has no rules here. */
function endStation(live: LiveEngine, place: Place, { direction, packet, hop }: Meeting): Open {
  const { terrain } = live
  if (place.kind === 'outside') {
    return { kind: 'outside', name: place.name, outcome: 'passes', sentence: outsideSentence(direction), reasons: [] }
  }
  const host = terrain.hostAt(place)
  const isByRules = hop !== undefined && !['connection', 'related-error', 'exempt'].includes(hop.because.kind)
  // What an ACL refused was let pass by the rules before it, or never reached them.
  const isRefusedHere = hop?.action === 'deny' && hop.because.kind !== 'acl' && !('leg' in hop.because)
  return {
    kind: direction,
    name: interfaceName(terrain.world, place.card.id),
    outcome: isRefusedHere ? 'stops' : 'passes',
    sentence: hop && (hop.action === 'allow' || isRefusedHere) ? hop.sentence : 'its rules let it pass',
    reasons: host && isByRules ? ruleReasons(terrain.world, host.policy, { packet, direction }) : [],
  }
}

function outsideSentence(direction: Direction): string {
  return direction === 'egress'
    ? 'sends it; no rule of this world is asked'
    : 'receives it; no rule of this world is asked'
}

function interfaceName(world: World, id: string): string {
  const name = world.tagSet.get(id)?.tags.find(({ key }) => key === 'Name')?.value
  return name ? `${name} (${id})` : id
}

const names: Readonly<Record<Hop['kind'], string>> = {
  'interface-state': 'Instance',
  exempt: 'Never filtered',
  rules: 'Rules',
  acl: 'Network ACL',
  route: 'Route table',
  gateway: 'Internet gateway',
  'public-address': 'Public address',
  delivery: 'Delivery',
}

function hopStation(hop: Hop): Open {
  return { kind: hop.kind, name: stationName(hop), outcome: hop.outcome, sentence: hopSentence(hop), reasons: [] }
}

function stationName(hop: Hop): string {
  if (hop.kind === 'acl') return `${names.acl} ${hop.acl}`
  if (hop.kind === 'route' && hop.table) return `${names.route} ${hop.table}`
  if (hop.kind === 'gateway' && hop.gateway) return `${names.gateway} ${hop.gateway}`
  return names[hop.kind]
}
