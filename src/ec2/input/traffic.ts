/** Protocol and ports from a request (spec 2.2, 2.3), with AWS's own sentence for each mistake. */

import { protocolNamed } from '../../model/protocol-name.ts'
import { reject } from '../../model/rejection.ts'
import type { Traffic } from '../../model/rule.ts'

interface WireTraffic {
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
}

type Protocol = Traffic['protocol']

function protocolFrom(text: string | undefined): Protocol {
  if (!text) reject('ProtocolMissing')
  return protocolNamed(text) ?? reject('ProtocolUnknown', { protocol: text })
}

/** Authorize and Revoke ignore ports where the protocol has none: Terraform sends 0/0 with -1. */
export function trafficFrom(given: WireTraffic): Traffic {
  const protocol = protocolFrom(given.IpProtocol)
  if (protocol === 'tcp' || protocol === 'udp') return { protocol, ...portsFrom(given) }
  if (protocol === 'icmp') return { protocol, ...icmpFrom(given) }
  if (protocol === 'icmpv6') return { protocol, ...icmpv6From(given) }
  return { protocol } as Traffic
}

/** ModifySecurityGroupRules refuses ports with -1 that Authorize would ignore (spec 2.3). */
export function modifiedTrafficFrom(given: WireTraffic): Traffic {
  const traffic = trafficFrom(given)
  const hasPorts = [given.FromPort, given.ToPort].some((port) => port !== undefined && port !== -1)
  if (traffic.protocol === 'all' && hasPorts) reject('AllProtocolsWithPorts')
  return traffic
}

function portsFrom({ FromPort: from, ToPort: to }: WireTraffic): { from: number; to: number } {
  if (from === undefined || to === undefined) reject('PortsMissing', { family: 'TCP/UDP' })
  if (from < 0 || from > 65535) reject('PortOutOfRange', { end: 'from', port: from })
  if (to < 0 || to > 65535) reject('PortOutOfRange', { end: 'to', port: to })
  if (from > to) reject('PortsReversed', { from, to })
  return { from, to }
}

function icmpFrom({ FromPort: type, ToPort: code }: WireTraffic): { type: number; code: number } {
  if (type === undefined || code === undefined) reject('PortsMissing', { family: 'ICMP' })
  if (type < -1 || type > 255) reject('IcmpOutOfRange', { field: 'type', value: type })
  if (code < -1 || code > 255) reject('IcmpOutOfRange', { field: 'code', value: code })
  if (type === -1 && code !== -1) reject('IcmpCodeWithoutType', { code })
  return { type, code }
}

/** Left out, an ICMPv6 type or code means all of them. */
function icmpv6From({ FromPort = -1, ToPort = -1 }: WireTraffic): { type: number; code: number } {
  return icmpFrom({ FromPort, ToPort })
}
