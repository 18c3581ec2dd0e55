/** Components of a path, and explanations of why there is none, as responses show them (spec 8.9). */

import { resourceTypeOf } from '../../model/ids.ts'
import type { NetworkAclEntry } from '../../model/network-acl.ts'
import type { Component, PacketHeader, PathComponent, PathExplanation, PortSpan } from '../../model/network-insights.ts'
import type { PlacedRoute } from '../../model/routing.ts'
import type { Traffic } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import type {
  AnalysisAclRule,
  AnalysisComponent,
  AnalysisPacketHeader,
  AnalysisRouteTableRoute,
  AnalysisSecurityGroupRule,
  PortRange,
  PathComponent as WireComponent,
  Explanation as WireExplanation,
} from '../protocol/types.generated.ts'
import { viewRoute } from './route-table.ts'
import { arnOf } from './tags.ts'

export function viewComponents(world: World, components: readonly PathComponent[]): WireComponent[] {
  return components.map((each, index) => ({ SequenceNumber: index + 1, ...viewComponent(world, each) }))
}

function viewComponent(world: World, each: PathComponent): WireComponent {
  const { component, attachedTo, subnet, vpc, sourceVpc, destinationVpc, rule, aclEntry, route } = each
  return {
    AclRule: aclEntry && viewAclEntry(aclEntry),
    AttachedTo: attachedTo && viewResource(world, attachedTo),
    Component: viewResource(world, component),
    DestinationVpc: destinationVpc && viewResource(world, destinationVpc),
    OutboundHeader: each.outbound && viewHeader(each.outbound),
    InboundHeader: each.inbound && viewHeader(each.inbound),
    RouteTableRoute: route && viewPathRoute(world, route),
    SecurityGroupRule: rule && viewGroupRule(rule),
    SourceVpc: sourceVpc && viewResource(world, sourceVpc),
    Subnet: subnet && viewResource(world, subnet),
    Vpc: vpc && viewResource(world, vpc),
  }
}

export function viewExplanation(world: World, each: PathExplanation): WireExplanation {
  const shown = (resource: Component | undefined) => resource && viewResource(world, resource)
  return {
    Acl: shown(each.acl),
    AclRule: each.aclEntry && viewAclEntry(each.aclEntry),
    Address: each.address,
    Component: shown(each.component),
    DestinationVpc: shown(each.destinationVpc),
    Direction: each.direction,
    ExplanationCode: each.code,
    InternetGateway: shown(each.internetGateway),
    MissingComponent: each.missingComponent,
    NetworkInterface: shown(each.networkInterface),
    VpcPeeringConnection: shown(each.peering),
    PortRanges: each.portRanges?.map(viewSpan),
    RouteTableRoute: each.route && viewPathRoute(world, each.route),
    RouteTable: shown(each.routeTable),
    SecurityGroups: each.securityGroups?.map((group) => viewResource(world, group)),
    SourceVpc: shown(each.sourceVpc),
    State: each.state,
    Subnet: shown(each.subnet),
    Vpc: shown(each.vpc),
  }
}

function viewResource(world: World, { id, name }: Component): AnalysisComponent {
  return { Id: id, Arn: arnOf(world.scope, resourceTypeOf(id) ?? 'resource', id), Name: name }
}

function viewHeader(header: PacketHeader): AnalysisPacketHeader {
  return {
    DestinationAddresses: header.destinationAddresses,
    DestinationPortRanges: header.destinationPorts.map(viewSpan),
    Protocol: String(header.protocol),
    SourceAddresses: header.sourceAddresses,
    SourcePortRanges: header.sourcePorts.map(viewSpan),
  }
}

function viewSpan({ from, to }: PortSpan): PortRange {
  return { From: from, To: to }
}

function viewGroupRule({ direction, traffic, peer }: NonNullable<PathComponent['rule']>): AnalysisSecurityGroupRule {
  return {
    Cidr: peer.kind === 'ipv4' || peer.kind === 'ipv6' ? peer.cidr : undefined,
    Direction: direction,
    SecurityGroupId: peer.kind === 'group' ? peer.group : undefined,
    PortRange: portsOf(traffic),
    PrefixListId: peer.kind === 'prefix-list' ? peer.list : undefined,
    Protocol: String(traffic.protocol),
  }
}

function portsOf(traffic: Traffic): PortRange | undefined {
  return 'from' in traffic ? viewSpan(traffic) : undefined
}

/** Protocols by name, unlike DescribeNetworkAcls. */
function viewAclEntry({ cidr, direction, ports, protocol, action, number }: NetworkAclEntry): AnalysisAclRule {
  return {
    Cidr: cidr,
    Egress: direction === 'egress',
    PortRange: ports && viewSpan(ports),
    Protocol: protocolNames.get(protocol) ?? String(protocol),
    RuleAction: action,
    RuleNumber: number,
  }
}

const protocolNames: ReadonlyMap<number, string> = new Map([
  [-1, 'all'],
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
])

/** Of a route's members, those that the analyzer has too. */
function viewPathRoute(world: World, route: PlacedRoute): AnalysisRouteTableRoute {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, Origin, ...members } = viewRoute(world, route)
  return { ...members, DestinationCidr: DestinationCidrBlock ?? DestinationIpv6CidrBlock, Origin }
}
