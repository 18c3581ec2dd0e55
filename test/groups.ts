/**
 * Security groups as tests speak of them: permissions in a short notation, on the wire as clients
 * spell them, and the few calls that set a scene.
 */

import type { Body, Cloud, WireParameters } from './cloud.ts'

/** A CIDR, a group id or a prefix-list id, each with a description or without. */
export type Peer = string | { readonly peer: string; readonly description: string }

/** `tcp 443`, `tcp 80-90`, `icmp 8/-1`, `-1`, or a protocol alone to leave its ports out; then the peers. */
export type Permission = readonly [traffic: string, ...peers: readonly Peer[]]

/** `IpPermissions.N…` of the given permissions. */
export function permissions(...given: readonly Permission[]): WireParameters {
  const spelled = given.map(([traffic, ...peers], index) => {
    const prefix = `IpPermissions.${index + 1}`
    return { ...trafficParameters(prefix, traffic), ...peerParameters(prefix, peers) }
  })
  return Object.assign({}, ...spelled)
}

function trafficParameters(prefix: string, traffic: string): WireParameters {
  const [protocol = '', ports] = traffic.split(' ')
  const named = { [`${prefix}.IpProtocol`]: protocol }
  if (ports === undefined) return named
  const [, from = '', to = from] = /^(-?\d+)(?:[-/](-?\d+))?$/.exec(ports) ?? []
  return { ...named, [`${prefix}.FromPort`]: from, [`${prefix}.ToPort`]: to }
}

const peerMembers = [
  { starts: /^sg-/, list: 'Groups', member: 'GroupId' },
  { starts: /^pl-/, list: 'PrefixListIds', member: 'PrefixListId' },
  { starts: /:/, list: 'Ipv6Ranges', member: 'CidrIpv6' },
  { starts: /^/, list: 'IpRanges', member: 'CidrIp' },
] as const

function peerParameters(prefix: string, peers: readonly Peer[]): WireParameters {
  const counts = new Map<string, number>()
  const parameters: Record<string, string> = {}
  for (const given of peers) {
    const { peer, description } = typeof given === 'string' ? { peer: given, description: undefined } : given
    const { list, member } = peerMembers.find(({ starts }) => starts.test(peer)) ?? peerMembers[3]
    const count = (counts.get(list) ?? 0) + 1
    counts.set(list, count)
    parameters[`${prefix}.${list}.${count}.${member}`] = peer
    if (description !== undefined) parameters[`${prefix}.${list}.${count}.Description`] = description
  }
  return parameters
}

export type Filter = readonly [name: string, ...values: readonly string[]]

/** `Filter.N…`, each name with its values. */
export function filters(...given: readonly Filter[]): WireParameters {
  const pairs = given.flatMap(([name, ...values], index) => [
    [`Filter.${index + 1}.Name`, name],
    ...values.map((value, at) => [`Filter.${index + 1}.Value.${at + 1}`, value]),
  ])
  return Object.fromEntries(pairs)
}

export async function defaultVpcOf(aws: Cloud): Promise<string> {
  const { vpcSet } = await aws.call('DescribeVpcs', filters(['is-default', 'true']))
  return vpcSet.item[0].vpcId
}

export async function createVpc(aws: Cloud, cidr = '10.0.0.0/16', parameters: WireParameters = {}): Promise<string> {
  const { vpc } = await aws.call('CreateVpc', { CidrBlock: cidr, ...parameters })
  return vpc.vpcId
}

/** A new group; of the default VPC when none is named. */
export async function createGroup(aws: Cloud, name = 'web', vpc?: string): Promise<string> {
  const place = vpc === undefined ? {} : { VpcId: vpc }
  const { groupId } = await aws.call('CreateSecurityGroup', {
    GroupName: name,
    GroupDescription: `${name} tier`,
    ...place,
  })
  return groupId
}

/** An active peering between two VPCs. */
export async function peerVpcs(aws: Cloud, requester: string, accepter: string): Promise<string> {
  const created = await aws.call('CreateVpcPeeringConnection', { VpcId: requester, PeerVpcId: accepter })
  const id = created.vpcPeeringConnection.vpcPeeringConnectionId
  await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })
  return id
}

export async function createPrefixList(aws: Cloud, parameters: WireParameters = {}): Promise<string> {
  const { prefixList } = await aws.call('CreateManagedPrefixList', {
    PrefixListName: 'offices',
    AddressFamily: 'IPv4',
    MaxEntries: 2,
    ...parameters,
  })
  return prefixList.prefixListId
}

/** An interface that carries the groups, in a fresh subnet of the VPC. */
export async function createInterface(aws: Cloud, vpc: string, groups: readonly string[]): Promise<string> {
  const { vpcSet } = await aws.call('DescribeVpcs', { 'VpcId.1': vpc })
  const block = `${vpcSet.item[0].cidrBlock.split('/')[0]}/24`
  const { subnet } = await aws.call('CreateSubnet', { VpcId: vpc, CidrBlock: block })
  const carried = groups.map((group, index) => [`SecurityGroupId.${index + 1}`, group])
  const { networkInterface } = await aws.call('CreateNetworkInterface', {
    SubnetId: subnet.subnetId,
    ...Object.fromEntries(carried),
  })
  return networkInterface.networkInterfaceId
}

export async function authorize(aws: Cloud, group: string, ...given: readonly Permission[]): Promise<Body> {
  return aws.call('AuthorizeSecurityGroupIngress', { GroupId: group, ...permissions(...given) })
}

export async function authorizeEgress(aws: Cloud, group: string, ...given: readonly Permission[]): Promise<Body> {
  return aws.call('AuthorizeSecurityGroupEgress', { GroupId: group, ...permissions(...given) })
}

export async function describeGroup(aws: Cloud, group: string): Promise<Body> {
  const { securityGroupInfo } = await aws.call('DescribeSecurityGroups', { 'GroupId.1': group })
  return securityGroupInfo.item[0]
}

/** The group's rules one by one, in the order of their ids. */
export async function rulesOf(aws: Cloud, group: string): Promise<Body[]> {
  const { securityGroupRuleSet } = await aws.call('DescribeSecurityGroupRules', filters(['group-id', group]))
  return securityGroupRuleSet.item ?? []
}

export async function idOfDefaultGroup(aws: Cloud, vpc: string): Promise<string> {
  const found = await aws.call('DescribeSecurityGroups', filters(['vpc-id', vpc], ['group-name', 'default']))
  return found.securityGroupInfo.item[0].groupId
}

/** Takes the default VPC away with all that it came with. */
export async function loseDefaultVpc(aws: Cloud): Promise<void> {
  const vpc = await defaultVpcOf(aws)
  const { internetGatewaySet } = await aws.call('DescribeInternetGateways')
  for (const { internetGatewayId } of internetGatewaySet.item) {
    await aws.call('DetachInternetGateway', { InternetGatewayId: internetGatewayId, VpcId: vpc })
    await aws.call('DeleteInternetGateway', { InternetGatewayId: internetGatewayId })
  }
  const { subnetSet } = await aws.call('DescribeSubnets', filters(['vpc-id', vpc]))
  for (const { subnetId } of subnetSet.item) await aws.call('DeleteSubnet', { SubnetId: subnetId })
  await aws.call('DeleteVpc', { VpcId: vpc })
}
