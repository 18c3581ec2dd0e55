/**
 * What AWS makes along with a VPC, and the default VPC that a region holds before anybody asked:
 * 172.31.0.0/16, a /20 in each zone, a gateway (spec 8.1).
 */

import type { Entropy } from '../base/entropy.ts'
import { type Change, put } from './change.ts'
import { type DhcpOptionsId, newId, type VpcId } from './ids.ts'
import type { NetworkAcl, NetworkAclEntry } from './network-acl.ts'
import { zonesOf } from './region.ts'
import type { RouteTable } from './routing.ts'
import type { Rule } from './rule.ts'
import { defaultGroupName, type SecurityGroup } from './security-group.ts'
import { plainSubnetSettings, type Subnet } from './subnet.ts'
import type { Vpc } from './vpc.ts'
import type { Scope } from './world.ts'

/** The default security group, the default ACL and the main route table of a new VPC. */
export interface VpcCompanions {
  readonly group: SecurityGroup
  readonly acl: NetworkAcl
  readonly table: RouteTable
}

export function companionsOf(vpc: Vpc, scope: Scope, entropy: Entropy): VpcCompanions {
  const hasIpv6 = vpc.ipv6CidrBlocks.length > 0
  return {
    group: defaultGroup(vpc.id, hasIpv6, scope.account, entropy),
    acl: { id: newId(entropy, 'acl'), vpc: vpc.id, isDefault: true, entries: openEntries(hasIpv6) },
    table: {
      id: newId(entropy, 'rtb'),
      vpc: vpc.id,
      associations: [{ id: newId(entropy, 'rtbassoc'), kind: 'main' }],
      routes: [],
    },
  }
}

/** Egress rules that every new group starts with: everything, in each family the VPC has (spec 3.1). */
export function originalEgress(hasIpv6: boolean, entropy: Entropy): Rule[] {
  const rules: Rule[] = [openEgress(entropy, 4)]
  return hasIpv6 ? [...rules, openEgress(entropy, 6)] : rules
}

export function openEgress(entropy: Entropy, family: 4 | 6): Rule {
  const peer = family === 4 ? ({ kind: 'ipv4', cidr: '0.0.0.0/0' } as const) : ({ kind: 'ipv6', cidr: '::/0' } as const)
  return { id: newId(entropy, 'sgr'), direction: 'egress', traffic: { protocol: 'all' }, peer }
}

function defaultGroup(vpc: VpcId, hasIpv6: boolean, owner: string, entropy: Entropy): SecurityGroup {
  const id = newId(entropy, 'sg')
  const fromItself: Rule = {
    id: newId(entropy, 'sgr'),
    direction: 'ingress',
    traffic: { protocol: 'all' },
    peer: { kind: 'group', group: id, owner },
  }
  return {
    id,
    vpc,
    name: defaultGroupName,
    description: 'default VPC security group',
    rules: [fromItself, ...originalEgress(hasIpv6, entropy)],
    hasOriginalEgress: true,
  }
}

/** Entries 100 (IPv4) and 101 (IPv6), allowing all, both ways (spec 8.5). */
function openEntries(hasIpv6: boolean): NetworkAclEntry[] {
  return hasIpv6 ? [...openPair(4), ...openPair(6)] : openPair(4)
}

export function openPair(family: 4 | 6): NetworkAclEntry[] {
  return (['ingress', 'egress'] as const).map((direction) => ({
    number: family === 4 ? 100 : 101,
    direction,
    action: 'allow',
    protocol: -1,
    family,
    cidr: family === 4 ? '0.0.0.0/0' : '::/0',
  }))
}

/** A VPC's changes, companions included. */
export function vpcChanges(vpc: Vpc, { group, acl, table }: VpcCompanions): Change[] {
  return [put('vpc', vpc), put('securityGroup', group), put('networkAcl', acl), put('routeTable', table)]
}

/** A VPC's settings before anybody changed them. */
export function plainVpc(dhcpOptions: DhcpOptionsId, entropy: Entropy): Omit<Vpc, 'cidrBlocks'> {
  return {
    id: newId(entropy, 'vpc'),
    ipv6CidrBlocks: [],
    dhcpOptions,
    tenancy: 'default',
    isDefault: false,
    dnsSupport: true,
    dnsHostnames: false,
    networkAddressUsageMetrics: false,
  }
}

/** The default VPC with all that comes with it, as a new region or CreateDefaultVpc makes it. */
export function defaultNetwork(
  scope: Scope,
  entropy: Entropy,
  dhcpOptions: DhcpOptionsId = newId(entropy, 'dopt'),
): { readonly vpc: Vpc; readonly changes: Change[] } {
  const vpc: Vpc = {
    ...plainVpc(dhcpOptions, entropy),
    cidrBlocks: [{ associationId: newId(entropy, 'vpc-cidr-assoc'), cidr: '172.31.0.0/16' }],
    isDefault: true,
    dnsHostnames: true,
  }
  const companions = companionsOf(vpc, scope, entropy)
  const gateway = { id: newId(entropy, 'igw'), attachedTo: vpc.id }
  const table: RouteTable = {
    ...companions.table,
    routes: [
      { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: { kind: 'internet-gateway', id: gateway.id } },
    ],
  }
  const subnets = zonesOf(scope.region).map((zone, index) => {
    const place = { zone: zone.name, cidr: `172.31.${index * 16}.0/20` }
    return put('subnet', defaultSubnet(vpc, companions.acl, place, entropy))
  })
  return {
    vpc,
    changes: [...vpcChanges(vpc, { ...companions, table }), put('internetGateway', gateway), ...subnets],
  }
}

/** A subnet that launches into that zone go to when they name none. */
export function defaultSubnet(
  vpc: Vpc,
  acl: NetworkAcl,
  place: { readonly zone: string; readonly cidr: string },
  entropy: Entropy,
): Subnet {
  return {
    ...plainSubnet(entropy),
    vpc: vpc.id,
    acl: acl.id,
    ...place,
    isDefaultForZone: true,
    mapPublicIpOnLaunch: true,
  }
}

/** A subnet that nobody set anything of. */
export function plainSubnet(entropy: Entropy): Omit<Subnet, 'vpc' | 'acl' | 'zone'> {
  return {
    id: newId(entropy, 'subnet'),
    ipv6CidrBlocks: [],
    ...plainSubnetSettings,
    aclAssociation: newId(entropy, 'aclassoc'),
  }
}
