/** Objects as AWS makes them when nobody says otherwise; sources tell of them what bears on packets. */

import { type Instant, instant } from '../base/clock.ts'
import { openPair } from '../model/default-network.ts'
import type { DhcpOptionsId, InstanceId, NetworkAclId, NetworkInterfaceId, SubnetId, VpcId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import type { NetworkAclEntry } from '../model/network-acl.ts'
import type { Attachment, NetworkInterface } from '../model/network-interface.ts'
import { plainInstance } from '../model/plain-instance.ts'
import { plainSubnetSettings, type Subnet } from '../model/subnet.ts'
import type { CidrBlock, Vpc } from '../model/vpc.ts'
import { stableId } from './stable-id.ts'

const unknownTime: Instant = instant(0)

export function plainVpc(id: VpcId, cidrs: readonly string[], ipv6Cidrs: readonly string[]): Vpc {
  const block = (cidr: string): CidrBlock => ({ associationId: stableId('vpc-cidr-assoc', `${id} ${cidr}`), cidr })
  return {
    id,
    cidrBlocks: cidrs.map(block),
    ipv6CidrBlocks: ipv6Cidrs.map(block),
    dhcpOptions: stableId('dopt', id) as DhcpOptionsId,
    tenancy: 'default',
    isDefault: false,
    dnsSupport: true,
    dnsHostnames: false,
    networkAddressUsageMetrics: false,
  }
}

export interface SubnetFacts {
  readonly id: SubnetId
  readonly vpc: VpcId
  readonly cidr: string | undefined
  readonly ipv6Cidrs: readonly string[]
  readonly zone: string
  readonly acl: NetworkAclId
}

export function plainSubnet({ id, vpc, cidr, ipv6Cidrs, zone, acl }: SubnetFacts): Subnet {
  return {
    id,
    vpc,
    ...(cidr === undefined ? {} : { cidr }),
    ipv6CidrBlocks: ipv6Cidrs.map((each) => ({
      associationId: stableId('subnet-cidr-assoc', `${id} ${each}`),
      cidr: each,
    })),
    zone,
    ...plainSubnetSettings,
    acl,
    aclAssociation: stableId('aclassoc', id),
  }
}

export type InterfaceFacts = Pick<NetworkInterface, 'id' | 'groups' | 'ipv6Addresses'> & {
  readonly subnet: Subnet
  readonly addresses: readonly string[]
  readonly description: string
}

export function plainInterface(facts: InterfaceFacts): NetworkInterface {
  const { id, subnet, addresses, ipv6Addresses, groups, description } = facts
  return {
    id,
    subnet: subnet.id,
    vpc: subnet.vpc,
    zone: subnet.zone,
    description,
    macAddress: '02:00:00:00:00:00',
    privateAddresses: addresses.map((address, index) => ({ address, isPrimary: index === 0 })),
    ipv6Addresses,
    groups,
    sourceDestCheck: true,
    interfaceType: 'interface',
    tracking: {},
  }
}

export function attachmentTo(instance: InstanceId, card: NetworkInterfaceId, deviceIndex: number): Attachment {
  return {
    id: stableId('eni-attach', `${instance} ${card}`),
    instance,
    deviceIndex,
    networkCardIndex: 0,
    attachedAt: unknownTime,
    deleteOnTermination: true,
  }
}

export function importedInstance(id: InstanceId, type: string, state: Instance['state'], zone: string): Instance {
  return plainInstance(id, { type, state, zone, reservation: stableId('r', id), image: '' })
}

/** Of an ACL that nobody changed: all, both ways, in both families. */
export const openEntries: readonly NetworkAclEntry[] = [...openPair(4), ...openPair(6)]
