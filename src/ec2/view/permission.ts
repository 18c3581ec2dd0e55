/**
 * Rules as permissions: all rules of a direction with the same protocol and ports in one, whichever
 * calls made them (spec 2.11). The four lists of peers are always there, even empty (spec 1.2).
 */

import { type Direction, isSameTraffic, type Rule, type Traffic, trafficKey } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { World } from '../../model/world.ts'
import type { RuleDraft } from '../input/permission.ts'
import type { IpPermission, IpRange, Ipv6Range, PrefixListId, UserIdGroupPair } from '../protocol/types.generated.ts'
import { viewGroupPair } from './group-pair.ts'
import { viewPermissionTraffic } from './traffic.ts'

interface Peers {
  readonly UserIdGroupPairs: UserIdGroupPair[]
  readonly IpRanges: IpRange[]
  readonly Ipv6Ranges: Ipv6Range[]
  readonly PrefixListIds: PrefixListId[]
}

/** Permissions in the order of their first rule, peers in the order added. */
export function viewPermissions(world: World, group: SecurityGroup, direction: Direction): IpPermission[] {
  return mergedPermissions(
    world,
    group,
    group.rules.filter((rule: Rule) => rule.direction === direction),
  )
}

export function mergedPermissions(world: World, group: SecurityGroup, rules: readonly RuleDraft[]): IpPermission[] {
  const permissions = new Map<string, IpPermission & Peers>()
  let latest: { readonly traffic: Traffic; readonly permission: IpPermission & Peers } | undefined
  for (const rule of rules) {
    // Rules that came in one permission follow each other: most need no key made for them.
    if (latest === undefined || !isSameTraffic(latest.traffic, rule.traffic)) {
      const key = trafficKey(rule.traffic)
      const permission = permissions.get(key) ?? emptyPermission(rule.traffic)
      permissions.set(key, permission)
      latest = { traffic: rule.traffic, permission }
    }
    addPeer(latest.permission, rule, { world, group })
  }
  return [...permissions.values()]
}

function emptyPermission(traffic: Traffic): IpPermission & Peers {
  const { IpProtocol, FromPort, ToPort } = viewPermissionTraffic(traffic)
  return { IpProtocol, FromPort, ToPort, UserIdGroupPairs: [], IpRanges: [], Ipv6Ranges: [], PrefixListIds: [] }
}

function addPeer(
  peers: Peers,
  { peer, description }: RuleDraft,
  { world, group }: { world: World; group: SecurityGroup },
) {
  const Description = description
  switch (peer.kind) {
    case 'ipv4':
      peers.IpRanges.push({ CidrIp: peer.cidr, Description })
      break
    case 'ipv6':
      peers.Ipv6Ranges.push({ CidrIpv6: peer.cidr, Description })
      break
    case 'prefix-list':
      peers.PrefixListIds.push({ PrefixListId: peer.list, Description })
      break
    case 'group':
      peers.UserIdGroupPairs.push({ ...viewGroupPair(world, group, peer), Description })
      break
    default:
      peer satisfies never
  }
}
