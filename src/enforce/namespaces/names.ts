/**
 * What namespaces and their devices are called. A device's name holds fifteen characters at most, an id more:
 * the first digits of an id tell the devices of one namespace apart.
 */

import type { InstanceId, NetworkInterfaceId, PeeringId, SubnetId, VpcId } from '../../model/ids.ts'
import type { Scope } from '../../model/world.ts'

const longestName = 15

function deviceName(kind: string, id: string): string {
  return `${kind}-${digitsOf(id)}`.slice(0, longestName)
}

function digitsOf(id: string): string {
  return id.slice(id.indexOf('-') + 1)
}

export function instanceNamespace(instance: InstanceId): string {
  return instance
}

export function routerNamespace(vpc: VpcId): string {
  return vpc
}

export function internetNamespace({ account, region }: Scope): string {
  return `internet-${account}-${region}`
}

/** A router's bridge, one a subnet. */
export function bridgeOf(subnet: SubnetId): string {
  return deviceName('s', subnet)
}

/** The port of that bridge that leads to an interface. */
export function portOf(card: NetworkInterfaceId): string {
  return deviceName('e', card)
}

/** At both ends of a peering. */
export function peeringDevice(peering: PeeringId): string {
  return deviceName('p', peering)
}

/** A router's device towards the internet. */
export const gatewayDevice = 'igw'

/** The internet's device towards a VPC. */
export function vpcDevice(vpc: VpcId): string {
  return deviceName('v', vpc)
}

/** An Ethernet address of our own for a subnet's router: a bridge's would change with its ports. */
export function routerMac(subnet: SubnetId): string {
  const octets = digitsOf(subnet).padEnd(10, '0').slice(0, 10).match(/../g) ?? []
  return ['02', ...octets].join(':')
}

/** Below are the kernel's own tables. */
const firstTable = 1000
const tableCount = 2 ** 28

/** The kernel's number of each route table: the same for an id whatever other tables there are, but for a clash. */
export function tableNumbers(ids: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>()
  const numbers = new Map<string, number>()
  for (const id of [...ids].sort()) {
    let number = firstTable + hashOf(id)
    while (taken.has(number)) number++
    taken.add(number)
    numbers.set(id, number)
  }
  return numbers
}

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % tableCount, 0)
}
