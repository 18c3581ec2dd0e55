/**
 * Protocol and ports as responses show them. In a permission, ports that do not apply are absent; in
 * a rule item they are -1 (spec 2.3).
 */

import type { Traffic } from '../../model/rule.ts'

interface WireTraffic {
  readonly IpProtocol: string
  readonly FromPort?: number
  readonly ToPort?: number
}

export function viewPermissionTraffic(traffic: Traffic): WireTraffic {
  switch (traffic.protocol) {
    case 'all':
      return { IpProtocol: '-1' }
    case 'tcp':
    case 'udp':
      return { IpProtocol: traffic.protocol, FromPort: traffic.from, ToPort: traffic.to }
    case 'icmp':
    case 'icmpv6':
      return { IpProtocol: traffic.protocol, FromPort: traffic.type, ToPort: traffic.code }
    default:
      return { IpProtocol: String(traffic.protocol) }
  }
}

export function viewRuleTraffic(traffic: Traffic): Required<WireTraffic> {
  return { FromPort: -1, ToPort: -1, ...viewPermissionTraffic(traffic) }
}
