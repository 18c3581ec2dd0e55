/**
 * Which objects lead to which: the world's secondary indexes, declared per kind in one table. A link
 * `name from to` is one key in one sorted map, so following it is a walk along a prefix.
 */

import { formatInstant } from '../base/clock.ts'
import type { ClientToken } from './client-token.ts'
import type { ElasticAddress } from './elastic-address.ts'
import type {
  AccessScopeAnalysisId,
  AllocationId,
  FlowLogId,
  GroupId,
  InstanceId,
  InternetGatewayId,
  NetworkAclId,
  NetworkInsightsAnalysisId,
  NetworkInterfaceId,
  PeeringId,
  RouteTableId,
  SubnetId,
} from './ids.ts'
import type { NetworkInterface } from './network-interface.ts'
import type { Kind, Objects } from './objects.ts'
import type { PrefixListVersionId } from './prefix-list.ts'
import type { RouteTable } from './routing.ts'
import type { SecurityGroup, VpcAssociation } from './security-group.ts'

/** The links there are, and what each leads to. */
export interface LinkTargets {
  'groups in vpc': GroupId
  /** From `vpc-…/name`, the name in lower case: names are unique per VPC ignoring case (spec 3.1). */
  'group named': GroupId
  /** Groups with a rule whose peer is another group. */
  'groups referencing group': GroupId
  'groups using prefix list': GroupId
  'associations of group': VpcAssociation['id']
  'associations with vpc': VpcAssociation['id']
  'subnets in vpc': SubnetId
  'subnets of acl': SubnetId
  'subnet with acl association': SubnetId
  'route tables in vpc': RouteTableId
  'route tables of subnet': RouteTableId
  'route table with association': RouteTableId
  'route tables using prefix list': RouteTableId
  'gateways of vpc': InternetGatewayId
  'acls in vpc': NetworkAclId
  'interfaces in vpc': NetworkInterfaceId
  'interfaces in subnet': NetworkInterfaceId
  'interfaces of group': NetworkInterfaceId
  'interfaces of instance': NetworkInterfaceId
  /** From `subnet-…/address`. */
  'interface with address': NetworkInterfaceId
  'interface with attachment': NetworkInterfaceId
  'elastic addresses of interface': AllocationId
  'elastic address with association': AllocationId
  /** From a public address: the elastic address it is, or the interface that a launch gave it to. */
  'holder of public address': AllocationId | NetworkInterfaceId
  'versions of prefix list': PrefixListVersionId
  'peerings of vpc': PeeringId
  'flow logs of resource': FlowLogId
  'analyses of path': NetworkInsightsAnalysisId
  'analyses of access scope': AccessScopeAnalysisId
  /** From an ISO time. */
  'instances terminated at': InstanceId
  /** From an ISO time. */
  'client tokens at': ClientToken['id']
}

export type LinkName = keyof LinkTargets
export type Link = readonly [name: LinkName, from: string]

const separator = '\u0000'

export function linkKey([name, from]: Link, to: string): string {
  return `${name}${separator}${from}${separator}${to}`
}

export function linkPrefix(name: LinkName, from?: string): string {
  return from === undefined ? `${name}${separator}` : `${name}${separator}${from}${separator}`
}

export function targetOf(key: string): string {
  return key.slice(key.lastIndexOf(separator) + 1)
}

type LinksOf = { readonly [K in Kind]: (object: Objects[K]) => readonly Link[] }

const linksOf: LinksOf = {
  regionUse: () => [],
  vpc: () => [],
  subnet: (subnet) => [
    ['subnets in vpc', subnet.vpc],
    ['subnets of acl', subnet.acl],
    ['subnet with acl association', subnet.aclAssociation],
  ],
  routeTable: linksOfRouteTable,
  internetGateway: ({ attachedTo }) => (attachedTo === undefined ? [] : [['gateways of vpc', attachedTo]]),
  networkAcl: (acl) => [['acls in vpc', acl.vpc]],
  securityGroup: linksOfGroup,
  vpcAssociation: (association) => [
    ['associations of group', association.group],
    ['associations with vpc', association.vpc],
  ],
  prefixList: () => [],
  prefixListVersion: (version) => [['versions of prefix list', version.list]],
  networkInterface: linksOfInterface,
  instance: ({ state, stateSince }) =>
    state === 'terminated' ? [['instances terminated at', formatInstant(stateSince)]] : [],
  elasticAddress: linksOfElasticAddress,
  peering: (peering) => [
    ['peerings of vpc', peering.requester.vpc],
    ['peerings of vpc', peering.accepter.vpc],
  ],
  flowLog: (log) => [['flow logs of resource', log.resource]],
  networkInsightsPath: () => [],
  networkInsightsAnalysis: ({ path }) => [['analyses of path', path]],
  accessScope: () => [],
  accessScopeAnalysis: ({ scope }) => [['analyses of access scope', scope]],
  tagSet: () => [],
  clientToken: (token) => [['client tokens at', formatInstant(token.at)]],
}

function linksOfGroup(group: SecurityGroup): Link[] {
  const links: Link[] = [
    ['groups in vpc', group.vpc],
    ['group named', groupNameKey(group.vpc, group.name)],
  ]
  for (const { peer } of group.rules) {
    if (peer.kind === 'group' && peer.group !== group.id) links.push(['groups referencing group', peer.group])
    if (peer.kind === 'prefix-list') links.push(['groups using prefix list', peer.list])
  }
  return links
}

export function groupNameKey(vpc: string, name: string): string {
  return `${vpc}/${name.toLowerCase()}`
}

function linksOfRouteTable(table: RouteTable): Link[] {
  const links: Link[] = [['route tables in vpc', table.vpc]]
  for (const association of table.associations) {
    links.push(['route table with association', association.id])
    if (association.kind === 'subnet') links.push(['route tables of subnet', association.subnet])
  }
  for (const { destination } of table.routes) {
    if (destination.kind === 'prefix-list') links.push(['route tables using prefix list', destination.list])
  }
  return links
}

function linksOfInterface(card: NetworkInterface): Link[] {
  const links: Link[] = [
    ['interfaces in vpc', card.vpc],
    ['interfaces in subnet', card.subnet],
  ]
  for (const group of card.groups) links.push(['interfaces of group', group])
  for (const { address } of card.privateAddresses) links.push(['interface with address', `${card.subnet}/${address}`])
  for (const address of card.ipv6Addresses) links.push(['interface with address', `${card.subnet}/${address}`])
  if (card.attachment) {
    links.push(['interfaces of instance', card.attachment.instance], ['interface with attachment', card.attachment.id])
  }
  if (card.autoAssignedPublicAddress) links.push(['holder of public address', card.autoAssignedPublicAddress])
  return links
}

function linksOfElasticAddress({ publicAddress, association }: ElasticAddress): Link[] {
  const links: Link[] = [['holder of public address', publicAddress]]
  if (association) {
    links.push(
      ['elastic addresses of interface', association.networkInterface],
      ['elastic address with association', association.id],
    )
  }
  return links
}

/** The links that an object of that kind makes. */
export function linksFrom<K extends Kind>(kind: K, object: Objects[K]): readonly Link[] {
  return linksOf[kind](object)
}
