/**
 * Network interfaces of a template: its own, those of instances, and those that services put into subnets.
 * Where AWS chooses an address, one of the subnet that no rule names stands for it.
 */

import { instant } from '../../base/clock.ts'
import { put } from '../../model/change.ts'
import type { GroupId, InstanceId, NetworkInterfaceId, SubnetId, VpcId } from '../../model/ids.ts'
import type { ConnectionTracking, NetworkInterface } from '../../model/network-interface.ts'
import { defaultGroupName } from '../../model/security-group.ts'
import { isLinked, linked } from '../../model/world.ts'
import { parseAddress } from '../../net/address.ts'
import { parseCidr } from '../../net/cidr.ts'
import { digitsOf, stableId } from '../stable-id.ts'
import { companionId, publicAddressFor } from './attributes.ts'
import { add, type Builder, doubt, place } from './builder.ts'
import { groupOf, subnetOf } from './existing.ts'
import { standInsOf } from './stand-ins.ts'
import { nameOf, type Resource } from './template.ts'
import { isUnknown, knownText, listOf, textOf, type Unknown, type Value, whyUnknown } from './value.ts'

export interface Wish {
  /** Tells it from other interfaces of the resource. */
  readonly part: string
  readonly id?: NetworkInterfaceId
  readonly subnet: Value
  readonly groups: Value | undefined
  readonly addresses?: readonly string[]
  /** How many private addresses besides those given. */
  readonly more?: number
  readonly ipv6Addresses?: readonly string[]
  readonly ipv6Count?: number
  /** Undefined: as the subnet says. */
  readonly isPublic: boolean | Unknown | undefined
  readonly name: string
  readonly sourceDestCheck?: boolean
  readonly tracking?: ConnectionTracking
  readonly interfaceType?: string
  readonly instance?: { readonly id: InstanceId; readonly index: number }
}

export function addInterface(builder: Builder, resource: Resource, wish: Wish): NetworkInterface {
  const name = wish.part === '' ? nameOf(resource) : `${nameOf(resource)} ${wish.part}`
  const id = wish.id ?? stableId('eni', name)
  const subnetId = subnetOf(builder, resource, wish.subnet, () => vpcOfGroups(builder, wish.groups))
  const subnet = builder.world.subnet.get(subnetId)
  const vpc = (subnet?.vpc ?? vpcOfGroups(builder, wish.groups)) as VpcId
  const given = wish.addresses ?? []
  const wanted = subnet?.cidr === undefined ? 0 : Math.max(1, given.length) + (wish.more ?? 0)
  const v4 = [
    ...given,
    ...freeAddresses(builder, resource, subnetId, { count: wanted - given.length, family: 4, not: given }),
  ]
  const givenV6 = wish.ipv6Addresses ?? []
  const count = Math.max(0, wish.ipv6Count ?? (subnet?.assignIpv6OnCreation && givenV6.length === 0 ? 1 : 0))
  const v6 = [...givenV6, ...freeAddresses(builder, resource, subnetId, { count, family: 6, not: givenV6 })]
  const card: NetworkInterface = {
    id,
    subnet: subnetId,
    vpc,
    zone: subnet?.zone ?? `${builder.given.region}a`,
    description: wish.name,
    macAddress: `02:${(digitsOf(`mac ${name}`, 10).match(/../g) ?? []).join(':')}`,
    privateAddresses: v4.map((address, index) => ({ address, isPrimary: index === 0 })),
    ipv6Addresses: v6,
    groups: groupsOf(builder, resource, wish.groups, vpc),
    sourceDestCheck: wish.sourceDestCheck ?? true,
    interfaceType: wish.interfaceType ?? 'interface',
    tracking: wish.tracking ?? {},
    ...(wish.instance && { attachment: attachmentOf(wish.instance, name) }),
    ...(isPublic(builder, resource, wish.isPublic ?? subnet?.mapPublicIpOnLaunch) && {
      autoAssignedPublicAddress: publicAddressFor(resource, wish.part),
    }),
  }
  add(builder, put('networkInterface', card))
  place(builder, id, resource)
  return card
}

function attachmentOf({ id, index }: { readonly id: InstanceId; readonly index: number }, name: string) {
  return {
    id: stableId('eni-attach', name),
    instance: id,
    deviceIndex: index,
    networkCardIndex: 0,
    attachedAt: instant(0),
    deleteOnTermination: true,
  } as const
}

function isPublic(builder: Builder, resource: Resource, wanted: boolean | Unknown | undefined): boolean {
  if (!isUnknown(wanted)) return wanted === true
  doubt(builder, resource, `Whether ${resource.id} has a public address is not known: it is ${whyUnknown(wanted)}.`)
  return builder.bound === 'possible'
}

/** Where a subnet is not told about, its VPC is that of the groups. */
function vpcOfGroups(builder: Builder, value: Value | undefined): VpcId {
  const groups = listOf(value)
  const first = isUnknown(groups) ? undefined : knownText(groups[0])
  const known = first === undefined ? undefined : builder.world.securityGroup.get(first)?.vpc
  return known ?? (builder.world.vpc.keys().next().value as VpcId | undefined) ?? stableId('vpc', 'unknown')
}

/** None given is the VPC's default group. A list that is not known is one group that nobody knows. */
function groupsOf(builder: Builder, resource: Resource, value: Value | undefined, vpc: VpcId): readonly GroupId[] {
  if (value === undefined) return [defaultGroupOf(builder, vpc)]
  const list = listOf(value)
  const all = isUnknown(list) ? [list] : list
  if (all.length === 0) return [defaultGroupOf(builder, vpc)]
  return [...new Set(all.map((each) => groupOf(builder, resource, named(builder, each, vpc), () => vpc)))]
}

/** A group may be named by its name as well, which is unique in its VPC. */
function named(builder: Builder, value: Value, vpc: VpcId): Value {
  const text = textOf(value)
  if (typeof text !== 'string' || text.startsWith('sg-')) return value
  return linked(builder.world, 'group named', `${vpc}/${text.toLowerCase()}`)[0] ?? value
}

function defaultGroupOf({ world }: Builder, vpc: VpcId): GroupId {
  return linked(world, 'group named', `${vpc}/${defaultGroupName}`)[0] ?? companionId('sg', vpc)
}

interface Free {
  readonly count: number
  readonly family: 4 | 6
  readonly not: readonly string[]
}

function freeAddresses(builder: Builder, resource: Resource, subnetId: SubnetId, free: Free): string[] {
  const { count, family, not } = free
  const subnet = builder.world.subnet.get(subnetId)
  const block = parseCidr((family === 4 ? subnet?.cidr : subnet?.ipv6CidrBlocks[0]?.cidr) ?? '')?.cidr
  if (!block || count <= 0) return []
  const wished = new Set([...not, ...wishedFor(builder)])
  const isTaken = (text: string) =>
    wished.has(text) || isLinked(builder.world, 'interface with address', `${subnetId}/${text}`)
  const found: string[] = []
  for (const text of standInsOf(builder, block, isTaken)) {
    if (found.length === count) break
    found.push(text)
    const address = parseAddress(text)
    if (address) builder.standIns.push({ address, block, resource })
  }
  return found
}

/** Addresses that other interfaces of the templates ask for by name are left to them. */
function wishedFor(builder: Builder): readonly string[] {
  const texts = builder.resources.flatMap(({ properties }) => properties['PrivateIpAddress'] ?? [])
  return texts.filter((text): text is string => typeof text === 'string' && parseAddress(text) !== undefined)
}
