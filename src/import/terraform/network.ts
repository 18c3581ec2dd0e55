/** VPCs, subnets, gateways, prefix lists and peering connections of a Terraform document. */

import { instant } from '../../base/clock.ts'
import type { NetworkAclId, PeeringId, PrefixListId, SubnetId, VpcId } from '../../model/ids.ts'
import { listEntryName, prefixListVersionId } from '../../model/prefix-list.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { cidrPeer } from '../cidr-peer.ts'
import { members, objects, text } from '../json-value.ts'
import { openEntries, plainSubnet, plainVpc } from '../plain.ts'
import { stableId } from '../stable-id.ts'
import type { Resource } from './document.ts'
import type { Reading } from './reading.ts'
import { putTags } from './tags.ts'

export function readNetwork(reading: Reading): void {
  for (const resource of reading.ofType('aws_vpc', 'aws_default_vpc')) readVpc(reading, resource)
  for (const resource of reading.data('aws_vpc')) readForeignVpc(reading, resource)
  for (const resource of reading.ofType('aws_subnet', 'aws_default_subnet')) readSubnet(reading, resource)
  for (const resource of reading.data('aws_subnet')) readForeignSubnet(reading, resource)
  for (const resource of reading.ofType('aws_internet_gateway')) readGateway(reading, resource)
  for (const resource of reading.ofType('aws_vpc_peering_connection')) readPeering(reading, resource)
  readPrefixLists(reading)
}

/** With a default ACL, a main table and a default group, as AWS makes them and Terraform may take them over. */
function readVpc(reading: Reading, resource: Resource): void {
  const { draft } = reading
  const id = reading.id(resource, 'vpc')
  const more = reading
    .ofType('aws_vpc_ipv4_cidr_block_association')
    .filter((each) => reading.ids(each, ['vpc_id'], 'vpc').sure.includes(id))
  const cidrs = [resource, ...more].flatMap((each) => reading.text(each, 'cidr_block') ?? [])
  const origin = reading.origin(resource)
  if (cidrs.length === 0) draft.doubt('Its address block is known only after it is applied.', origin)
  draft.put('vpc', plainVpc(id, cidrs, ipv6BlocksOf(reading, resource, id)), origin)
  putTags(reading, id, resource)
  const acl = reading.id(resource, 'acl', 'default_network_acl_id')
  draft.put('networkAcl', { id: acl, vpc: id, isDefault: true, entries: openEntries }, origin)
  const table = reading.id(resource, 'rtb', 'main_route_table_id')
  const main = { id: stableId('rtbassoc', table), kind: 'main' } as const
  draft.put('routeTable', { id: table, vpc: id, associations: [main], routes: [] }, origin)
}

/** One that AWS will give stands for itself: no rule can name it before it is known. */
function ipv6BlocksOf(reading: Reading, resource: Resource, id: VpcId): string[] {
  const own = reading.text(resource, 'ipv6_cidr_block')
  if (own !== undefined) return [own]
  const isAsked =
    resource.values['assign_generated_ipv6_cidr_block'] === true || reading.isPending(resource, ['ipv6_cidr_block'])
  return isAsked ? [generatedBlock(id)] : []
}

/** A /56 of Amazon's, the same at every reading. */
function generatedBlock(vpc: VpcId): string {
  const [, digits = ''] = stableId('x', vpc).split('-')
  return canonical(`2600:1f${digits.slice(0, 2)}:${digits.slice(2, 6)}:${digits.slice(6, 8)}00::/56`)
}

function canonical(cidr: string): string {
  const parsed = parseCidr(cidr)
  return parsed ? formatCidr(parsed.cidr) : cidr
}

function readForeignVpc(reading: Reading, resource: Resource): void {
  const id = reading.text(resource, 'id') as VpcId | undefined
  if (id === undefined || reading.draft.get('vpc', id)) return
  const associated = objects(resource.values['cidr_block_associations']).flatMap(
    (each) => text(each['cidr_block']) ?? [],
  )
  const cidrs = associated.length > 0 ? associated : [reading.text(resource, 'cidr_block') ?? []].flat()
  const ipv6 = reading.text(resource, 'ipv6_cidr_block')
  reading.draft.put('vpc', plainVpc(id, cidrs, ipv6 === undefined ? [] : [ipv6]), reading.origin(resource))
}

/** The VPC that an attribute names, a made one where none is known. */
export function vpcOf(reading: Reading, resource: Resource): VpcId {
  const { sure } = reading.ids(resource, ['vpc_id'], 'vpc')
  const [only] = sure
  if (only !== undefined && sure.length === 1) return only as VpcId
  const [single, ...others] = reading.draft.all('vpc')
  return single && others.length === 0 ? single.id : stableId('vpc', 'not known')
}

function readSubnet(reading: Reading, resource: Resource): void {
  const id = reading.id(resource, 'subnet')
  const vpc = vpcOf(reading, resource)
  const ipv6 = reading.text(resource, 'ipv6_cidr_block')
  const pending = reading.isPending(resource, ['ipv6_cidr_block']) ? [generatedPart(reading, vpc, id)].flat() : []
  const origin = reading.origin(resource)
  const cidr = reading.text(resource, 'cidr_block')
  if (cidr === undefined && reading.isPending(resource, ['cidr_block'])) {
    reading.draft.doubt('Its address block is known only after it is applied.', origin)
  }
  const subnet = plainSubnet({
    id,
    vpc,
    cidr,
    ipv6Cidrs: ipv6 === undefined ? pending : [ipv6],
    zone: reading.text(resource, 'availability_zone') ?? '',
    acl: defaultAclOf(reading, vpc) ?? stableId('acl', id),
  })
  const switches = {
    mapPublicIpOnLaunch: resource.values['map_public_ip_on_launch'] === true,
    assignIpv6OnCreation: resource.values['assign_ipv6_address_on_creation'] === true,
  }
  reading.draft.put('subnet', { ...subnet, ...switches }, origin)
  putTags(reading, id, resource)
}

/** A /64 of the VPC's block. */
function generatedPart(reading: Reading, vpc: VpcId, subnet: SubnetId): string[] {
  const block = parseCidr(reading.draft.get('vpc', vpc)?.ipv6CidrBlocks[0]?.cidr ?? '')?.cidr
  if (!block || block.length > 56) return []
  const nth = BigInt(`0x${stableId('x', subnet).slice(2, 4)}`)
  return [formatCidr({ family: 6, first: block.first + (nth << 64n), length: 64 })]
}

/** Of a VPC that this document makes: what others did to the ACL of an older one is not known. */
function defaultAclOf(reading: Reading, vpc: VpcId): NetworkAclId | undefined {
  return reading.draft.all('networkAcl').find((acl) => acl.vpc === vpc && acl.isDefault)?.id
}

function readForeignSubnet(reading: Reading, resource: Resource): void {
  const id = reading.text(resource, 'id') as SubnetId | undefined
  const vpc = reading.text(resource, 'vpc_id') as VpcId | undefined
  if (id === undefined || vpc === undefined || reading.draft.get('subnet', id)) return
  const ipv6 = reading.text(resource, 'ipv6_cidr_block')
  const subnet = plainSubnet({
    id,
    vpc,
    cidr: reading.text(resource, 'cidr_block'),
    ipv6Cidrs: ipv6 === undefined ? [] : [ipv6],
    zone: reading.text(resource, 'availability_zone') ?? '',
    acl: stableId('acl', id),
  })
  const mapPublicIpOnLaunch = resource.values['map_public_ip_on_launch'] === true
  reading.draft.put('subnet', { ...subnet, mapPublicIpOnLaunch }, reading.origin(resource))
  putTags(reading, id, resource)
}

function readGateway(reading: Reading, resource: Resource): void {
  const id = reading.id(resource, 'igw')
  const [vpc] = [
    ...reading.ids(resource, ['vpc_id'], 'vpc').sure,
    ...reading
      .ofType('aws_internet_gateway_attachment')
      .filter((each) => reading.ids(each, ['internet_gateway_id'], 'igw').sure.includes(id))
      .flatMap((each) => reading.ids(each, ['vpc_id'], 'vpc').sure),
  ]
  const attachedTo = vpc as VpcId | undefined
  reading.draft.put('internetGateway', { id, ...(attachedTo && { attachedTo }) }, reading.origin(resource))
}

/** Not accepted yet, it may be so by the time that anybody asks. */
function readPeering(reading: Reading, resource: Resource): void {
  const id: PeeringId = reading.id(resource, 'pcx')
  const [requester] = reading.ids(resource, ['vpc_id'], 'vpc').sure
  const [accepter] = reading.ids(resource, ['peer_vpc_id'], 'vpc').sure
  const accepting = reading
    .ofType('aws_vpc_peering_connection_accepter')
    .some(
      (each) =>
        each.values['auto_accept'] === true &&
        reading.ids(each, ['vpc_peering_connection_id'], 'pcx').sure.includes(id),
    )
  const isActive = resource.values['auto_accept'] === true || accepting || resource.values['accept_status'] === 'active'
  const side = (vpc: string | undefined) => {
    return { vpc: (vpc ?? stableId('vpc', `peer of ${id}`)) as VpcId, owner: '', region: '', allowDnsResolution: false }
  }
  const peering = {
    id,
    requester: side(requester),
    accepter: side(accepter),
    message: '',
    createdAt: instant(0),
    stateSince: instant(0),
  }
  const origin = reading.origin(resource)
  reading.draft.put('peering', { ...peering, state: isActive ? 'active' : 'pending-acceptance' }, origin)
  if (isActive) return
  reading.draft.putPossible('peering', { ...peering, state: 'active' }, origin)
  reading.draft.doubt('Whether the other side accepts it is not known.', origin)
}

function readPrefixLists(reading: Reading): void {
  const separate = reading.ofType('aws_ec2_managed_prefix_list_entry')
  for (const resource of reading.ofType('aws_ec2_managed_prefix_list')) {
    const id = reading.id(resource, 'pl')
    const isPending = reading.isPending(resource, ['entry'])
    const own = isPending ? undefined : objects(resource.values['entry'])
    const more = separate.filter((each) => reading.ids(each, ['prefix_list_id'], 'pl').sure.includes(id))
    const cidrs = [...(own ?? []), ...more.map(({ values }) => values)].map((each) => text(each['cidr']))
    const isWhole = own !== undefined && cidrs.every((each) => each !== undefined)
    putList(reading, id, resource, isWhole ? cidrs.flatMap((each) => each ?? []) : undefined)
    for (const each of more) noteListEntry(reading, id, text(each.values['cidr']), each)
  }
  for (const resource of reading.data('aws_ec2_managed_prefix_list', 'aws_prefix_list')) {
    const id = reading.text(resource, 'id') as PrefixListId | undefined
    if (id === undefined || reading.draft.get('prefixList', id)) continue
    const entries = objects(resource.values['entries']).map((each) => text(members(each)['cidr']))
    const blocks = Array.isArray(resource.values['cidr_blocks']) ? resource.values['cidr_blocks'].map(String) : []
    putList(
      reading,
      id,
      resource,
      [...entries, ...blocks].flatMap((each) => each ?? []),
    )
  }
}

/** Without its entries it is a gap, which whoever names it tells. */
function putList(reading: Reading, id: PrefixListId, resource: Resource, cidrs: readonly string[] | undefined): void {
  const name = text(resource.values['name']) ?? id
  const family = resource.values['address_family'] === 'IPv6' || cidrs?.[0]?.includes(':') ? 6 : 4
  const list = {
    id,
    name,
    family,
    maxEntries: Math.max(1, cidrs?.length ?? 1),
    version: 1,
    state: 'create-complete',
  } as const
  reading.draft.put('prefixList', list, reading.origin(resource))
  if (cidrs === undefined) return
  const entries = cidrs.map((cidr) => ({ cidr: cidrPeer(cidr, resource.address).cidr }))
  for (const cidr of cidrs) noteListEntry(reading, id, cidr, resource)
  reading.draft.put('prefixListVersion', { id: prefixListVersionId(id, 1), list: id, version: 1, entries })
}

function noteListEntry(reading: Reading, list: PrefixListId, written: string | undefined, resource: Resource): void {
  if (written === undefined) return
  const { cidr } = cidrPeer(written, resource.address)
  reading.draft.noteEntry(listEntryName(list, cidr), cidr, written, reading.origin(resource))
}
