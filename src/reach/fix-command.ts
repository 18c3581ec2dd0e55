/** The aws CLI's line for a rule and for an ACL entry that are to be made. */

import type { NetworkAclEntry } from '../model/network-acl.ts'
import type { Peer, Rule, Traffic } from '../model/rule.ts'

export function authorizeCommand(group: string, { direction, traffic, peer }: Rule): string {
  const protocol = traffic.protocol === 'all' ? -1 : traffic.protocol
  const permission = [`IpProtocol=${protocol}`, ...portMembers(traffic), peerMember(peer)].join(',')
  return `aws ec2 authorize-security-group-${direction} --group-id ${group} --ip-permissions '${permission}'`
}

/** The CLI's shorthand of one permission. */
function portMembers(traffic: Traffic): string[] {
  if ('from' in traffic) return [`FromPort=${traffic.from}`, `ToPort=${traffic.to}`]
  return 'type' in traffic ? [`FromPort=${traffic.type}`, `ToPort=${traffic.code}`] : []
}

function peerMember(peer: Peer): string {
  switch (peer.kind) {
    case 'ipv4':
      return `IpRanges=[{CidrIp=${peer.cidr}}]`
    case 'ipv6':
      return `Ipv6Ranges=[{CidrIpv6=${peer.cidr}}]`
    case 'prefix-list':
      return `PrefixListIds=[{PrefixListId=${peer.list}}]`
    case 'group':
      return `UserIdGroupPairs=[{GroupId=${peer.group}}]`
    default:
      return peer satisfies never
  }
}

export function revokeCommand(group: string, { id, direction }: Rule): string {
  return `aws ec2 revoke-security-group-${direction} --group-id ${group} --security-group-rule-ids ${id}`
}

export function aclEntryCommand(acl: string, entry: NetworkAclEntry): string {
  const { number, direction, protocol, cidr, ports, icmp, family } = entry
  return [
    `aws ec2 create-network-acl-entry --network-acl-id ${acl} --rule-number ${number} --${direction} --rule-action allow`,
    `--protocol ${protocol} --${family === 6 ? 'ipv6-cidr-block' : 'cidr-block'} ${cidr}`,
    ...(ports ? [`--port-range From=${ports.from},To=${ports.to}`] : []),
    ...(icmp ? [`--icmp-type-code Type=${icmp.type},Code=${icmp.code}`] : []),
  ].join(' ')
}
