/**
 * CloudFormation templates → a World. Each is read twice: once with all that it may allow and once without, so
 * that what is not known before it is deployed bounds the answer. Templates of one folder see each other's exports.
 */

import { stateOf } from '../../model/state.ts'
import type { World } from '../../model/world.ts'
import type { Doubt, Imported } from '../imported.ts'
import type { Bound } from '../perhaps.ts'
import { type Builder, doubt, newBuilder } from './builder.ts'
import { carriers } from './carriers.ts'
import { addEdges } from './edges.ts'
import { addGroups, addPrefixLists, addRules } from './groups.ts'
import { addNetworks } from './networks.ts'
import { addPlacements } from './placements.ts'
import { allowParts } from './stand-ins.ts'
import {
  type Given,
  type Resource,
  readTemplate,
  stackType,
  type Template,
  type TemplateFile,
  withNested,
} from './template.ts'

/** Throws BadTemplate. */
export function importTemplates(files: readonly TemplateFile[], given: Given): Imported {
  const templates = files.flatMap((file) => withNested(readTemplate(file, given)))
  const [certain, possible] = [build(templates, given, 'certain'), build(templates, given, 'possible')]
  const doubts = new Map([...certain.doubts, ...possible.doubts])
  const origins = new Map([...possible.origins, ...certain.origins])
  const written = new Map([...possible.written, ...certain.written])
  const isWhole = isSame(certain.world, possible.world)
  return {
    certain: certain.world,
    possible: isWhole ? certain.world : possible.world,
    origins,
    written,
    doubts: [...doubts.values()].sort(inOrder),
  }
}

function inOrder({ origin: a }: Doubt, { origin: b }: Doubt): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1
}

function build(templates: readonly Template[], given: Given, bound: Bound): Builder {
  const builder = newBuilder(templates, given, bound)
  for (const template of templates) {
    for (const { what, line, name } of template.remarks) {
      const origin = { file: template.file, line, name }
      builder.doubts.set(`${template.file}:${line} ${what}`, { what, origin })
    }
  }
  for (const resource of builder.resources) noteStranger(builder, resource)
  addNetworks(builder)
  addEdges(builder)
  addPrefixLists(builder)
  addGroups(builder)
  addPlacements(builder)
  addRules(builder)
  allowParts(builder)
  return builder
}

function isSame(one: World, other: World): boolean {
  return JSON.stringify(stateOf(one)) === JSON.stringify(stateOf(other))
}

/** Types of EC2 and its neighbours that are read, or that no packet depends on. */
const heeded = new Set([
  ...['VPC', 'Subnet', 'VPCCidrBlock', 'SubnetCidrBlock', 'InternetGateway', 'VPCGatewayAttachment'],
  ...['VPCPeeringConnection', 'NetworkAcl', 'NetworkAclEntry', 'SubnetNetworkAclAssociation', 'RouteTable', 'Route'],
  ...['SubnetRouteTableAssociation', 'GatewayRouteTableAssociation', 'PrefixList', 'SecurityGroup'],
  ...['SecurityGroupIngress', 'SecurityGroupEgress', 'NetworkInterface', 'NetworkInterfaceAttachment', 'Instance'],
  ...['EIP', 'EIPAssociation', 'LaunchTemplate', 'NatGateway', 'EgressOnlyInternetGateway', 'VPNGateway'],
  ...['DHCPOptions', 'VPCDHCPOptionsAssociation', 'FlowLog', 'KeyPair', 'Volume', 'VolumeAttachment'],
  ...['CustomerGateway', 'VPNConnection', 'TransitGateway', 'PlacementGroup', 'CapacityReservation', 'Host'],
  ...['NetworkInsightsPath', 'NetworkInsightsAnalysis', 'NetworkInsightsAccessScope', 'IPAM', 'IPAMPool', 'IPAMScope'],
  ...['NetworkInsightsAccessScopeAnalysis', 'TransitGatewayAttachment', 'TransitGatewayRouteTable', 'EC2Fleet'],
])

/** What may carry a group or stand on a packet's way; all else is passed over. */
function noteStranger(builder: Builder, resource: Resource): void {
  const { type, id } = resource
  if (type.startsWith('AWS::EC2::') && !heeded.has(type.slice('AWS::EC2::'.length)) && !(type in carriers)) {
    doubt(builder, resource, `${id} is a ${type}, which is not read: it may change what packets pass.`)
  } else if (type === stackType && !resource.template.nested.has(id)) {
    doubt(builder, resource, `${id} is a nested stack whose template is not at hand: it may hold anything.`)
  } else if (type.startsWith('AWS::NetworkFirewall::')) {
    doubt(builder, resource, `${id} is a ${type}, which is not read: it may change what packets pass.`)
  } else if (!(type in carriers) && !/^AWS::(EC2|AutoScaling)::/.test(type) && hasGroups(resource.properties, 0)) {
    doubt(builder, resource, `${id} is a ${type}, whose interfaces are not read.`)
  }
}

/** Properties that carry groups are called so all over CloudFormation. */
function hasGroups(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > 4) return false
  return Object.entries(value).some(([name, inner]) => {
    return /^(Vpc|VPC|Ec2)?SecurityGroup(Id)?s?(Ids|List)?$/.test(name) || hasGroups(inner, depth + 1)
  })
}
