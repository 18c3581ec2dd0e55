/**
 * A network ACL's lines as nftables rules, in order, the first match deciding. Stateless: they are meant for
 * packets that conntrack was told to leave alone, whole datagrams at the edge of a subnet.
 */

import type { Direction } from '../../model/rule.ts'
import { formatCidr } from '../../net/cidr.ts'
import type { AclLine, AclPolicy } from '../../policy/policy.ts'

/** Where a packet goes that the ACL allows: `accept`, or `goto CHAIN` to be asked more. */
type Onward = 'accept' | `goto ${string}`

/** Where packets go from here. */
export interface Exits {
  readonly onward: Onward
  readonly refused: 'drop' | `goto ${string}`
}

/** Nothing follows the last rule: it refuses whatever no line decided. */
export function aclRules({ lines }: AclPolicy, direction: Direction, { onward, refused }: Exits): string[] {
  const rules = lines[direction].map(
    (line) => `${matchOf(line, direction)} ${line.action === 'allow' ? onward : refused}`,
  )
  return [`${dhcp} ${onward}`, ...rules, refused]
}

/**
 * Of what policy/exempt.ts lists, the one thing that can cross a router: it is known by its ports, where the
 * rest is known by addresses that no interface has.
 */
const dhcp = 'meta l4proto udp th sport . th dport { 67 . 68, 68 . 67, 546 . 547, 547 . 546 }'

function matchOf(line: AclLine, direction: Direction): string {
  return [peerMatch(line, direction), ...protocolMatch(line)].join(' ')
}

function peerMatch({ cidr }: AclLine, direction: Direction): string {
  if (cidr.length === 0) return `meta nfproto ${cidr.family === 4 ? 'ipv4' : 'ipv6'}`
  return `${cidr.family === 4 ? 'ip' : 'ip6'} ${direction === 'ingress' ? 'saddr' : 'daddr'} ${formatCidr(cidr)}`
}

const withPorts = new Set([6, 17])
const icmpNumbers = new Set([1, 58])

function protocolMatch({ protocol, ports, icmp }: AclLine): string[] {
  if (protocol === -1) return []
  const match = [`meta l4proto ${protocol}`]
  if (ports && withPorts.has(protocol)) match.push(`th dport ${ports.from}-${ports.to}`)
  // Bytes of the transport header, as `icmp type` would add a family that the line does not ask for.
  if (icmp && icmpNumbers.has(protocol)) {
    if (icmp.type !== -1) match.push(`@th,0,8 ${icmp.type}`)
    if (icmp.code !== -1) match.push(`@th,8,8 ${icmp.code}`)
  }
  return match
}
