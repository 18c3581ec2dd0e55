/**
 * A network ACL as responses show it (spec 8.5). The final denies are shown and not stored: the
 * IPv6 one comes and goes with the VPC's IPv6 blocks.
 */

import type { NetworkAcl, NetworkAclEntry } from '../../model/network-acl.ts'
import { linked, type World } from '../../model/world.ts'
import type {
  NetworkAclAssociation as WireAssociation,
  NetworkAclEntry as WireEntry,
  NetworkAcl as WireNetworkAcl,
} from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewNetworkAcl(world: World, acl: NetworkAcl): WireNetworkAcl {
  return {
    NetworkAclId: acl.id,
    VpcId: acl.vpc,
    OwnerId: world.scope.account,
    IsDefault: acl.isDefault,
    Associations: viewAssociations(world, acl),
    Entries: viewEntries(world, acl),
    Tags: viewTagsOf(world, acl.id),
  }
}

export function viewAssociations(world: World, { id }: NetworkAcl): WireAssociation[] {
  return linked(world, 'subnets of acl', id).map((subnet) => ({
    NetworkAclAssociationId: world.subnet.get(subnet)?.aclAssociation,
    NetworkAclId: id,
    SubnetId: subnet,
  }))
}

/** Outbound entries first, each direction by number, as AWS lists them. */
export function viewEntries(world: World, acl: NetworkAcl): WireEntry[] {
  const hasIpv6 = (world.vpc.get(acl.vpc)?.ipv6CidrBlocks.length ?? 0) > 0
  const denies = [...finalDenies(4), ...(hasIpv6 ? finalDenies(6) : [])]
  return [...acl.entries, ...denies]
    .sort((a, b) => Number(b.direction === 'egress') - Number(a.direction === 'egress') || a.number - b.number)
    .map(viewEntry)
}

function finalDenies(family: 4 | 6): NetworkAclEntry[] {
  const number = family === 4 ? 32767 : 32768
  const cidr = family === 4 ? '0.0.0.0/0' : '::/0'
  return (['ingress', 'egress'] as const).map((direction) => {
    return { number, direction, action: 'deny', protocol: -1, family, cidr }
  })
}

function viewEntry(entry: NetworkAclEntry): WireEntry {
  return {
    RuleNumber: entry.number,
    Protocol: String(entry.protocol),
    RuleAction: entry.action,
    Egress: entry.direction === 'egress',
    ...(entry.family === 4 ? { CidrBlock: entry.cidr } : { Ipv6CidrBlock: entry.cidr }),
    ...(entry.ports && { PortRange: { From: entry.ports.from, To: entry.ports.to } }),
    ...(entry.icmp && { IcmpTypeCode: { Type: entry.icmp.type, Code: entry.icmp.code } }),
  }
}
