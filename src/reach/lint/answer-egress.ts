/**
 * The beginner's mistake: an egress rule so that answers may leave, which they may anyway. Such a rule is known
 * by its form, and only where nothing begins by it inside.
 */

import { isSameTraffic, type Traffic } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import { type Address, type Family, parseAddress } from '../../net/address.ts'
import { hasAddress } from '../../net/address-set.ts'
import { formatPacket } from '../../packet/notation.ts'
import { tcpFlags } from '../../packet/packet.ts'
import { ruleLine } from '../replay.ts'
import type { Found, LintRule } from './finding.ts'
import { isUsedInside } from './passing.ts'
import { families, type HeldRule, ofDirection, type Scene } from './scene.ts'
import { heldText, objectsOf, revokeOf } from './telling.ts'

export const answerEgress: LintRule = {
  id: 'SG-EGRESS-ANSWERS',
  severity: 'warning',
  title: 'An egress rule is there for answers, which need none',
  explanation:
    'A security group lets the answers to what it admitted leave by themselves. Found is an egress rule to the peers of ' +
    'an ingress rule of the same protocol and group, for the ports that clients draw theirs from (1024-65535, ' +
    '32768-60999, 49152-65535, 1025-5000 or wider, from 1024 on), if no interface is listening there for it; and one ' +
    'that repeats an ingress rule word by word, whose port is not even the one that answers go to, if its peer is a ' +
    'group of which nobody is listening. One that repeats an ingress rule for addresses may be for what begins ' +
    'here: where the group’s egress is nothing but repetitions it is told as a note. All traffic out is no such rule.',
  find: answers,
}

function* answers(scene: Scene): Generator<Found> {
  for (const group of scene.groups.filter(({ id }) => scene.classesOf(id).length > 0)) {
    const suspects = ofDirection(scene.rulesOf(group), 'egress').flatMap((held) => suspected(scene, group, held))
    const isNothingElse = suspects.length === ofDirection(scene.rulesOf(group), 'egress').length
    for (const suspect of suspects) {
      const isSure = suspect.form === 'client ports' || suspect.egress.rule.peer.kind === 'group'
      if ((isSure || isNothingElse) && !isUsedInside(scene, suspect.egress)) yield found(scene, suspect, isSure)
    }
  }
}

interface Suspect {
  readonly egress: HeldRule
  readonly ingress: HeldRule
  readonly form: 'client ports' | 'repetition'
}

function suspected(scene: Scene, group: SecurityGroup, egress: HeldRule): Suspect[] {
  const { traffic, peer } = egress.rule
  if (!('from' in traffic) || peer.kind === 'prefix-list') return []
  if (peer.kind === 'group' && (peer.group === group.id || scene.classesOf(peer.group).length === 0)) return []
  const partners = ofDirection(scene.rulesOf(group), 'ingress').filter(
    ({ rule, allow }) => rule.traffic.protocol === traffic.protocol && holdsPeers(allow, egress.allow),
  )
  const repeated = partners.find(
    ({ rule, allow }) => isSameTraffic(rule.traffic, traffic) && allow.peer === egress.allow.peer,
  )
  if (repeated && !isWide(traffic)) return [{ egress, ingress: repeated, form: 'repetition' }]
  const [ingress] = partners
  return ingress && isClientPorts(traffic) ? [{ egress, ingress, form: 'client ports' }] : []
}

/** Each peer of the egress rule is one of the ingress rule. */
function holdsPeers(ingress: HeldRule['allow'], egress: HeldRule['allow']): boolean {
  if (egress.peerKind === 'group') return ingress.peer === egress.peer
  if (ingress.peerKind === 'group') return false
  return families.every((family) =>
    egress.peers[family].every(({ first, last }) =>
      ingress.peers[family].some((range) => range.first <= first && last <= range.last),
    ),
  )
}

type Ports = Extract<Traffic, { readonly from: number }>

/** Linux, Windows, older Windows; load balancers, NAT gateways and Lambda take all from 1024 on (data-plane 3). */
const clientRanges = [
  [32_768, 60_999],
  [49_152, 65_535],
  [1025, 5000],
] as const

function isClientPorts({ from, to }: Ports): boolean {
  return from >= 1024 && clientRanges.some(([first, last]) => from <= first && last <= to)
}

/** No single service. */
function isWide({ from, to }: Ports): boolean {
  return to - from >= 1024
}

function found(scene: Scene, { egress, ingress, form }: Suspect, isCertain: boolean): Found {
  const why =
    form === 'client ports'
      ? 'answers to them leave without it'
      : 'answers to them go to the client’s port, which it is not for, and leave without it'
  return {
    on: egress.rule.id,
    objects: objectsOf([egress]),
    message: `${ruleLine(egress.rule)} of ${egress.group.name} is for those whom ${ingress.rule.id} lets in: ${why}.`,
    packet: answerPacket(scene, egress, ingress),
    details: [egress, ingress].map(heldText).concat(isCertain ? [] : ['needed only if connections begin here by it']),
    fix: revokeOf([egress]),
    isCertain,
  }
}

/** What leaves because of the connection that it belongs to. */
function answerPacket(scene: Scene, egress: HeldRule, { rule: { traffic } }: HeldRule): string | undefined {
  for (const { family, members } of scene.classesOf(egress.group.id)) {
    const destination = clientOf(egress, family)
    if (!destination || !('from' in traffic)) continue
    const ports = { source: traffic.from, destination: 40_000 }
    const payload =
      traffic.protocol === 'tcp'
        ? { kind: 'tcp' as const, ports, flags: tcpFlags.syn | tcpFlags.ack }
        : { kind: 'udp' as const, ports }
    return formatPacket({ source: members[0].address, destination, payload, length: 40 })
  }
  return undefined
}

/** Some host that stands for clients, if the rule has it; else its first. */
function clientOf({ allow }: HeldRule, family: Family): Address | undefined {
  const usual = parseAddress(family === 4 ? '203.0.113.10' : '2001:db8::a')
  if (usual && hasAddress(allow.peers, usual)) return usual
  const [range] = allow.peers[family]
  return range && { family, bits: range.first }
}
