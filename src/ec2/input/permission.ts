/**
 * From IpPermissions to rules: one rule for each peer of each permission (spec 2.1), in the order of
 * the request.
 */

import { reject } from '../../model/rejection.ts'
import type { Peer, Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Context } from '../action.ts'
import type { IpPermission, UserIdGroupPair } from '../protocol/types.generated.ts'
import { prefixListReference } from './prefix-list-reference.ts'
import { maskedCidr } from './rule-cidr.ts'
import { describedBy } from './rule-description.ts'
import { trafficFrom } from './traffic.ts'

/** A rule before it has an id and a direction. */
export type RuleDraft = Pick<Rule, 'traffic' | 'peer' | 'description'>

/** How a request's group peers are read: as groups that must exist, or as rules spell them. */
export type GroupReader = (pair: UserIdGroupPair, holder: SecurityGroup, context: Context) => Peer

export interface PermissionReader {
  readonly holder: SecurityGroup
  readonly context: Context
  readonly readGroup: GroupReader
}

export function draftsFrom(permissions: readonly IpPermission[], reader: PermissionReader): RuleDraft[] {
  return permissions.flatMap((permission) => draftsOf(permission, reader))
}

function draftsOf(permission: IpPermission, { holder, context, readGroup }: PermissionReader): RuleDraft[] {
  const traffic = trafficFrom(permission)
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission
  const drafts = [
    ...IpRanges.map(({ CidrIp, Description }) => draft(maskedCidr(given(CidrIp), 4), Description)),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => draft(maskedCidr(given(CidrIpv6), 6), Description)),
    ...PrefixListIds.map(({ PrefixListId, Description }) =>
      draft({ kind: 'prefix-list', list: prefixListReference(context.world, given(PrefixListId)).id }, Description),
    ),
    ...UserIdGroupPairs.map((pair) => draft(readGroup(pair, holder, context), pair.Description)),
  ]
  if (drafts.length === 0) reject('RuleSourceMissing')
  return drafts

  function draft(peer: Peer, description: string | undefined): RuleDraft {
    return { traffic, peer, ...describedBy(description) }
  }
}

function given(text: string | undefined): string {
  return text ?? reject('RuleSourceMissing')
}

/** The top-level parameters that ingress calls take instead of IpPermissions (spec 3.4). */
export interface LegacyShortcut {
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIp?: string | undefined
  readonly SourceSecurityGroupName?: string | undefined
  readonly SourceSecurityGroupOwnerId?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
}

/** These cannot stand beside a source group, which always means all of its traffic. */
const rangeNames = ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp'] as const
const shortcutNames = [...rangeNames, 'SourceSecurityGroupName', 'SourceSecurityGroupOwnerId'] as const

/** The permissions of an ingress call, however it spells them; undefined when it gives none. */
export function ingressPermissions(input: LegacyShortcut): readonly IpPermission[] | undefined {
  const shortcut = shortcutNames.find((name) => input[name] !== undefined)
  if (!input.IpPermissions?.length) return shortcut && permissionsOf(input)
  if (shortcut) reject('ParametersExclusive', { first: 'ipPermissions', second: lowerFirst(shortcut) })
  return input.IpPermissions
}

/** The permissions of an egress call, which has no shortcuts. */
export function egressPermissions(input: LegacyShortcut): readonly IpPermission[] | undefined {
  const shortcut = shortcutNames.find((name) => input[name] !== undefined)
  if (shortcut) reject('EgressShortcutUnsupported', { name: lowerFirst(shortcut) })
  return input.IpPermissions?.length ? input.IpPermissions : undefined
}

function permissionsOf(input: LegacyShortcut): IpPermission[] {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName, SourceSecurityGroupOwnerId } = input
  if (SourceSecurityGroupName === undefined && SourceSecurityGroupOwnerId === undefined) {
    return [{ IpProtocol, FromPort, ToPort, ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp }] }) }]
  }
  const narrower = rangeNames.find((name) => input[name] !== undefined)
  if (narrower) {
    reject('ParametersExclusive', { first: 'sourceSecurityGroupName', second: lowerFirst(narrower) })
  }
  const pair = { GroupName: SourceSecurityGroupName, UserId: SourceSecurityGroupOwnerId }
  return wholeTraffic.map((traffic) => ({ ...traffic, UserIdGroupPairs: [pair] }))
}

/** What a source group may send: "full ICMP, UDP, and TCP access". */
const wholeTraffic = [
  { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 },
  { IpProtocol: 'udp', FromPort: 0, ToPort: 65535 },
  { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 },
] as const

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`
}
