/**
 * What happens to groups and ACLs when their VPC gains IPv6: those still as AWS made them open up
 * for it, as they would have been had the block come first (spec 8.1).
 */

import type { Entropy } from '../base/entropy.ts'
import { type Change, put } from './change.ts'
import { openEgress, openPair } from './default-network.ts'
import type { VpcId } from './ids.ts'
import type { NetworkAcl, NetworkAclEntry } from './network-acl.ts'
import { ruleKey } from './rule.ts'
import type { SecurityGroup } from './security-group.ts'
import { linked, type World } from './world.ts'

export function ipv6ArrivalChanges(world: World, vpc: VpcId, entropy: Entropy): Change[] {
  const groups = linked(world, 'groups in vpc', vpc).flatMap((id) => world.securityGroup.get(id) ?? [])
  const acls = linked(world, 'acls in vpc', vpc).flatMap((id) => world.networkAcl.get(id) ?? [])
  return [
    ...groups.filter(({ hasOriginalEgress }) => hasOriginalEgress).flatMap((group) => opened(group, entropy)),
    ...acls.filter(isUntouched).map((acl) => put('networkAcl', { ...acl, entries: [...acl.entries, ...openPair(6)] })),
  ]
}

/** Put whole, because a rule change would end the group's original egress. */
function opened(group: SecurityGroup, entropy: Entropy): Change[] {
  const rule = openEgress(entropy, 6)
  const isOpen = group.rules.some((each) => ruleKey(each) === ruleKey(rule))
  return isOpen ? [] : [put('securityGroup', { ...group, rules: [...group.rules, rule] })]
}

/** A default ACL with the two entries of an IPv4 VPC and no other. */
function isUntouched({ isDefault, entries }: NetworkAcl): boolean {
  const original = openPair(4)
  return isDefault && entries.length === original.length && original.every((entry) => entries.some(isSameAs(entry)))
}

function isSameAs(one: NetworkAclEntry): (other: NetworkAclEntry) => boolean {
  return (other) =>
    one.number === other.number &&
    one.direction === other.direction &&
    one.action === other.action &&
    one.protocol === other.protocol &&
    one.cidr === other.cidr
}
