/** Network interfaces, instances and elastic addresses of describe output. */

import type {
  AddressAssociationId,
  AllocationId,
  GroupId,
  InstanceId,
  NetworkInterfaceId,
  SubnetId,
  VpcId,
} from '../../model/ids.ts'
import type { Instance } from '../../model/instance.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Draft } from '../draft.ts'
import { unknownGroup } from '../gaps.ts'
import { type Members, members, number, objects, text } from '../json-value.ts'
import { attachmentTo, importedInstance } from '../plain.ts'
import { stableId } from '../stable-id.ts'
import { freshId } from './network.ts'
import { type Item, type Output, originOf } from './output.ts'
import { putTags } from './tags.ts'

/** An instance's description has its interfaces too: those that no other file told. */
export function readInterfaces(output: Output, draft: Draft): void {
  for (const item of output.items('Addresses')) readAddress(item, draft)
  for (const item of output.items('NetworkInterfaces')) readInterface(item, draft)
  for (const { value, file } of output.items('Reservations')) {
    for (const instance of objects(value['Instances'])) {
      readInstance({ value: instance, file }, draft)
      for (const card of objects(instance['NetworkInterfaces'])) {
        const attachment = { ...members(card['Attachment']), InstanceId: instance['InstanceId'] }
        readInterface({ value: { ...card, Attachment: attachment }, file }, draft)
      }
    }
  }
}

function readAddress(item: Item, draft: Draft): void {
  const id = freshId<AllocationId>(item, 'AllocationId', (each) => draft.get('elasticAddress', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const card = text(value['NetworkInterfaceId']) as NetworkInterfaceId | undefined
  putElastic(draft, id, value, card && { card, privateAddress: text(value['PrivateIpAddress']) ?? '' })
  putTags(draft, id, value)
}

function putElastic(
  draft: Draft,
  id: AllocationId,
  value: Members,
  to: { readonly card: NetworkInterfaceId; readonly privateAddress: string } | undefined,
): void {
  const association = to && {
    id: (text(value['AssociationId']) ?? stableId('eipassoc', id)) as AddressAssociationId,
    networkInterface: to.card,
    privateAddress: to.privateAddress,
  }
  draft.put('elasticAddress', {
    id,
    publicAddress: text(value['PublicIp']) ?? '',
    networkBorderGroup: text(value['NetworkBorderGroup']) ?? '',
    ...(association === undefined ? {} : { association }),
  })
}

function readInterface(item: Item, draft: Draft): void {
  const known = (each: string) => draft.get('networkInterface', each) !== undefined
  const id = freshId<NetworkInterfaceId>(item, 'NetworkInterfaceId', known)
  if (id === undefined || text(item.value['SubnetId']) === undefined) return
  const card = cardOf(item.value, id, draft)
  draft.put('networkInterface', card, originOf(item, id))
  putTags(draft, id, item.value)
  if (card.groups.length > 0 || card.interfaceType === 'interface' || card.interfaceType === 'nat_gateway') return
  const group: GroupId = stableId('sg', id)
  unknownGroup(draft, group, card.vpc)
  draft.put('networkInterface', { ...card, groups: [group] })
  const what = `${id} is a ${card.interfaceType} without security groups: what passes it is decided elsewhere.`
  draft.doubt(what, originOf(item, id))
}

function cardOf(value: Members, id: NetworkInterfaceId, draft: Draft): NetworkInterface {
  const addresses = objects(value['PrivateIpAddresses'])
  const single = text(value['PrivateIpAddress'])
  const [primary] = [...addresses].sort((a, b) => Number(b['Primary'] === true) - Number(a['Primary'] === true))
  const launched = publicAddressesOf(value, addresses, id, draft)
  const [tracking, attachment] = [members(value['ConnectionTrackingConfiguration']), members(value['Attachment'])]
  const instance = text(attachment['InstanceId']) as InstanceId | undefined
  const told = addresses.length > 0 ? [primary, ...addresses.filter((each) => each !== primary)] : []
  const v4 =
    told.length > 0
      ? told.flatMap((each) => text(each?.['PrivateIpAddress']) ?? [])
      : [single].flatMap((each) => each ?? [])
  return {
    id,
    subnet: text(value['SubnetId']) as SubnetId,
    vpc: text(value['VpcId']) as VpcId,
    zone: text(value['AvailabilityZone']) ?? '',
    description: text(value['Description']) ?? '',
    macAddress: text(value['MacAddress']) ?? '',
    privateAddresses: v4.map((address, index) => ({ address, isPrimary: index === 0 })),
    ipv6Addresses: objects(value['Ipv6Addresses']).flatMap((each) => text(each['Ipv6Address']) ?? []),
    groups: objects(value['Groups']).flatMap((group) => (text(group['GroupId']) as GroupId) ?? []),
    sourceDestCheck: value['SourceDestCheck'] !== false,
    interfaceType: text(value['InterfaceType']) ?? 'interface',
    tracking: trackingOf(tracking),
    ...(instance === undefined
      ? {}
      : { attachment: attachmentTo(instance, id, number(attachment['DeviceIndex']) ?? 0) }),
    ...(launched === undefined ? {} : { autoAssignedPublicAddress: launched }),
  }
}

function trackingOf(value: Members): NetworkInterface['tracking'] {
  const [tcp, stream, udp] = ['TcpEstablishedTimeout', 'UdpStreamTimeout', 'UdpTimeout'].map((name) =>
    number(value[name]),
  )
  return {
    ...(tcp === undefined ? {} : { tcpEstablishedTimeout: tcp }),
    ...(stream === undefined ? {} : { udpStreamTimeout: stream }),
    ...(udp === undefined ? {} : { udpTimeout: udp }),
  }
}

/** Puts elastic addresses that DescribeAddresses did not tell; the one that came with the launch is the answer. */
function publicAddressesOf(
  value: Members,
  addresses: readonly Members[],
  card: NetworkInterfaceId,
  draft: Draft,
): string | undefined {
  const holders = addresses.length > 0 ? addresses : [value]
  let launched: string | undefined
  for (const holder of holders) {
    const association = members(holder['Association'])
    const publicAddress = text(association['PublicIp'])
    if (publicAddress === undefined) continue
    const isKnown = draft.all('elasticAddress').some((each) => each.publicAddress === publicAddress)
    if (isKnown) continue
    const allocation = text(association['AllocationId']) as AllocationId | undefined
    const privateAddress = text(holder['PrivateIpAddress']) ?? ''
    if (allocation === undefined && association['IpOwnerId'] === 'amazon') launched = publicAddress
    else putElastic(draft, allocation ?? stableId('eipalloc', publicAddress), association, { card, privateAddress })
  }
  return launched
}

function readInstance(item: Item, draft: Draft): void {
  const id = freshId<InstanceId>(item, 'InstanceId', (each) => draft.get('instance', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const zone = text(members(value['Placement'])['AvailabilityZone']) ?? ''
  const plain = importedInstance(id, text(value['InstanceType']) ?? '', stateOf(value), zone)
  const subnet = text(value['SubnetId']) as SubnetId | undefined
  const image = text(value['ImageId']) ?? ''
  draft.put('instance', { ...plain, image, ...(subnet === undefined ? {} : { subnet }) }, originOf(item, id))
  putTags(draft, id, value)
}

/** Where a passing state leads to. */
function stateOf(value: Members): Instance['state'] {
  const name = text(members(value['State'])['Name'])
  if (name === 'stopped' || name === 'stopping') return 'stopped'
  return name === 'terminated' || name === 'shutting-down' ? 'terminated' : 'running'
}
