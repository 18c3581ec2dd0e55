/** VPCs, subnets, route tables, gateways, ACLs and peering connections of describe output. */

import { instant } from '../../base/clock.ts'
import type { InternetGatewayId, NetworkAclId, PeeringId, SubnetId, VpcId } from '../../model/ids.ts'
import type { NetworkAclEntry } from '../../model/network-acl.ts'
import type { PeeringSide, PeeringState } from '../../model/peering.ts'
import type { Subnet } from '../../model/subnet.ts'
import { cidrPeer } from '../cidr-peer.ts'
import type { Draft } from '../draft.ts'
import { type Members, members, number, objects, text } from '../json-value.ts'
import { plainSubnet, plainVpc } from '../plain.ts'
import { stableId } from '../stable-id.ts'
import { aclTrafficOf } from '../traffic.ts'
import { type Item, type Output, originOf } from './output.ts'
import { putTags } from './tags.ts'

export function readNetwork(output: Output, draft: Draft): void {
  for (const item of output.items('Vpcs')) readVpc(item, draft)
  for (const item of output.items('NetworkAcls')) readAcl(item, draft)
  const acls = aclsOfSubnets(output)
  for (const item of output.items('Subnets')) readSubnet(item, acls, draft)
  for (const item of output.items('InternetGateways')) readGateway(item, draft)
  for (const item of output.items('VpcPeeringConnections')) readPeering(item, draft)
}

/** An id, where the object is of the right kind and was not told before. */
export function freshId<T extends string>({ value }: Item, member: string, isKnown: (id: T) => boolean): T | undefined {
  const id = text(value[member]) as T | undefined
  return id === undefined || isKnown(id) ? undefined : id
}

function readVpc(item: Item, draft: Draft): void {
  const id = freshId<VpcId>(item, 'VpcId', (each) => draft.get('vpc', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const blocks = blocksIn(value['CidrBlockAssociationSet'], 'CidrBlock')
  const primary = text(value['CidrBlock'])
  const first = primary === undefined || blocks.includes(primary) ? [] : [primary]
  const plain = plainVpc(id, [...first, ...blocks], blocksIn(value['Ipv6CidrBlockAssociationSet'], 'Ipv6CidrBlock'))
  draft.put('vpc', { ...plain, isDefault: value['IsDefault'] === true }, originOf(item, id))
  putTags(draft, id, value)
}

/** Blocks that are there: not those on their way out. */
function blocksIn(set: unknown, member: string): string[] {
  return objects(set)
    .filter((each) => text(members(each[`${member}State`])['State']) !== 'disassociated')
    .flatMap((each) => text(each[member]) ?? [])
}

function aclsOfSubnets(output: Output): ReadonlyMap<string, NetworkAclId> {
  return new Map(
    output
      .items('NetworkAcls')
      .flatMap(({ value }) =>
        objects(value['Associations']).map(
          (each) => [String(each['SubnetId']), text(value['NetworkAclId']) as NetworkAclId] as const,
        ),
      ),
  )
}

function readSubnet(item: Item, acls: ReadonlyMap<string, NetworkAclId>, draft: Draft): void {
  const id = freshId<SubnetId>(item, 'SubnetId', (each) => draft.get('subnet', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const subnet: Subnet = {
    ...plainSubnet({
      id,
      vpc: text(value['VpcId']) as VpcId,
      cidr: text(value['CidrBlock']),
      ipv6Cidrs: blocksIn(value['Ipv6CidrBlockAssociationSet'], 'Ipv6CidrBlock'),
      zone: text(value['AvailabilityZone']) ?? '',
      acl: acls.get(id) ?? stableId('acl', id),
    }),
    isDefaultForZone: value['DefaultForAz'] === true,
    mapPublicIpOnLaunch: value['MapPublicIpOnLaunch'] === true,
    assignIpv6OnCreation: value['AssignIpv6AddressOnCreation'] === true,
  }
  draft.put('subnet', subnet, originOf(item, id))
  putTags(draft, id, value)
}

function readAcl(item: Item, draft: Draft): void {
  const id = freshId<NetworkAclId>(item, 'NetworkAclId', (each) => draft.get('networkAcl', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const entries = objects(value['Entries']).filter((entry) => (number(entry['RuleNumber']) ?? 0) < 32767)
  const acl = {
    id,
    vpc: text(value['VpcId']) as VpcId,
    isDefault: value['IsDefault'] === true,
    entries: entries.map((entry) => entryOf(entry, id)),
  }
  draft.put('networkAcl', acl, originOf(item, id))
  putTags(draft, id, value)
}

function entryOf(entry: Members, what: string): NetworkAclEntry {
  const { cidr } = cidrPeer(text(entry['CidrBlock']) ?? text(entry['Ipv6CidrBlock']) ?? '', what)
  const [ports, icmp] = [members(entry['PortRange']), members(entry['IcmpTypeCode'])]
  const [type, code] = [number(icmp['Type']), number(icmp['Code'])]
  const written = {
    protocol: text(entry['Protocol']),
    from: number(ports['From']),
    to: number(ports['To']),
    icmp: type === undefined ? undefined : { type, code: code ?? -1 },
  }
  return {
    number: number(entry['RuleNumber']) ?? 0,
    direction: entry['Egress'] === true ? 'egress' : 'ingress',
    action: entry['RuleAction'] === 'allow' ? 'allow' : 'deny',
    family: cidr.includes(':') ? 6 : 4,
    cidr,
    ...aclTrafficOf(written, what),
  }
}

function readGateway(item: Item, draft: Draft): void {
  const known = (id: string) => draft.get('internetGateway', id) !== undefined
  const id = freshId<InternetGatewayId>(item, 'InternetGatewayId', known)
  if (id === undefined) return
  const vpc = objects(item.value['Attachments']).map((each) => text(each['VpcId']) as VpcId | undefined)[0]
  draft.put('internetGateway', { id, ...(vpc === undefined ? {} : { attachedTo: vpc }) }, originOf(item, id))
  putTags(draft, id, item.value)
}

function readPeering(item: Item, draft: Draft): void {
  const id = freshId<PeeringId>(item, 'VpcPeeringConnectionId', (each) => draft.get('peering', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const status = members(value['Status'])
  const code = text(status['Code'])
  const states: readonly PeeringState[] = ['pending-acceptance', 'active', 'rejected', 'deleted', 'failed']
  const peering = {
    id,
    requester: sideOf(value['RequesterVpcInfo']),
    accepter: sideOf(value['AccepterVpcInfo']),
    state: states.find((each) => each === code) ?? 'failed',
    message: text(status['Message']) ?? '',
    createdAt: instant(0),
    stateSince: instant(0),
  }
  draft.put('peering', peering, originOf(item, id))
  putTags(draft, id, value)
}

function sideOf(value: unknown): PeeringSide {
  const side = members(value)
  return {
    vpc: text(side['VpcId']) as VpcId,
    owner: text(side['OwnerId']) ?? '',
    region: text(side['Region']) ?? '',
    allowDnsResolution: members(side['PeeringOptions'])['AllowDnsResolutionFromRemoteVpc'] === true,
  }
}
