/**
 * Rules as permissions: all rules of a direction with the same protocol and ports in one, whichever
 * calls made them (spec 2.11). The four lists of peers are always there, even empty (spec 1.2).
 */

import { type Direction, type Rule, trafficKey } from '../../model/rule.ts'
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
  for (const rule of rules) {
    const key = trafficKey(rule.traffic)
    let permission = permissions.get(key)
    if (permission === undefined) {
      permission = {
        ...viewPermissionTraffic(rule.traffic),
        UserIdGroupPairs: [],
        IpRanges: [],
        Ipv6Ranges: [],
        PrefixListIds: [],
      }
      permissions.set(key, permission)
    }
    addPeer(permission, rule, { world, group })
  }
  return [...permissions.values()]
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
