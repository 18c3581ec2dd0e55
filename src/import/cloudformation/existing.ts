/**
 * What a template refers to and does not hold: a VPC, a subnet, a group that exist already. Something stands in
 * for each, of which nothing is certain: what it allows, it allows in the possible world alone.
 */

import { put } from '../../model/change.ts'
import { companionsOf, defaultNetwork, plainSubnet, plainVpc, vpcChanges } from '../../model/default-network.ts'
import type { GroupId, SubnetId, VpcId } from '../../model/ids.ts'
import type { NetworkAclEntry } from '../../model/network-acl.ts'
import { zonesOf } from '../../model/region.ts'
import type { Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Vpc } from '../../model/vpc.ts'
import { blockAround, contains, formatCidr, overlaps, parseCidr } from '../../net/cidr.ts'
import { entropyFrom, stableId } from '../stable-id.ts'
import { companionId } from './attributes.ts'
import { add, type Builder, doubt, property } from './builder.ts'
import { nameOf, type Resource } from './template.ts'
import { isUnknown, knownText, textOf, type Value, whyUnknown } from './value.ts'

/** The VPC of a resource; without one it is the Region's default VPC. */
export function vpcOf(builder: Builder, resource: Resource, value = property(builder, resource, 'VpcId')): VpcId {
  const text = textOf(value)
  if (text === undefined) return defaultVpc(builder)
  const id = (isUnknown(text) ? stableId('vpc', whyUnknown(text)) : text) as VpcId
  if (!builder.world.vpc.has(id)) existingVpc(builder, resource, id)
  return id
}

/** As AWS makes it in every Region. */
export function defaultVpc(builder: Builder): VpcId {
  const there = Array.from(builder.world.vpc.values()).find(({ isDefault }) => isDefault)
  if (there) return there.id
  const { vpc, changes } = defaultNetwork(builder.world.scope, entropyFrom('the default VPC'))
  add(builder, ...changes)
  return vpc.id
}

/** A VPC with what AWS makes along with it, under ids that `Fn::GetAtt` can tell beforehand. */
export function addVpc(builder: Builder, vpc: Vpc): void {
  const made = companionsOf(vpc, builder.world.scope, entropyFrom(vpc.id))
  const id = companionId('sg', vpc.id)
  const rules = made.group.rules.map((rule): Rule => {
    return rule.peer.kind === 'group' ? { ...rule, peer: { ...rule.peer, group: id } } : rule
  })
  const companions = {
    group: { ...made.group, id, rules },
    acl: { ...made.acl, id: companionId('acl', vpc.id) },
    table: { ...made.table, id: companionId('rtb', vpc.id) },
  }
  add(builder, ...vpcChanges(vpc, companions))
}

/** Its blocks are those around the subnets that the template puts there. */
function existingVpc(builder: Builder, resource: Resource, id: VpcId): void {
  const what = 'its addresses, network ACLs and routes are not known'
  doubt(builder, resource, `${resource.id} is in ${id}, which this template does not hold: ${what}.`)
  const entropy = entropyFrom(`existing ${id}`)
  const cidrBlocks = blocksAround(builder, id).map((cidr) => ({
    associationId: stableId('vpc-cidr-assoc', `${id} ${cidr}`),
    cidr,
  }))
  addVpc(builder, { ...plainVpc('dopt-default', entropy), id, cidrBlocks })
  const acl = builder.world.networkAcl.get(companionId('acl', id))
  const table = builder.world.routeTable.get(companionId('rtb', id))
  if (!acl || !table) return
  if (builder.bound === 'certain') {
    add(builder, put('networkAcl', { ...acl, entries: [] }))
    return
  }
  const gateway = { id: stableId('igw', id), attachedTo: id }
  const target = { kind: 'internet-gateway', id: gateway.id } as const
  const routes = [
    { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target },
    { destination: { kind: 'ipv6', cidr: '::/0' }, target },
  ] as const
  const entries = ([4, 6] as const).flatMap((family) => openEntries(family))
  add(
    builder,
    put('internetGateway', gateway),
    put('routeTable', { ...table, routes }),
    put('networkAcl', { ...acl, entries }),
  )
}

function openEntries(family: 4 | 6): NetworkAclEntry[] {
  const [number, cidr] = family === 4 ? [100, '0.0.0.0/0'] : [101, '::/0']
  return (['ingress', 'egress'] as const).map((direction) => {
    return { number, direction, action: 'allow', protocol: -1, family, cidr }
  })
}

function blocksAround(builder: Builder, id: VpcId): string[] {
  const subnets = builder.resources.filter((each) => {
    return each.type === 'AWS::EC2::Subnet' && textOf(property(builder, each, 'VpcId')) === id
  })
  const blocks = subnets.flatMap((subnet) => {
    const cidr = parseCidr(knownText(property(builder, subnet, 'CidrBlock')) ?? '')?.cidr
    const bits = cidr && { family: cidr.family, bits: cidr.first }
    return cidr && bits ? [formatCidr(blockAround(bits, Math.min(16, cidr.length)))] : []
  })
  return blocks.length > 0 ? [...new Set(blocks)] : ['10.0.0.0/16']
}

/** The subnet of that id; one that is not held is in `vpc`. */
export function subnetOf(builder: Builder, resource: Resource, value: Value, vpc: () => VpcId): SubnetId {
  const text = textOf(value)
  const id = (
    typeof text === 'string' ? text : stableId('subnet', `${nameOf(resource)} ${text && whyUnknown(text)}`)
  ) as SubnetId
  if (builder.world.subnet.has(id)) return id
  doubt(
    builder,
    resource,
    `${resource.id} is in ${id}, which this template does not hold: its addresses are not known.`,
  )
  addSubnet(builder, id, vpc())
  return id
}

/** In the first /24 of the VPC that nobody has. */
function addSubnet(builder: Builder, id: SubnetId, vpc: VpcId): void {
  const { world, given } = builder
  const taken = Array.from(world.subnet.values()).filter((each) => each.vpc === vpc)
  const takenBlocks = taken.flatMap(({ cidr }) => parseCidr(cidr ?? '')?.cidr ?? [])
  const outer = world.vpc.get(vpc)?.cidrBlocks.flatMap(({ cidr }) => parseCidr(cidr)?.cidr ?? []) ?? []
  const cidr = outer.flatMap((block) => {
    const length = Math.max(24, block.length)
    for (let first = block.first; ; first += 1n << BigInt(32 - length)) {
      const candidate = { family: 4 as const, first, length }
      if (!contains(block, candidate)) return []
      if (!takenBlocks.some((each) => overlaps(each, candidate))) return [formatCidr(candidate)]
    }
  })[0]
  const entropy = entropyFrom(id)
  // The Region's default VPC has an ACL of another id.
  const acl = Array.from(world.networkAcl.values()).find((each) => each.vpc === vpc && each.isDefault)
  add(
    builder,
    put('subnet', {
      ...plainSubnet(entropy),
      id,
      vpc,
      cidr: cidr ?? '10.0.0.0/24',
      zone: zonesOf(given.region)[0]?.name ?? `${given.region}a`,
      acl: acl?.id ?? companionId('acl', vpc),
      // Whether it gives public addresses is not known.
      mapPublicIpOnLaunch: builder.bound === 'possible',
    }),
  )
}

/** The group of that id; one that is not held has rules that nobody knows. */
export function groupOf(builder: Builder, resource: Resource, value: Value, vpc: () => VpcId): GroupId {
  const text = textOf(value)
  const id = (
    typeof text === 'string' ? text : stableId('sg', `${nameOf(resource)} ${text && whyUnknown(text)}`)
  ) as GroupId
  if (builder.world.securityGroup.has(id)) return id
  doubt(builder, resource, `${resource.id} carries ${id}, which this template does not hold: its rules are not known.`)
  const rules = builder.bound === 'possible' ? openRules(id) : []
  add(builder, put('securityGroup', existingGroup(id, vpc(), rules)))
  return id
}

function existingGroup(id: GroupId, vpc: VpcId, rules: readonly Rule[]): SecurityGroup {
  return { id, vpc, name: id, description: 'a group that exists already', rules, hasOriginalEgress: false }
}

/** Everything, from and to everywhere. */
function openRules(name: string): Rule[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    (['0.0.0.0/0', '::/0'] as const).map((cidr): Rule => {
      const kind = cidr === '::/0' ? 'ipv6' : 'ipv4'
      const id = stableId('sgr', `${name} ${direction} ${cidr}`)
      return { id, direction, traffic: { protocol: 'all' }, peer: { kind, cidr } }
    }),
  )
}
