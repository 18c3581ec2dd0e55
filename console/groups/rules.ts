/** A rule as DescribeSecurityGroupRules gives it, in the words of AWS's tables. */

import type { SecurityGroupRule } from '../../src/ec2/protocol/types.generated.ts'
import { isSameTraffic, type Traffic } from '../../src/model/rule.ts'
import { type RuleType, ruleTypes } from './rule-types.ts'

export type { SecurityGroupRule }
export type Direction = 'ingress' | 'egress'

export function directionOf({ IsEgress }: SecurityGroupRule): Direction {
  return IsEgress ? 'egress' : 'ingress'
}

export function trafficOf({ IpProtocol = '-1', FromPort = -1, ToPort = -1 }: SecurityGroupRule): Traffic {
  if (IpProtocol === '-1') return { protocol: 'all' }
  if (IpProtocol === 'tcp' || IpProtocol === 'udp') return { protocol: IpProtocol, from: FromPort, to: ToPort }
  if (IpProtocol === 'icmp' || IpProtocol === 'icmpv6') return { protocol: IpProtocol, type: FromPort, code: ToPort }
  return { protocol: Number(IpProtocol) }
}

export function typeOf(traffic: Traffic): RuleType | undefined {
  const named = ruleTypes.find((each) => each.traffic && isSameTraffic(each.traffic, traffic))
  const custom = typeof traffic.protocol === 'number' ? 'custom-protocol' : `custom-${traffic.protocol}`
  return named ?? ruleTypes.find(({ id }) => id === custom)
}

export function protocolText({ protocol }: Traffic): string {
  if (protocol === 'all') return 'All'
  if (protocol === 'icmpv6') return 'ICMPv6'
  return String(protocol).toUpperCase()
}

/** `80`, `8000-8100`, `All`; of ICMP the type and the code. */
export function portText(traffic: Traffic): string {
  if ('from' in traffic) {
    if (traffic.from === 0 && traffic.to === 65_535) return 'All'
    return traffic.from === traffic.to ? String(traffic.from) : `${traffic.from}-${traffic.to}`
  }
  if (!('type' in traffic) || traffic.type === -1) return 'All'
  return traffic.code === -1 ? String(traffic.type) : `${traffic.type}/${traffic.code}`
}

export function peerOf(rule: SecurityGroupRule): string {
  return rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? ''
}

export function ipVersion({ CidrIpv4, CidrIpv6 }: SecurityGroupRule): string {
  if (CidrIpv4 !== undefined) return 'IPv4'
  return CidrIpv6 === undefined ? '-' : 'IPv6'
}
