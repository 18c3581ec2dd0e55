/** The aws CLI's lines for rules that are to be made, changed or taken away, and for entries of ACLs and prefix lists. */

import { groupedBy } from '../base/grouped.ts'
import type { NetworkAclEntry } from '../model/network-acl.ts'
import type { PrefixList } from '../model/prefix-list.ts'
import type { Direction, Peer, Rule, Traffic } from '../model/rule.ts'
import type { RuleRef } from '../policy/policy.ts'

export function authorizeCommand(group: string, { direction, traffic, peer }: Omit<Rule, 'id'>): string {
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

/** A line for each group and direction. */
export function revokeCommands(rules: readonly (RuleRef & { readonly direction: Direction })[]): string[] {
  const alike = groupedBy(rules, ({ group, direction }) => `${direction} --group-id ${group}`)
  return Array.from(alike, ([of, all]) => {
    const ids = [...new Set(all.map(({ rule }) => rule))]
    return `aws ec2 revoke-security-group-${of} --security-group-rule-ids ${ids.join(' ')}`
  })
}

/** The rule with another CIDR of its family. */
export function modifyCommand(group: string, { id, traffic, peer, description }: Rule, cidr: string): string {
  const protocol = traffic.protocol === 'all' ? -1 : traffic.protocol
  const member = peer.kind === 'ipv6' ? 'CidrIpv6' : 'CidrIpv4'
  // What is not repeated is lost, the description too.
  const kept = description === undefined ? {} : { Description: description }
  const ports = Object.fromEntries(portMembers(traffic).map((each) => numbered(each)))
  const changed = { IpProtocol: String(protocol), ...ports, [member]: cidr, ...kept }
  const json = JSON.stringify([{ SecurityGroupRuleId: id, SecurityGroupRule: changed }])
  return `aws ec2 modify-security-group-rules --group-id ${group} --security-group-rules ${quoted(json)}`
}

function numbered(member: string): [string, number] {
  const [name = '', value] = member.split('=')
  return [name, Number(value)]
}

export function aclEntryCommand(acl: string, entry: NetworkAclEntry): string {
  return entryCommand('create', acl, entry)
}

/** In place of the one that has its number. */
export function replaceEntryCommand(acl: string, entry: NetworkAclEntry): string {
  return entryCommand('replace', acl, entry)
}

function entryCommand(verb: 'create' | 'replace', acl: string, entry: NetworkAclEntry): string {
  const { number, direction, action, protocol, cidr, ports, icmp, family } = entry
  return [
    `aws ec2 ${verb}-network-acl-entry --network-acl-id ${acl} --rule-number ${number} --${direction}`,
    `--rule-action ${action}`,
    `--protocol ${protocol} --${family === 6 ? 'ipv6-cidr-block' : 'cidr-block'} ${cidr}`,
    ...(ports ? [`--port-range From=${ports.from},To=${ports.to}`] : []),
    ...(icmp ? [`--icmp-type-code Type=${icmp.type},Code=${icmp.code}`] : []),
  ].join(' ')
}

/** One entry goes, and another comes for it unless its list has that one. */
export function swapListEntryCommand(
  { id, version }: Pick<PrefixList, 'id' | 'version'>,
  cidr: string,
  added: { readonly cidr: string; readonly description: string | undefined } | undefined,
): string {
  const { description } = added ?? {}
  const entry = { Cidr: added?.cidr, ...(description === undefined ? {} : { Description: description }) }
  return [
    `aws ec2 modify-managed-prefix-list --prefix-list-id ${id} --current-version ${version}`,
    `--remove-entries Cidr=${cidr}`,
    ...(added ? [`--add-entries ${quoted(JSON.stringify([entry]))}`] : []),
  ].join(' ')
}

/** As a word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
