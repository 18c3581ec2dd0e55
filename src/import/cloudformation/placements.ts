/** The resources of a template that put interfaces somewhere, each with what it wishes for. */

import { instant } from '../../base/clock.ts'
import { interfacesOf } from '../../model/attached-interface.ts'
import { put } from '../../model/change.ts'
import type { AllocationId, InstanceId, NetworkInterfaceId } from '../../model/ids.ts'
import { isIdOf } from '../../model/ids.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { plainInstance } from '../../model/plain-instance.ts'
import { linked } from '../../model/world.ts'
import { stableId } from '../stable-id.ts'
import { attributeOf, physicalId, publicAddressFor } from './attributes.ts'
import { add, type Builder, doubt, place, property, resourcesOf, scopeOf } from './builder.ts'
import { type Carrier, carriers } from './carriers.ts'
import { defaultVpc } from './existing.ts'
import { addInterface, type Wish } from './interfaces.ts'
import { evaluate } from './intrinsics.ts'
import { addTags } from './networks.ts'
import { nameOf, type Resource } from './template.ts'
import {
  at,
  isUnknown,
  knownText,
  listOf,
  mappingOf,
  numberOf,
  type Record,
  textOf,
  truthOf,
  unknown,
  type Value,
} from './value.ts'

export function addPlacements(builder: Builder): void {
  for (const card of resourcesOf(builder, 'AWS::EC2::NetworkInterface')) addOwnInterface(builder, card)
  for (const instance of resourcesOf(builder, 'AWS::EC2::Instance')) addInstance(builder, instance)
  for (const each of resourcesOf(builder, 'AWS::EC2::NetworkInterfaceAttachment')) attach(builder, each)
  for (const scaling of resourcesOf(builder, 'AWS::AutoScaling::AutoScalingGroup')) addScalingGroup(builder, scaling)
  for (const [type, carrier] of Object.entries(carriers)) {
    for (const resource of resourcesOf(builder, type)) addCarried(builder, resource, carrier)
  }
  for (const address of resourcesOf(builder, 'AWS::EC2::EIP')) addElasticAddress(builder, address)
  for (const each of resourcesOf(builder, 'AWS::EC2::EIPAssociation')) associateAddress(builder, each)
}

function count(value: Value | undefined): number {
  const number = numberOf(value)
  return typeof number === 'number' ? number : 0
}

/** The addresses of `PrivateIpAddresses`, the primary one first. */
function addressesIn(value: Value | undefined): string[] {
  const list = listOf(value)
  const rows = (isUnknown(list) ? [] : list).flatMap((each): Record[] => {
    const row = mappingOf(each)
    return row ? [row] : []
  })
  const ordered = [...rows].sort((a, b) => Number(b['Primary'] === true) - Number(a['Primary'] === true))
  return ordered.flatMap((row) => knownText(row['PrivateIpAddress'] as Value) ?? [])
}

/** What interfaces of instances, of launch templates and on their own say in the same words. */
function wishFrom(read: (path: string) => Value | undefined, groups: string): Omit<Wish, 'part' | 'subnet' | 'name'> {
  const single = knownText(read('PrivateIpAddress'))
  const listed = addressesIn(read('PrivateIpAddresses'))
  const addresses = single === undefined || listed.includes(single) ? listed : [single, ...listed]
  const v6 = listOf(read('Ipv6Addresses'))
  const ipv6Addresses = (isUnknown(v6) ? [] : v6).flatMap((each) => {
    return knownText((mappingOf(each)?.['Ipv6Address'] ?? each) as Value) ?? []
  })
  const ipv6Count = read('Ipv6AddressCount')
  return {
    groups: read(groups),
    addresses,
    more: count(read('SecondaryPrivateIpAddressCount')),
    ipv6Addresses,
    ...(ipv6Count === undefined ? {} : { ipv6Count: count(ipv6Count) }),
    isPublic: truthOf(read('AssociatePublicIpAddress')),
  }
}

function addOwnInterface(builder: Builder, resource: Resource): void {
  const read = (path: string) => property(builder, resource, path)
  const tracking = {
    tcpEstablishedTimeout: numberOf(read('ConnectionTrackingSpecification.TcpEstablishedTimeout')),
    udpStreamTimeout: numberOf(read('ConnectionTrackingSpecification.UdpStreamTimeout')),
    udpTimeout: numberOf(read('ConnectionTrackingSpecification.UdpTimeout')),
  }
  const set = Object.entries(tracking).filter(([, value]) => typeof value === 'number')
  const id = physicalId(resource) as NetworkInterfaceId
  const card = addInterface(builder, resource, {
    ...wishFrom(read, 'GroupSet'),
    part: '',
    id,
    subnet: read('SubnetId') ?? unknown('a subnet that is not given'),
    isPublic: false,
    name: knownText(read('Description')) ?? '',
    sourceDestCheck: truthOf(read('SourceDestCheck')) !== false,
    interfaceType: knownText(read('InterfaceType')) ?? 'interface',
    tracking: Object.fromEntries(set) as NetworkInterface['tracking'],
  })
  addTags(builder, resource, id)
  const own = card.privateAddresses.map(({ address }) => address)
  tell(builder, resource, { PrimaryPrivateIpAddress: own[0], PrimaryIpv6Address: card.ipv6Addresses[0] })
  builder.placed.set(`${nameOf(resource)}.SecondaryPrivateIpAddresses`, own.slice(1))
}

function tell(builder: Builder, resource: Resource, attributes: { readonly [name: string]: string | undefined }): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) builder.placed.set(`${nameOf(resource)}.${name}`, value)
  }
}

/** A property of an instance, or else of the launch template that it is made from. */
function launchReader(builder: Builder, resource: Resource): (path: string) => Value | undefined {
  const from = mappingOf(property(builder, resource, 'LaunchTemplate'))
  const data = launchData(builder, resource, from as Value | undefined)
  return (path) => property(builder, resource, path) ?? at(data, path)
}

function launchData(builder: Builder, resource: Resource, from: Value | undefined): Value | undefined {
  if (from === undefined) return undefined
  const names = [knownText(at(from, 'LaunchTemplateId')), knownText(at(from, 'LaunchTemplateName'))]
  const template = resourcesOf(builder, 'AWS::EC2::LaunchTemplate').find((each) => {
    return names.includes(each.id) || names.includes(knownText(property(builder, each, 'LaunchTemplateName')) ?? '-')
  })
  if (template) return property(builder, template, 'LaunchTemplateData')
  doubt(builder, resource, `The launch template of ${resource.id} is not in the template.`)
  return unknown('a launch template that is not in the template')
}

function addInstance(builder: Builder, resource: Resource): void {
  const read = launchReader(builder, resource)
  const id = physicalId(resource) as InstanceId
  const rows = listOf(read('NetworkInterfaces'))
  const list = isUnknown(rows) || rows.length === 0 ? [undefined] : rows
  list.forEach((row, index) => {
    const existing = row === undefined ? undefined : knownText(at(row, 'NetworkInterfaceId'))
    const device = row === undefined ? 0 : count(at(row, 'DeviceIndex') ?? index)
    if (existing !== undefined) attachTo(builder, resource, existing, { id, index: device })
    else
      addInstanceInterface(builder, resource, row === undefined ? read : (path) => at(row, path), { id, index: device })
  })
  const [first] = linked(builder.world, 'interfaces of instance', id)
  const subnet = first && builder.world.networkInterface.get(first)?.subnet
  add(builder, put('instance', plainInstance(id, { ...factsOf(builder, resource), ...(subnet && { subnet }) })))
  place(builder, id, resource)
  addTags(builder, resource, id)
  const [primary] = interfacesOf(builder.world, { id })
  tell(builder, resource, {
    PrivateIp: primary?.privateAddresses[0]?.address,
    PublicIp: primary?.autoAssignedPublicAddress,
    VpcId: primary?.vpc,
  })
}

function addInstanceInterface(
  builder: Builder,
  resource: Resource,
  read: (path: string) => Value | undefined,
  instance: { readonly id: InstanceId; readonly index: number },
): void {
  const groups = ['GroupSet', 'Groups', 'SecurityGroupIds', 'SecurityGroups'].find((name) => read(name) !== undefined)
  addInterface(builder, resource, {
    ...wishFrom(read, groups ?? 'GroupSet'),
    part: instance.index === 0 ? 'interface' : `interface ${instance.index}`,
    subnet: read('SubnetId') ?? property(builder, resource, 'SubnetId') ?? defaultSubnet(builder, resource),
    name: knownText(read('Description')) ?? '',
    sourceDestCheck: truthOf(property(builder, resource, 'SourceDestCheck')) !== false,
    instance,
  })
}

/** A launch that names no subnet goes to a default one. */
function defaultSubnet(builder: Builder, resource: Resource): string {
  const vpc = defaultVpc(builder)
  const zone = knownText(property(builder, resource, 'AvailabilityZone'))
  const subnets = Array.from(builder.world.subnet.values()).filter((each) => each.vpc === vpc)
  return (subnets.find((each) => each.zone === zone) ?? subnets[0])?.id ?? stableId('subnet', 'default')
}

function factsOf(builder: Builder, resource: Resource): Parameters<typeof plainInstance>[1] {
  return {
    reservation: stableId('r', nameOf(resource)),
    image: knownText(property(builder, resource, 'ImageId')) ?? 'ami-00000000000000000',
    type: knownText(launchReader(builder, resource)('InstanceType')) ?? 'm1.small',
    zone: knownText(property(builder, resource, 'AvailabilityZone')) ?? `${builder.given.region}a`,
  }
}

function attach(builder: Builder, resource: Resource): void {
  const card = knownText(property(builder, resource, 'NetworkInterfaceId'))
  const instance = knownText(property(builder, resource, 'InstanceId'))
  const index = count(property(builder, resource, 'DeviceIndex'))
  if (card === undefined || instance === undefined || !isIdOf('i', instance)) {
    doubt(builder, resource, `What ${resource.id} attaches is not known.`)
  } else attachTo(builder, resource, card, { id: instance, index })
}

function attachTo(
  builder: Builder,
  resource: Resource,
  cardId: string,
  { id, index }: { readonly id: InstanceId; readonly index: number },
): void {
  const card = builder.world.networkInterface.get(cardId)
  if (!card) {
    doubt(builder, resource, `${resource.id} has the interface ${cardId}, which this template does not hold.`)
    return
  }
  const attachment = {
    id: stableId('eni-attach', `${nameOf(resource)} ${index}`),
    instance: id,
    deviceIndex: index,
    networkCardIndex: 0,
    attachedAt: instant(0),
    deleteOnTermination: false,
  }
  add(builder, put('networkInterface', { ...card, attachment }))
}

/** One interface in each subnet stands for the instances that come and go there. */
function addScalingGroup(builder: Builder, resource: Resource): void {
  const mixed = 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification'
  const from = property(builder, resource, 'LaunchTemplate') ?? property(builder, resource, mixed)
  const configuration = resourcesOf(builder, 'AWS::AutoScaling::LaunchConfiguration').find(({ id }) => {
    return id === knownText(property(builder, resource, 'LaunchConfigurationName'))
  })
  const data = configuration
    ? evaluate(configuration.properties, scopeOf(builder, configuration.template))
    : launchData(builder, resource, from)
  const rows = listOf(at(data, 'NetworkInterfaces'))
  const row = isUnknown(rows) || rows.length === 0 ? data : rows[0]
  const groups = at(row, 'Groups') ?? at(data, 'SecurityGroupIds') ?? at(data, 'SecurityGroups')
  const subnets = listOf(property(builder, resource, 'VPCZoneIdentifier'))
  for (const [index, subnet] of (isUnknown(subnets) ? [subnets] : subnets).entries()) {
    const isPublic = truthOf(at(row, 'AssociatePublicIpAddress'))
    const name = resource.id
    const card = addInterface(builder, resource, { part: `subnet ${index}`, subnet, groups, isPublic, name })
    add(builder, put('tagSet', { id: card.id, tags: [{ key: 'Name', value: labelOf(resource, index) }] }))
  }
}

function labelOf({ label }: Resource, index: number): string {
  return index === 0 ? label : `${label}-${index + 1}`
}

function addCarried(builder: Builder, resource: Resource, carrier: Carrier): void {
  const groups = property(builder, resource, carrier.groups)
  const subnets = subnetsOf(builder, resource, carrier)
  if (subnets === undefined) return
  if (groups === undefined && isWithoutGroups(builder, resource)) return
  const { isPublic } = carrier
  const said = isPublic && textOf(property(builder, resource, isPublic.property) ?? isPublic.otherwise)
  for (const [index, subnet] of (isUnknown(subnets) ? [subnets] : subnets).entries()) {
    const wanted = isUnknown(said) ? said : said !== undefined && said === isPublic?.yes
    const wish = { part: `subnet ${index}`, subnet, groups, isPublic: wanted, name: resource.id, ipv6Count: 0 }
    const card = addInterface(builder, resource, wish)
    add(builder, put('tagSet', { id: card.id, tags: [{ key: 'Name', value: labelOf(resource, index) }] }))
  }
}

/** Undefined for what is in no VPC: a function outside of one, a gateway endpoint. */
function subnetsOf(builder: Builder, resource: Resource, carrier: Carrier): ReturnType<typeof listOf> | undefined {
  const { subnets, subnetGroup } = carrier
  const own = subnets === undefined ? undefined : property(builder, resource, subnets)
  if (own !== undefined) return listOf(own)
  const mapped = property(builder, resource, 'SubnetMappings')
  if (Array.isArray(mapped)) return mapped.map((each) => at(each as Value, 'SubnetId') ?? unknown('no subnet'))
  if (!subnetGroup) return undefined
  const name = property(builder, resource, subnetGroup.property)
  if (name === undefined) return undefined
  const found = resourcesOf(builder, subnetGroup.type).find((each) => {
    const names = [each.id, knownText(property(builder, each, subnetGroup.property))]
    return names.includes(knownText(name))
  })
  if (found) return listOf(property(builder, found, subnetGroup.subnets))
  return unknown(`the subnet group ${knownText(name) ?? ''} of ${resource.id}, which is not in the template`)
}

/** A network load balancer without groups filters nothing, and a gateway endpoint is a route. */
function isWithoutGroups(builder: Builder, resource: Resource): boolean {
  const type = knownText(property(builder, resource, 'Type'))
  const isUnfiltered = type === 'network' || type === 'gateway'
  if (isUnfiltered)
    doubt(builder, resource, `${resource.id} has no security groups, so nothing filters what it is sent.`)
  return isUnfiltered
}

function addElasticAddress(builder: Builder, resource: Resource): void {
  const id = attributeOf(resource, 'AllocationId', { evaluate: () => undefined }) as AllocationId
  const publicAddress = publicAddressFor(resource)
  add(builder, put('elasticAddress', { id, publicAddress, networkBorderGroup: builder.given.region }))
  place(builder, id, resource)
  addTags(builder, resource, id)
  const instance = knownText(property(builder, resource, 'InstanceId'))
  if (instance !== undefined) associate(builder, resource, { id, card: primaryOf(builder, instance) })
}

function primaryOf(builder: Builder, instance: string): NetworkInterface | undefined {
  return interfacesOf(builder.world, { id: instance as InstanceId })[0]
}

function associateAddress(builder: Builder, resource: Resource): void {
  const id = knownText(property(builder, resource, 'AllocationId')) ?? addressNamed(builder, resource)
  const card = knownText(property(builder, resource, 'NetworkInterfaceId'))
  const instance = knownText(property(builder, resource, 'InstanceId'))
  const to = card === undefined ? primaryOf(builder, instance ?? '') : builder.world.networkInterface.get(card)
  const wanted = knownText(property(builder, resource, 'PrivateIpAddress'))
  associate(builder, resource, { id: id as AllocationId, card: to, wanted })
}

function addressNamed(builder: Builder, resource: Resource): string {
  const text = knownText(property(builder, resource, 'EIP'))
  return Array.from(builder.world.elasticAddress.values()).find((each) => each.publicAddress === text)?.id ?? ''
}

interface Leading {
  readonly id: AllocationId
  readonly card: NetworkInterface | undefined
  readonly wanted?: string | undefined
}

function associate(builder: Builder, resource: Resource, { id, card, wanted }: Leading): void {
  const address = builder.world.elasticAddress.get(id)
  const privateAddress = wanted ?? card?.privateAddresses[0]?.address
  if (!address || !card || privateAddress === undefined) {
    doubt(builder, resource, `Whom the address of ${resource.id} leads to is not known.`)
    return
  }
  const association = { id: stableId('eipassoc', nameOf(resource)), networkInterface: card.id, privateAddress }
  add(builder, put('elasticAddress', { ...address, association }))
}
