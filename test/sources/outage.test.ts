/** What a plan closes or opens only while it is applied: each row a change of one group's rules. */

import { describe, expect, test } from 'vitest'
import { planWorlds } from '../../src/import/terraform/outage.ts'
import { meanwhile } from '../../src/reach/meanwhile.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { type Planned, plan, sourceOf } from './plan.ts'

const vpc = { id: 'vpc-0a', cidr_block: '10.0.0.0/16', default_network_acl_id: 'acl-0a', main_route_table_id: 'rtb-0a' }
const subnet = { id: 'subnet-0a', vpc_id: 'vpc-0a', cidr_block: '10.0.1.0/24' }
const empty = { description: '', ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false }
const tcp = (port: number, ...cidr_blocks: string[]) => ({
  ...empty,
  protocol: 'tcp',
  from_port: port,
  to_port: port,
  cidr_blocks,
})
const allOut = { ...empty, protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }
const client = { id: 'sg-0c', name: 'client', vpc_id: 'vpc-0a', ingress: [], egress: [allOut] }
const group = (...ingress: object[]) => ({
  id: 'sg-0d',
  name: 'server',
  vpc_id: 'vpc-0a',
  ingress,
  egress: [] as object[],
})
const machine = (id: string, private_ip: string, sg: string, Name: string) => ({
  id: `i-0${id}`,
  primary_network_interface_id: `eni-0${id}`,
  subnet_id: 'subnet-0a',
  private_ip,
  vpc_security_group_ids: [sg],
  tags: { Name },
})
const rule = { type: 'ingress', security_group_id: 'sg-0d', protocol: 'tcp', from_port: 22, to_port: 22 }
const newRule = { security_group_id: 'sg-0d', ip_protocol: 'tcp', from_port: 22, to_port: 22 }

function same(values: Record<string, unknown>): Planned {
  return { was: values, is: values, actions: ['no-op'] }
}

const base: Record<string, Planned> = {
  'aws_vpc.v': same(vpc),
  'aws_subnet.s': same(subnet),
  'aws_security_group.client': same(client),
  'aws_security_group.server': same(group()),
  'aws_instance.client': same(machine('c', '10.0.1.10', 'sg-0c', 'client')),
  'aws_instance.server': same(machine('d', '10.0.1.20', 'sg-0d', 'server')),
}

function worlds(resources: Record<string, Planned>) {
  return planWorlds(sourceOf(plan({ ...base, ...resources })))
}

function told(resources: Record<string, Planned>): string[] {
  const { before, between, after } = worlds(resources)
  const rows = meanwhile({ before, between, after }, 'interface')
  return rows.map(
    ({ result, from, to, services }) => `${result}: ${from.name} > ${to.name} ${services.map(ruleText).join('; ')}`,
  )
}

const cidr = (...cidr_blocks: string[]) => ({ ...rule, cidr_blocks })
const closed = 'closed meanwhile: client > server tcp 22'

describe('closed for a while', () => {
  test.each<[string, Record<string, Planned>, string[]]>([
    [
      'a rule that is destroyed and created again, wider',
      {
        'aws_security_group_rule.x': {
          was: cidr('10.0.0.0/16'),
          is: cidr('10.0.0.0/8'),
          actions: ['delete', 'create'],
        },
      },
      [closed],
    ],
    [
      'not one that is created before the old one is destroyed',
      {
        'aws_security_group_rule.x': {
          was: cidr('10.0.0.0/16'),
          is: cidr('10.0.0.0/8'),
          actions: ['create', 'delete'],
        },
      },
      [],
    ],
    [
      'not one that AWS modifies in place',
      {
        'aws_vpc_security_group_ingress_rule.x': {
          was: { ...newRule, id: 'sgr-01', cidr_ipv4: '10.0.0.0/16' },
          is: { ...newRule, id: 'sgr-01', cidr_ipv4: '10.0.0.0/8' },
          actions: ['update'],
        },
      },
      [],
    ],
    ['not what stays closed', { 'aws_security_group_rule.x': { was: cidr('10.0.0.0/16'), actions: ['delete'] } }, []],
    [
      'a rule that moves to another kind of resource',
      {
        'aws_security_group_rule.x': { was: cidr('10.0.0.0/16'), actions: ['delete'] },
        'aws_vpc_security_group_ingress_rule.x': { is: { ...newRule, cidr_ipv4: '10.0.0.0/16' }, actions: ['create'] },
      },
      [closed],
    ],
    [
      'rules inside of a group that is updated: the old ones are revoked first',
      {
        'aws_security_group.server': {
          was: group(tcp(22, '10.0.0.0/16'), tcp(80, '10.0.0.0/16')),
          is: group(tcp(22, '10.0.0.0/8'), tcp(80, '10.0.0.0/16')),
          actions: ['update'],
        },
      },
      [closed],
    ],
    [
      'an instance that is replaced',
      {
        'aws_security_group.server': same(group(tcp(22, '10.0.0.0/16'))),
        'aws_instance.server': {
          was: machine('d', '10.0.1.20', 'sg-0d', 'server'),
          is: {
            subnet_id: 'subnet-0a',
            vpc_security_group_ids: ['sg-0d'],
            private_ip: '10.0.1.20',
            tags: { Name: 'server' },
          },
          unknown: { id: true, primary_network_interface_id: true },
          actions: ['delete', 'create'],
        },
      },
      [closed],
    ],
  ])('%s', (_, resources, expected) => {
    expect(told(resources)).toEqual(expected)
  })
})

test('open for a while: an ACL’s deny is destroyed before it is created again', () => {
  const acl = { id: 'acl-0b', vpc_id: 'vpc-0a', subnet_ids: ['subnet-0b'], ingress: [], egress: [] }
  const entry = {
    network_acl_id: 'acl-0b',
    cidr_block: '0.0.0.0/0',
    protocol: '-1',
    rule_action: 'allow',
    rule_number: 100,
  }
  const deny = { ...entry, rule_action: 'deny', egress: false, protocol: 'tcp', from_port: 22, to_port: 22 }
  const resources = {
    'aws_subnet.t': same({ ...subnet, id: 'subnet-0b', cidr_block: '10.0.2.0/24' }),
    'aws_network_acl.n': same(acl),
    'aws_network_acl_rule.in': same({ ...entry, egress: false }),
    'aws_network_acl_rule.out': same({ ...entry, egress: true }),
    'aws_network_acl_rule.no': {
      was: { ...deny, rule_number: 50 },
      is: { ...deny, rule_number: 60 },
      actions: ['delete', 'create'],
    },
    'aws_security_group.server': same(group(tcp(22, '10.0.0.0/16'))),
    'aws_instance.server': same({ ...machine('d', '10.0.2.20', 'sg-0d', 'server'), subnet_id: 'subnet-0b' }),
  }
  expect(told(resources)).toEqual(['open meanwhile: client > server tcp 22'])
})

test('a rule that moves between resources of one group is told: AWS takes no second one', () => {
  const moving = {
    'aws_security_group_rule.x': { was: cidr('10.0.0.0/16'), actions: ['delete'] },
    'aws_vpc_security_group_ingress_rule.x': { is: { ...newRule, cidr_ipv4: '10.0.0.0/16' }, actions: ['create'] },
  }
  const names = worlds(moving).moved.map(({ from, to }) => [from.name, to.name])
  expect(names).toEqual([['aws_security_group_rule.x', 'aws_vpc_security_group_ingress_rule.x']])
  const other = { ...moving, 'aws_vpc_security_group_ingress_rule.x': { is: { ...newRule, cidr_ipv4: '10.0.0.0/8' } } }
  expect(worlds(other).moved).toEqual([])
})

describe('a group that is replaced', () => {
  const replaced = (actions: readonly string[]): Record<string, Planned> => ({
    'aws_security_group.server': {
      was: group(tcp(22, '10.0.0.0/16')),
      is: { name: 'server', vpc_id: 'vpc-0a', ingress: [tcp(22, '10.0.0.0/16')], egress: [] },
      unknown: { id: true },
      actions,
    },
    'aws_instance.server': {
      was: machine('d', '10.0.1.20', 'sg-0d', 'server'),
      is: { ...machine('d', '10.0.1.20', 'sg-0d', 'server'), vpc_security_group_ids: undefined },
      refs: { vpc_security_group_ids: ['aws_security_group.server.id', 'aws_security_group.server'] },
    },
  })

  test('cannot be deleted while interfaces carry it, so its own rules stay', () => {
    expect(told(replaced(['delete', 'create']))).toEqual([])
    const { stuck } = worlds(replaced(['delete', 'create']))
    expect(stuck).toEqual([
      {
        group: 'sg-0d',
        origin: { file: 'plan.json', line: 1, name: 'aws_security_group.server' },
        carriedBy: ['eni-0d'],
      },
    ])
  })

  test('is no trouble with create_before_destroy', () => {
    expect(worlds(replaced(['create', 'delete'])).stuck).toEqual([])
  })
})
