/** Instances, network interfaces and elastic addresses of a Terraform document. */

import type { AllocationId, GroupId, InstanceId, NetworkInterfaceId, SubnetId } from '../../model/ids.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { RouteTableAssociation } from '../../model/routing.ts'
import type { Subnet } from '../../model/subnet.ts'
import { unknownGroup, unknownSubnet } from '../gaps.ts'
import { number, objects, text, texts } from '../json-value.ts'
import { attachmentTo, importedInstance, plainInterface, plainSubnet } from '../plain.ts'
import { stableId } from '../stable-id.ts'
import type { Addresses } from './addresses.ts'
import type { Path, Resource } from './document.ts'
import type { Named, Reading } from './reading.ts'
import { putTags } from './tags.ts'

export function readInterfaces(reading: Reading, addresses: Addresses): void {
  for (const resource of reading.ofType('aws_network_interface')) readInterface(reading, resource, addresses)
  for (const resource of reading.ofType('aws_instance')) readInstance(reading, resource, addresses)
  for (const resource of reading.ofType('aws_network_interface_attachment')) readAttachment(reading, resource)
  for (const resource of reading.ofType('aws_network_interface_sg_attachment')) readGroupAttachment(reading, resource)
  for (const resource of reading.ofType('aws_eip')) readElastic(reading, resource, addresses)
  for (const resource of reading.ofType('aws_eip_association')) readAssociation(reading, resource)
}

/** Addresses that interfaces are known to have, so that no other is given them. */
export function toldAddresses(reading: Reading): string[] {
  return reading
    .ofType('aws_instance', 'aws_network_interface')
    .flatMap(({ values }) => [
      ...[text(values['private_ip'])].flatMap((each) => each ?? []),
      ...['private_ips', 'secondary_private_ips', 'ipv6_addresses'].flatMap((name) => texts(values[name])),
    ])
}

export interface CardWords {
  readonly id: NetworkInterfaceId
  readonly subnet: Subnet
  readonly groups: readonly GroupId[]
  readonly v4: readonly string[]
  readonly v6: readonly string[]
  /** It will have an IPv6 address that is not known yet. */
  readonly isDualStack: boolean
  readonly description: string
}

/** Addresses that are not known are made up; the same as before, where it replaces an interface. */
export function putCard(
  reading: Reading,
  resource: Resource,
  words: CardWords,
  addresses: Addresses,
): NetworkInterface {
  const { id, subnet } = words
  const origin = reading.origin(resource)
  const former = reading.facts.former.get(resource.address)
  const given = (family: 4 | 6, known: readonly string[], before: string | undefined) =>
    known.length > 0 ? known : [addresses.inSubnet({ card: id, subnet, family, origin, former: before })]
  const hasIpv4 = subnet.cidr !== undefined || subnet.ipv6CidrBlocks.length === 0
  const v6Before = texts(former?.values['ipv6_addresses'])[0]
  const card = plainInterface({
    id,
    subnet,
    groups: words.groups,
    addresses: hasIpv4 ? given(4, words.v4, text(former?.values['private_ip'])) : words.v4,
    ipv6Addresses: words.isDualStack && subnet.ipv6CidrBlocks.length > 0 ? given(6, words.v6, v6Before) : words.v6,
    description: words.description,
  })
  reading.draft.put('networkInterface', card, origin)
  return card
}

/** The subnet that an attribute names; one that nobody knows, if it may be any of several that differ. */
export function subnetOf(reading: Reading, resource: Resource, named: Named): Subnet {
  const { draft } = reading
  const told = [...named.sure, ...named.perhaps]
  const known = told.flatMap((id) => draft.get('subnet', id) ?? [])
  const [first] = known
  const isAlike =
    known.length === told.length && !named.isOpen && known.every((each) => isLike(reading, each, first ?? each))
  if (first && isAlike) return known.length === 1 ? first : anyOf(reading, resource, first)
  const [outside] = told
  const vpc = first?.vpc ?? draft.all('vpc')[0]?.id ?? stableId('vpc', 'not known')
  const isNamed = outside !== undefined && told.length === 1
  const id: SubnetId = isNamed ? (outside as SubnetId) : stableId('subnet', `of ${resource.address}`)
  draft.doubt(
    isNamed
      ? `Nothing tells of ${id}: its ACL and its routes are not known.`
      : 'Which subnet it is in is known only after it is applied.',
    reading.origin(resource),
  )
  return draft.get('subnet', id) ?? unknownSubnet(draft, id, vpc, '')
}

/** Somewhere in the VPC, behind the ACL and the table that all of them have. */
function anyOf(reading: Reading, resource: Resource, first: Subnet): Subnet {
  const { draft } = reading
  const { vpc, zone, acl, mapPublicIpOnLaunch } = first
  const id: SubnetId = stableId('subnet', `of ${resource.address}`)
  const subnet = { ...plainSubnet({ id, vpc, cidr: undefined, ipv6Cidrs: [], zone, acl }), mapPublicIpOnLaunch }
  draft.put('subnet', subnet)
  const table = draft.all('routeTable').find(({ associations }) => associations.some((each) => isOf(each, first)))
  const association = { id: stableId('rtbassoc', id), kind: 'subnet', subnet: id } as const
  if (table) draft.put('routeTable', { ...table, associations: [...table.associations, association] })
  draft.doubt('Which of several subnets it is in is known only after it is applied.', reading.origin(resource))
  return subnet
}

function isOf(association: RouteTableAssociation, { id }: Subnet): boolean {
  return association.kind === 'subnet' && association.subnet === id
}

/** The same ACL and the same table. */
function isLike({ draft }: Reading, one: Subnet, other: Subnet): boolean {
  const tableOf = (subnet: Subnet) =>
    draft.all('routeTable').find(({ associations }) => associations.some((each) => isOf(each, subnet)))?.id
  return one.vpc === other.vpc && one.acl === other.acl && tableOf(one) === tableOf(other)
}

/** Without any, the VPC's default group, as AWS has it. What may be another is a group of which nothing is known. */
export function groupsOf(reading: Reading, resource: Resource, paths: readonly Path[], subnet: Subnet): GroupId[] {
  const named = paths.map((path) => reading.ids(resource, path, 'sg', true))
  const sure = [...new Set(named.flatMap((each) => each.sure))] as GroupId[]
  const isOpen = named.some((each) => each.isOpen || each.perhaps.length > 0)
  if (isOpen) {
    const id: GroupId = stableId('sg', `groups of ${resource.address}`)
    unknownGroup(reading.draft, id, subnet.vpc)
    reading.draft.doubt('Which groups it carries is known only after it is applied.', reading.origin(resource))
    return [...sure, id]
  }
  if (sure.length > 0) return sure
  const own = reading.draft.all('securityGroup').find(({ vpc, name }) => vpc === subnet.vpc && name === 'default')
  return own ? [own.id] : [stableId('sg', `default of ${subnet.vpc}`)]
}

function readInterface(reading: Reading, resource: Resource, addresses: Addresses): void {
  const id: NetworkInterfaceId = reading.id(resource, 'eni')
  const subnet = subnetOf(reading, resource, reading.ids(resource, ['subnet_id'], 'subnet'))
  const { values } = resource
  const card = putCard(
    reading,
    resource,
    {
      id,
      subnet,
      groups: groupsOf(reading, resource, [['security_groups']], subnet),
      v4: primaryFirst(reading.text(resource, 'private_ip'), texts(reading.known(resource, ['private_ips']))),
      v6: texts(reading.known(resource, ['ipv6_addresses'])),
      isDualStack: isDualStack(reading, resource, subnet),
      description: text(values['description']) ?? '',
    },
    addresses,
  )
  reading.draft.put('networkInterface', { ...card, sourceDestCheck: values['source_dest_check'] !== false })
  putTags(reading, id, resource, resource.address)
  for (const [index, attachment] of objects(values['attachment']).entries()) {
    const [instance] = reading.ids(resource, ['attachment', index, 'instance'], 'i').sure
    if (instance !== undefined) attach(reading, id, instance as InstanceId, number(attachment['device_index']) ?? 1)
  }
}

function isDualStack(reading: Reading, resource: Resource, { assignIpv6OnCreation }: Subnet): boolean {
  const isAsked = (number(resource.values['ipv6_address_count']) ?? 0) > 0
  return isAsked || assignIpv6OnCreation || reading.isPending(resource, ['ipv6_addresses'])
}

function primaryFirst(primary: string | undefined, all: readonly string[]): string[] {
  return primary === undefined ? [...all] : [primary, ...all.filter((each) => each !== primary)]
}

function attach({ draft }: Reading, id: NetworkInterfaceId, instance: InstanceId, device: number): void {
  const card = draft.get('networkInterface', id)
  if (card) draft.put('networkInterface', { ...card, attachment: attachmentTo(instance, id, device) })
}

function readInstance(reading: Reading, resource: Resource, addresses: Addresses): void {
  const { values } = resource
  const id: InstanceId = reading.id(resource, 'i')
  const zone = reading.text(resource, 'availability_zone') ?? ''
  const state = values['instance_state'] === 'stopped' ? 'stopped' : 'running'
  const type = text(values['instance_type']) ?? ''
  reading.draft.put('instance', importedInstance(id, type, state, zone), reading.origin(resource))
  putTags(reading, id, resource, resource.address)
  const given = objects(values['network_interface'])
  for (const [index, each] of given.entries()) {
    const [card] = reading.ids(resource, ['network_interface', index, 'network_interface_id'], 'eni').sure
    if (card !== undefined) attach(reading, card as NetworkInterfaceId, id, number(each['device_index']) ?? 0)
  }
  const device = reading.id(resource, 'eni', 'primary_network_interface_id')
  if (given.length > 0 || reading.draft.get('networkInterface', device)) return
  const subnet = subnetOf(reading, resource, instanceSubnet(reading, resource))
  const card = putCard(
    reading,
    resource,
    {
      id: device,
      subnet,
      groups: groupsOf(reading, resource, [['vpc_security_group_ids'], ['security_groups']], subnet),
      v4: primaryFirst(reading.text(resource, 'private_ip'), texts(reading.known(resource, ['secondary_private_ips']))),
      v6: texts(reading.known(resource, ['ipv6_addresses'])),
      isDualStack: isDualStack(reading, resource, subnet),
      description: '',
    },
    addresses,
  )
  const isPublic = reading.known(resource, ['associate_public_ip_address']) ?? subnet.mapPublicIpOnLaunch
  const launched =
    reading.text(resource, 'public_ip') ??
    (isPublic === true && resource.unknown !== undefined ? addresses.public() : undefined)
  reading.draft.put('networkInterface', {
    ...card,
    attachment: attachmentTo(id, device, 0),
    sourceDestCheck: values['source_dest_check'] !== false,
    ...(launched === undefined || isElastic(reading, launched) ? {} : { autoAssignedPublicAddress: launched }),
  })
}

/** An instance shows an elastic address as its own. */
function isElastic(reading: Reading, address: string): boolean {
  return reading.ofType('aws_eip').some(({ values }) => values['public_ip'] === address)
}

/** Without one, it goes to a default subnet, of which nothing is known. */
function instanceSubnet(reading: Reading, resource: Resource): Named {
  const named = reading.ids(resource, ['subnet_id'], 'subnet')
  return named.sure.length + named.perhaps.length > 0 ? named : { ...named, isOpen: true }
}

function readAttachment(reading: Reading, resource: Resource): void {
  const [card] = reading.ids(resource, ['network_interface_id'], 'eni').sure
  const [instance] = reading.ids(resource, ['instance_id'], 'i').sure
  if (card === undefined || instance === undefined) return
  attach(reading, card as NetworkInterfaceId, instance as InstanceId, number(resource.values['device_index']) ?? 1)
}

function readGroupAttachment(reading: Reading, resource: Resource): void {
  const { draft } = reading
  const groups = reading.ids(resource, ['security_group_id'], 'sg')
  const cards = reading.ids(resource, ['network_interface_id'], 'eni')
  for (const id of cards.sure) {
    const card = draft.get('networkInterface', id)
    const added = groups.sure.filter((each) => !card?.groups.some((own) => own === each)) as GroupId[]
    if (card) draft.put('networkInterface', { ...card, groups: [...card.groups, ...added] })
  }
  if (!cards.isOpen && cards.perhaps.length === 0 && !groups.isOpen && groups.perhaps.length === 0) return
  draft.doubt('Which interface carries which group is known only after it is applied.', reading.origin(resource))
  for (const id of cards.isOpen
    ? draft.all('networkInterface').map((card) => card.id)
    : [...cards.sure, ...cards.perhaps]) {
    const card = draft.getPossible('networkInterface', id)
    const all = groups.isOpen
      ? draft.all('securityGroup').map((group) => group.id)
      : ([...groups.sure, ...groups.perhaps] as GroupId[])
    if (card) draft.putPossible('networkInterface', { ...card, groups: [...new Set([...card.groups, ...all])] })
  }
}

function readElastic(reading: Reading, resource: Resource, addresses: Addresses): void {
  const id: AllocationId = reading.id(resource, 'eipalloc')
  const publicAddress = reading.text(resource, 'public_ip') ?? addresses.public()
  reading.draft.put('elasticAddress', { id, publicAddress, networkBorderGroup: '' }, reading.origin(resource))
  associate(reading, id, resource, {
    instance: ['instance'],
    card: ['network_interface'],
    address: 'associate_with_private_ip',
  })
}

function readAssociation(reading: Reading, resource: Resource): void {
  const [id] = reading.ids(resource, ['allocation_id'], 'eipalloc').sure
  if (id === undefined) return
  const words = { instance: ['instance_id'], card: ['network_interface_id'], address: 'private_ip_address' }
  associate(reading, id as AllocationId, resource, words)
}

interface AssociationWords {
  readonly instance: Path
  readonly card: Path
  readonly address: string
}

function associate(reading: Reading, id: AllocationId, resource: Resource, words: AssociationWords): void {
  const { draft } = reading
  const elastic = draft.get('elasticAddress', id)
  const [named] = reading.ids(resource, words.card, 'eni').sure
  const [instance] = reading.ids(resource, words.instance, 'i').sure
  const card = draft
    .all('networkInterface')
    .find((each) => each.id === named || (instance !== undefined && each.attachment?.instance === instance))
  const privateAddress = reading.text(resource, words.address) ?? card?.privateAddresses[0]?.address
  if (!elastic || !card || privateAddress === undefined) return
  const association = { id: stableId('eipassoc', id), networkInterface: card.id, privateAddress }
  draft.put('elasticAddress', { ...elastic, association })
}
