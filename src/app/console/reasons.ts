/** Why rules admit a packet or refuse it, rule by rule: the tree under a station of its way. */

import type { GroupId } from '../../model/ids.ts'
import { type Direction, peerText, type Rule, trafficKey } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import { formatAddress } from '../../net/address.ts'
import { hasAddress } from '../../net/address-set.ts'
import type { Packet } from '../../packet/packet.ts'
import { hasTraffic, peerOf } from '../../policy/match.ts'
import type { Allow, InterfacePolicy, RuleRef } from '../../policy/policy.ts'
import type { Reason, RuleView } from './api.ts'

/** More are no reading matter; those that admit it come first. */
const mostRules = 30

interface Question {
  readonly packet: Packet
  readonly direction: Direction
}

/** Each group of the interface with its rules of the direction, and at which part each fails. */
export function ruleReasons(world: World, policy: InterfacePolicy, question: Question): readonly Reason[] {
  return policy.groups.map((group) => {
    const allows = policy.allows[question.direction].filter((each) => each.group === group)
    const reasons = allows
      .map((allow) => ruleReason(world, allow, question))
      .sort((a, b) => Number(b.holds) - Number(a.holds))
    const admits = reasons.filter(({ holds }) => holds).length
    const name = world.securityGroup.get(group)?.name
    return {
      holds: admits > 0,
      text: `${group}${name === undefined ? '' : ` (${name})`}: ${admits} of ${countText(allows.length, question.direction)} admit it`,
      reasons: [
        ...reasons.slice(0, mostRules),
        ...(reasons.length > mostRules ? [leaf(false, `and ${reasons.length - mostRules} more that do not`)] : []),
      ],
    }
  })
}

function countText(count: number, direction: Direction): string {
  return `${count} ${direction} ${count === 1 ? 'rule' : 'rules'}`
}

function ruleReason(world: World, allow: Allow, { packet, direction }: Question): Reason {
  const peer = peerOf(packet, direction)
  const isTraffic = hasTraffic(allow.traffic, packet.payload)
  const isPeer = hasAddress(allow.peers, peer)
  const rule = world.securityGroup.get(allow.group)?.rules.find(({ id }) => id === allow.rule)
  const address = formatAddress(peer)
  const side = direction === 'ingress' ? 'source' : 'destination'
  return {
    holds: isTraffic && isPeer,
    text: `${allow.rule}: ${rule ? ruleText(rule) : trafficKey(allow.traffic)}`,
    reasons: [
      leaf(isTraffic, `protocol and port ${isTraffic ? 'match' : 'do not match'} ${trafficText(allow.traffic)}`),
      leaf(isPeer, `${side} ${address} is ${isPeer ? 'in' : 'not in'} ${rule ? peerText(rule.peer) : 'its peer'}`),
    ],
  }
}

function leaf(holds: boolean, text: string): Reason {
  return { holds, text, reasons: [] }
}

/** `tcp 443 from 0.0.0.0/0` */
function ruleText({ direction, traffic, peer }: Pick<Rule, 'direction' | 'traffic' | 'peer'>): string {
  return `${trafficText(traffic)} ${direction === 'ingress' ? 'from' : 'to'} ${peerText(peer)}`
}

function trafficText(traffic: Rule['traffic']): string {
  if (traffic.protocol === 'all') return 'all traffic'
  if ('from' in traffic) {
    const ports = traffic.from === traffic.to ? `${traffic.from}` : `${traffic.from}-${traffic.to}`
    return `${traffic.protocol} ${ports}`
  }
  if (!('type' in traffic)) return `protocol ${traffic.protocol}`
  return traffic.type === -1
    ? `all ${traffic.protocol}`
    : `${traffic.protocol} type ${traffic.type} code ${traffic.code}`
}

/** The rules of the groups of some interfaces. */
export function rulesOf(world: World, policies: readonly InterfacePolicy[]): RuleView[] {
  const groups = new Set(policies.flatMap((policy) => policy.groups))
  return Array.from(groups).flatMap((group) =>
    (world.securityGroup.get(group)?.rules ?? []).map((rule) => ruleView(group, rule)),
  )
}

/** Those of the rules that the world has. */
export function rulesNamed(world: World, refs: readonly RuleRef[]): RuleView[] {
  return refs.flatMap(({ rule, group }) => {
    const known = world.securityGroup.get(group)?.rules.find(({ id }) => id === rule)
    return known ? [ruleView(group, known)] : []
  })
}

export function ruleView(group: GroupId, rule: Rule): RuleView {
  return { rule: rule.id, group, direction: rule.direction, text: ruleText(rule) }
}
