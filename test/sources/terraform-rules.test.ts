/** How Terraform writes rules, and what becomes of them: each row a plan and the rules it leads to. */

import { describe, expect, test } from 'vitest'
import { terraformWorld } from '../../src/import/terraform/read-terraform.ts'
import { type Planned, plan, sourceOf } from './plan.ts'
import { doubtsTold, rulesTold } from './told.ts'

const web: Planned = { is: { name: 'web' } }
const app: Planned = { is: { name: 'app' } }
const groups = { 'aws_security_group.web': web, 'aws_security_group.app': app }
const inWeb = { security_group_id: ['aws_security_group.web.id', 'aws_security_group.web'] }

function rule(is: Record<string, unknown>, more: Planned = {}): Planned {
  return {
    is: { type: 'ingress', protocol: 'tcp', from_port: 22, to_port: 22, ...is },
    ...more,
    refs: { ...inWeb, ...more.refs },
  }
}

function newRule(is: Record<string, unknown>, more: Planned = {}): Planned {
  return { is: { ip_protocol: 'tcp', from_port: 22, to_port: 22, ...is }, ...more, refs: { ...inWeb, ...more.refs } }
}

const rules = 'aws_security_group_rule.x'
const ingress = 'aws_vpc_security_group_ingress_rule.x'
const block = {
  description: '',
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_blocks: [] as string[],
  ipv6_cidr_blocks: [] as string[],
  prefix_list_ids: [] as string[],
  security_groups: [] as string[],
  self: false,
}

describe('rules that are known', () => {
  test.each<[string, Record<string, Planned>, string[]]>([
    ['a group without egress has none: Terraform takes AWS’s own away', {}, []],
    [
      'several CIDRs of both families are several rules',
      { [rules]: rule({ cidr_blocks: ['10.0.0.0/8', '192.0.2.0/24'], ipv6_cidr_blocks: ['::/0'] }) },
      [
        'web ingress tcp 22-22 from 10.0.0.0/8',
        'web ingress tcp 22-22 from 192.0.2.0/24',
        'web ingress tcp 22-22 from ::/0',
      ],
    ],
    ['self is the group itself', { [rules]: rule({ self: true }) }, ['web ingress tcp 22-22 from web']],
    [
      'self hides nothing that is beside it (checkov#6073)',
      { [rules]: rule({ self: true, cidr_blocks: ['0.0.0.0/0'] }) },
      ['web ingress tcp 22-22 from 0.0.0.0/0', 'web ingress tcp 22-22 from web'],
    ],
    [
      'ports of all protocols do not matter',
      { [rules]: rule({ protocol: '-1', from_port: 0, to_port: 0, type: 'egress', cidr_blocks: ['0.0.0.0/0'] }) },
      ['web egress all to 0.0.0.0/0'],
    ],
    [
      'host bits are masked',
      { [ingress]: newRule({ cidr_ipv4: '10.0.0.5/8' }) },
      ['web ingress tcp 22-22 from 10.0.0.0/8'],
    ],
    [
      'ICMP has a type and a code',
      { [ingress]: newRule({ ip_protocol: 'icmp', from_port: 8, to_port: 0, cidr_ipv4: '10.0.0.0/8' }) },
      ['web ingress icmp 8/0 from 10.0.0.0/8'],
    ],
    [
      'a rule for egress says so by its type',
      { 'aws_vpc_security_group_egress_rule.x': newRule({ cidr_ipv6: '::/0' }) },
      ['web egress tcp 22-22 to ::/0'],
    ],
    [
      'rules inside of a group',
      {
        'aws_security_group.web': {
          is: { name: 'web', ingress: [{ ...block, cidr_blocks: ['10.0.0.0/8'], self: true }], egress: [] },
        },
      },
      ['web ingress tcp 22-22 from 10.0.0.0/8', 'web ingress tcp 22-22 from web'],
    ],
    [
      'a managed prefix list',
      {
        'aws_ec2_managed_prefix_list.l': {
          is: { name: 'partners', address_family: 'IPv4', entry: [{ cidr: '192.0.2.0/24' }] },
        },
        [ingress]: newRule({}, { refs: { prefix_list_id: ['aws_ec2_managed_prefix_list.l.id'] } }),
      },
      ['web ingress tcp 22-22 from partners'],
    ],
  ])('%s', (_, resources, expected) => {
    const imported = terraformWorld(sourceOf(plan({ ...groups, ...resources })))
    expect(rulesTold(imported)).toEqual(expected)
    expect(doubtsTold(imported)).toEqual([])
    expect(imported.possible).toBe(imported.certain)
  })
})

const anybody = ['? web ingress tcp 22-22 from 0.0.0.0/0', '? web ingress tcp 22-22 from ::/0']

describe('what is known only after it is applied', () => {
  test.each<[string, Record<string, Planned>, string[], string[]]>([
    [
      'a group that is referred to is that group (checkov#6624)',
      {
        [ingress]: newRule(
          {},
          { refs: { referenced_security_group_id: ['aws_security_group.app.id', 'aws_security_group.app'] } },
        ),
      },
      ['web ingress tcp 22-22 from app'],
      [],
    ],
    [
      'one of two groups is perhaps either',
      {
        [ingress]: newRule(
          {},
          {
            refs: {
              referenced_security_group_id: ['var.is_app', 'aws_security_group.app.id', 'aws_security_group.web.id'],
            },
          },
        ),
      },
      ['? web ingress tcp 22-22 from app', '? web ingress tcp 22-22 from web'],
      ['Which group it names is known only after it is applied.'],
    ],
    [
      'each.value of a map of several is perhaps any of them',
      {
        [`${ingress}["b"]`]: newRule(
          {},
          {
            refs: { referenced_security_group_id: ['each.value'] },
            forEach: ['aws_security_group.app.id', 'aws_security_group.web.id'],
          },
        ),
      },
      ['? web ingress tcp 22-22 from app', '? web ingress tcp 22-22 from web'],
      ['Which group it names is known only after it is applied.'],
    ],
    [
      'a local that no file shows is perhaps anybody',
      { [ingress]: newRule({}, { refs: { referenced_security_group_id: ['local.group'] } }) },
      anybody,
      ['Which group it names is known only after it is applied.'],
    ],
    [
      'an address is perhaps any',
      { [ingress]: newRule({}, { refs: { cidr_ipv4: ['aws_eip.x.public_ip', 'aws_eip.x'] } }) },
      anybody,
      ['An address that it names is known only after it is applied.'],
    ],
    [
      'a list whose entries are not known is perhaps everybody: the list says so',
      {
        'aws_ec2_managed_prefix_list.l': {
          is: { name: 'partners', address_family: 'IPv4' },
          refs: { entry: ['var.entries'] },
        },
        [ingress]: newRule({}, { refs: { prefix_list_id: ['aws_ec2_managed_prefix_list.l.id'] } }),
      },
      ['web ingress tcp 22-22 from partners'],
      ['The entries of pl-'],
    ],
    [
      'ports that are not known are perhaps all traffic',
      { [ingress]: newRule({ from_port: undefined, cidr_ipv4: '10.0.0.0/8' }, { refs: { from_port: ['var.x'] } }) },
      ['? web ingress all from 0.0.0.0/0', '? web ingress all from ::/0'],
      ['What it allows is known only after it is applied.'],
    ],
    [
      'a group that is not known is perhaps each of them',
      { [ingress]: { ...newRule({ cidr_ipv4: '10.0.0.0/8' }), refs: { security_group_id: ['local.group'] } } },
      ['? app ingress tcp 22-22 from 10.0.0.0/8', '? web ingress tcp 22-22 from 10.0.0.0/8'],
      ['Which group it is in is known only after it is applied.'],
    ],
    [
      'a dynamic block that no file shows names perhaps anybody',
      {
        'aws_security_group.web': {
          is: { name: 'web', ingress: [block] },
          unknown: { ingress: [{ security_groups: true }] },
          expressions: { ingress: undefined },
        },
      },
      anybody,
      ['Which group it names is known only after it is applied.'],
    ],
  ])('%s', (_, resources, expected, doubts) => {
    const imported = terraformWorld(sourceOf(plan({ ...groups, ...resources })))
    expect(rulesTold(imported)).toEqual(expected)
    expect(imported.doubts.map(({ what }) => what)).toEqual(doubts.map((each) => expect.stringContaining(each)))
  })
})

describe('the files beside a plan', () => {
  const text = `
locals {
  # The group that may log in.
  bastion = aws_security_group.app.id
}

resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port = 443
    to_port   = 443
  }
  dynamic "ingress" {
    for_each = [22]
    content {
      from_port       = ingress.value
      security_groups = [aws_security_group.app.id]
    }
  }
}
`
  const file = { path: 'main.tf', text, module: '' }

  test('show what a local refers to', () => {
    const resources = { [ingress]: newRule({}, { refs: { referenced_security_group_id: ['local.bastion'] } }) }
    const imported = terraformWorld(sourceOf(plan({ ...groups, ...resources }), file))
    expect(rulesTold(imported)).toEqual(['web ingress tcp 22-22 from app'])
  })

  test('show dynamic blocks, and on which line rules are', () => {
    const open = { ...block, from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] }
    const resources = {
      'aws_security_group.web': {
        is: { name: 'web', ingress: [open, block] },
        unknown: { ingress: [{}, { security_groups: true }] },
        expressions: { ingress: { constant_value: [open] } },
      },
    }
    const imported = terraformWorld(sourceOf(plan({ ...groups, ...resources }), file))
    expect(rulesTold(imported)).toEqual(['web ingress tcp 22-22 from app', 'web ingress tcp 443-443 from 0.0.0.0/0'])
    const group = Array.from(imported.certain.securityGroup.values()).find(({ name }) => name === 'web')
    const lines = group?.rules.map(({ id }) => imported.origins.get(id))
    expect(lines).toEqual([
      { file: 'main.tf', line: 9, name: 'aws_security_group.web' },
      { file: 'main.tf', line: 13, name: 'aws_security_group.web' },
    ])
  })
})

describe('a group that is there already', () => {
  const old = { ...block, cidr_blocks: ['10.0.0.0/8', '172.16.0.0/12'] }
  const there = { id: 'sg-0a', name: 'web', ingress: [old], egress: [] }

  test('lists rules of their own as if they were inside, and those that go are not taken for ones that stay', () => {
    const resources = {
      'aws_security_group.web': { was: there, is: there, expressions: noBlocks, actions: ['no-op'] },
      [rules]: {
        was: { ...rule({ cidr_blocks: ['10.0.0.0/8'] }).is, security_group_id: 'sg-0a' },
        actions: ['delete'],
      },
    }
    expect(rulesTold(terraformWorld(sourceOf(plan(resources))))).toEqual([
      // Nobody's resource: added by hand, and Terraform leaves it alone.
      'web ingress tcp 22-22 from 172.16.0.0/12',
    ])
  })

  test('that is replaced is the same group: what replaces it takes its id', () => {
    const resources = {
      'aws_security_group.web': {
        was: there,
        is: { name: 'web' },
        actions: ['delete', 'create'],
        unknown: { id: true },
      },
    }
    expect([...terraformWorld(sourceOf(plan(resources))).certain.securityGroup.keys()]).toEqual(['sg-0a'])
  })
})

const noBlocks = { ingress: undefined, egress: undefined }
