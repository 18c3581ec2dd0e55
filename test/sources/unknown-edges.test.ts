/** ACL entries and routes that a plan or a template does not tell wholly: in either bound what lets the least by, or the most. */

import { describe, expect, test } from 'vitest'
import { importTemplates } from '../../src/import/cloudformation/import-templates.ts'
import type { Imported } from '../../src/import/imported.ts'
import { terraformWorld } from '../../src/import/terraform/read-terraform.ts'
import type { World } from '../../src/model/world.ts'
import { type Planned, plan, sourceOf } from './plan.ts'

const inVpc = { vpc_id: ['aws_vpc.v.id', 'aws_vpc.v'] }
const base: Record<string, Planned> = {
  'aws_vpc.v': { is: { cidr_block: '10.0.0.0/16' } },
  'aws_subnet.s': { is: { cidr_block: '10.0.1.0/24' }, refs: inVpc },
  'aws_internet_gateway.g': { is: {}, refs: inVpc },
  'aws_network_acl.n': {
    is: { ingress: [], egress: [] },
    refs: { ...inVpc, subnet_ids: ['aws_subnet.s.id'] },
  },
  'aws_route_table.t': { is: { route: [] }, refs: inVpc },
}

function planned(resources: Record<string, Planned>): Imported {
  return terraformWorld(sourceOf(plan({ ...base, ...resources })))
}

const head = `
Parameters:
  Partner: {Type: String}
  Flag: {Type: String}
Conditions:
  Maybe: !Equals [!Ref Flag, 'yes']
Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  G: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref V, InternetGatewayId: !Ref G}}
  N: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref V}}
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref V}}
`

function templated(lines: string): Imported {
  const given = { account: '123456789012', region: 'us-east-1', parameters: {} }
  return importTemplates([{ file: 't.yaml', text: `${head}${lines}`, stack: '' }], given)
}

/** `80 ingress allow tcp 10.0.0.0/8` */
function entriesIn(world: World): string[] {
  const acls = Array.from(world.networkAcl.values()).filter(({ isDefault }) => !isDefault)
  return acls.flatMap(({ entries }) =>
    entries.map((each) => {
      const ports = each.ports ? `:${each.ports.from}-${each.ports.to}` : ''
      return `${each.number} ${each.direction} ${each.action} ${each.protocol}${ports} ${each.cidr}`
    }),
  )
}

/** `0.0.0.0/0 igw`; `?` where nobody knows. */
function routesIn(world: World): string[] {
  return Array.from(world.routeTable.values()).flatMap(({ routes }) =>
    routes.map(({ destination, target }) => {
      const to = destination.kind === 'prefix-list' ? 'list' : destination.cidr
      const via = target.kind === 'other' ? (target.id.includes(' ') ? '?' : target.id) : target.kind
      return `${to} ${via}`
    }),
  )
}

function told({ certain, possible, doubts }: Imported, tell: (world: World) => string[]) {
  return {
    certain: tell(certain),
    possible: tell(possible),
    doubts: doubts.map(({ what, origin }) => `${origin.line} ${what}`),
  }
}

const known = { rule_number: 80, egress: false, protocol: 'tcp', from_port: 22, to_port: 22 }
const acl = { network_acl_id: ['aws_network_acl.n.id'] }

describe('of a Terraform plan', () => {
  test.each<[string, Planned, { certain: string[]; possible: string[] }]>([
    [
      'an allow is possible for all addresses, and not certain',
      { is: { ...known, rule_action: 'allow' }, refs: { ...acl, cidr_block: ['aws_vpc.other.cidr_block'] } },
      { certain: [], possible: ['80 ingress allow 6:22-22 0.0.0.0/0'] },
    ],
    [
      'a deny is certain for all addresses, and perhaps for none',
      { is: { ...known, rule_action: 'deny' }, refs: { ...acl, cidr_block: ['aws_vpc.other.cidr_block'] } },
      { certain: ['80 ingress deny 6:22-22 0.0.0.0/0'], possible: [] },
    ],
    [
      'of IPv6 it is for IPv6',
      { is: { ...known, rule_action: 'deny' }, refs: { ...acl, ipv6_cidr_block: ['aws_vpc.other.ipv6_cidr_block'] } },
      { certain: ['80 ingress deny 6:22-22 ::/0'], possible: [] },
    ],
    [
      'an entry of an ACL that is not known is in none or in each',
      { is: { ...known, rule_action: 'allow', cidr_block: '10.0.0.0/8' }, refs: { network_acl_id: ['local.acls'] } },
      { certain: [], possible: ['80 ingress allow 6:22-22 10.0.0.0/8'] },
    ],
  ])('%s', (_, rule, { certain, possible }) => {
    expect(told(planned({ 'aws_network_acl_rule.r': rule }), entriesIn)).toEqual({
      certain,
      possible,
      doubts: [expect.stringMatching(/Entry 80 of ingress of a network ACL is known only in part before/)],
    })
  })

  test('an entry inside of its ACL leaves the others as they are', () => {
    const inside = { rule_no: 80, protocol: 'tcp', from_port: 22, to_port: 22, action: 'allow' }
    const other = { ...inside, rule_no: 90, cidr_block: '10.0.0.0/8' }
    const resource = {
      is: { ingress: [inside, other], egress: [] },
      refs: inVpc,
      unknown: { ingress: [{ cidr_block: true }, {}], egress: [] },
    }
    const seen = told(planned({ 'aws_network_acl.n': resource }), entriesIn)
    expect(seen.certain).toEqual(['90 ingress allow 6:22-22 10.0.0.0/8'])
    expect(seen.possible).toEqual(['80 ingress allow 6:22-22 0.0.0.0/0', '90 ingress allow 6:22-22 10.0.0.0/8'])
    expect(seen.doubts).toHaveLength(1)
  })

  const table = { route_table_id: ['aws_route_table.t.id'] }
  const igw = { gateway_id: ['aws_internet_gateway.g.id'] }
  const untold = { destination_cidr_block: ['aws_vpc.other.cidr_block'] }

  test.each<[string, Record<string, Planned>, { certain: string[]; possible: string[] }]>([
    [
      'a route alone is possible for all addresses, and not certain',
      { 'aws_route.r': { is: {}, refs: { ...table, ...igw, ...untold } } },
      { certain: [], possible: ['0.0.0.0/0 internet-gateway'] },
    ],
    [
      'beside another, nobody knows which is taken, unless both lead to one target',
      {
        'aws_route.a': {
          is: { destination_cidr_block: '192.0.2.0/24', vpc_peering_connection_id: 'pcx-0a' },
          refs: table,
        },
        'aws_route.b': { is: { destination_cidr_block: '198.51.100.0/24' }, refs: { ...table, ...igw } },
        'aws_route.r': { is: {}, refs: { ...table, ...igw, ...untold } },
      },
      {
        certain: ['192.0.2.0/24 ?', '198.51.100.0/24 internet-gateway'],
        possible: ['192.0.2.0/24 ?', '198.51.100.0/24 internet-gateway', '0.0.0.0/0 internet-gateway'],
      },
    ],
    [
      "to an interface, it may be for a part of the VPC's own",
      { 'aws_route.r': { is: { network_interface_id: 'eni-0a' }, refs: { ...table, ...untold } } },
      { certain: ['10.0.0.0/16 ?'], possible: ['10.0.0.0/16 ?', '0.0.0.0/0 eni-0a'] },
    ],
    [
      'of a table that is not known, it is in none or in each',
      {
        'aws_route.r': {
          is: { destination_cidr_block: '0.0.0.0/0' },
          refs: { ...igw, route_table_id: ['local.tables'] },
        },
      },
      { certain: [], possible: ['0.0.0.0/0 internet-gateway', '0.0.0.0/0 internet-gateway'] },
    ],
  ])('%s', (_, resources, { certain, possible }) => {
    const seen = told(planned(resources), routesIn)
    const own = (all: readonly string[]) => all.filter((each) => !each.startsWith('::/0'))
    expect([own(seen.certain), own(seen.possible)]).toEqual([certain, possible])
    expect(seen.doubts.join()).toMatch(/is known only after it is applied/)
  })
})

describe('of a template', () => {
  const entry =
    'Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref N, RuleNumber: 80, Protocol: 6, PortRange: {From: 22, To: 22}'

  test.each<[string, string, { certain: string[]; possible: string[] }]>([
    [
      'an allow',
      `  E: {${entry}, RuleAction: allow, CidrBlock: !Ref Partner}}`,
      { certain: [], possible: ['80 ingress allow 6:22-22 0.0.0.0/0'] },
    ],
    [
      'a deny',
      `  E: {${entry}, RuleAction: deny, CidrBlock: !Ref Partner}}`,
      { certain: ['80 ingress deny 6:22-22 0.0.0.0/0'], possible: [] },
    ],
    [
      'an IPv6 entry',
      `  E: {${entry}, RuleAction: deny, Egress: true, Ipv6CidrBlock: !Ref Partner}}`,
      { certain: ['80 egress deny 6:22-22 ::/0'], possible: [] },
    ],
    [
      'a deny that is there on a condition',
      `  E: {${entry}, RuleAction: deny, CidrBlock: 10.0.0.0/8}, Condition: Maybe}`,
      { certain: ['80 ingress deny 6:22-22 10.0.0.0/8'], possible: [] },
    ],
    [
      'an allow that is there on a condition',
      `  E: {${entry}, RuleAction: allow, CidrBlock: 10.0.0.0/8}, Condition: Maybe}`,
      { certain: [], possible: ['80 ingress allow 6:22-22 10.0.0.0/8'] },
    ],
  ])('%s', (_, lines, { certain, possible }) => {
    const seen = told(templated(lines), entriesIn)
    expect([seen.certain, seen.possible]).toEqual([certain, possible])
    expect(seen.doubts.join()).toMatch(/^13 .*\bE\b.* not known/)
  })

  test('an entry of which nothing is known comes first, both ways and for all', () => {
    const lines =
      '  E: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref N, RuleNumber: !Ref Partner, Protocol: !Ref Partner, ' +
      'Egress: !Ref Partner, RuleAction: !Ref Partner, CidrBlock: !Ref Partner}}'
    const seen = told(templated(lines), entriesIn)
    expect(seen.certain).toEqual(['1 ingress deny -1 0.0.0.0/0', '1 egress deny -1 0.0.0.0/0'])
    expect(seen.possible).toEqual(['1 ingress allow -1 0.0.0.0/0', '1 egress allow -1 0.0.0.0/0'])
  })

  const route = 'Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, GatewayId: !Ref G'

  test.each<[string, string, { certain: string[]; possible: string[] }]>([
    [
      'a route whose destination is not known',
      `  R: {${route}, DestinationCidrBlock: !Ref Partner}}`,
      { certain: [], possible: ['0.0.0.0/0 internet-gateway'] },
    ],
    [
      'beside another',
      `  P: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, TransitGatewayId: tgw-0123456789abcdef0, DestinationCidrBlock: 192.0.2.0/24}}\n` +
        `  R: {${route}, DestinationCidrBlock: !Ref Partner}}`,
      { certain: ['192.0.2.0/24 ?'], possible: ['192.0.2.0/24 ?', '0.0.0.0/0 internet-gateway'] },
    ],
    [
      'one that is there on a condition',
      `  R: {${route}, DestinationCidrBlock: 0.0.0.0/0}, Condition: Maybe}`,
      { certain: [], possible: ['0.0.0.0/0 internet-gateway'] },
    ],
    [
      'one in the way of a wider one',
      `  R: {${route}, DestinationCidrBlock: 192.0.2.0/24}, Condition: Maybe}\n` +
        `  P: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref T, TransitGatewayId: tgw-0123456789abcdef0, DestinationCidrBlock: 0.0.0.0/0}}`,
      {
        certain: ['0.0.0.0/0 tgw-0123456789abcdef0', '192.0.2.0/24 ?'],
        possible: ['0.0.0.0/0 tgw-0123456789abcdef0', '192.0.2.0/24 ?'],
      },
    ],
  ])('%s', (_, lines, { certain, possible }) => {
    const seen = told(templated(lines), routesIn)
    expect([seen.certain, seen.possible]).toEqual([certain, possible])
    expect(seen.doubts.join()).toMatch(/\bR\b.* not known/)
  })
})
