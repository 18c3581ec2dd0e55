/** Interfaces, addresses and networks of Terraform: each row a plan and what it leads to. */

import { describe, expect, test } from 'vitest'
import { terraformWorld } from '../../src/import/terraform/read-terraform.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { type Planned, plan, sourceOf } from './plan.ts'
import { doubtsTold, interfacesTold } from './told.ts'

const inVpc = { vpc_id: ['aws_vpc.v.id', 'aws_vpc.v'] }
const base: Record<string, Planned> = {
  'aws_vpc.v': { is: { cidr_block: '10.0.0.0/16' } },
  'aws_subnet.s["a"]': { is: { cidr_block: '10.0.1.0/24' }, refs: inVpc },
  'aws_subnet.s["b"]': { is: { cidr_block: '10.0.2.0/24' }, refs: inVpc },
  'aws_security_group.web': { is: { name: 'web' }, refs: inVpc },
  'aws_security_group.db': { is: { name: 'db' }, refs: inVpc },
}
const carriesWeb = { vpc_security_group_ids: ['aws_security_group.web.id'] }
const inA = { subnet_id: ['aws_subnet.s["a"].id'] }
const bothSubnets = ['aws_subnet.s']

function world(resources: Record<string, Planned>) {
  return terraformWorld(sourceOf(plan({ ...base, ...resources })))
}

describe('interfaces', () => {
  test.each<[string, Record<string, Planned>, string[]]>([
    [
      'an instance, called by its address, at the first address of its subnet',
      { 'aws_instance.i': { is: {}, refs: { ...inA, ...carriesWeb } } },
      ['aws_instance.i 10.0.1.4 in web'],
    ],
    [
      'instances by the key of their subnets',
      {
        'aws_instance.i["b"]': {
          is: { tags: { Name: 'one' } },
          refs: { subnet_id: ['aws_subnet.s', 'each.key'], ...carriesWeb },
        },
      },
      ['one 10.0.2.4 in web'],
    ],
    [
      'an instance by its number of the subnets in order',
      { 'aws_instance.i[1]': { is: {}, refs: { subnet_id: ['aws_subnet.s', 'count.index'], ...carriesWeb } } },
      ['aws_instance.i[1] 10.0.2.4 in web'],
    ],
    [
      'an address that is told, and secondary ones',
      {
        'aws_instance.i': {
          is: { private_ip: '10.0.1.9', secondary_private_ips: ['10.0.1.10'] },
          refs: { ...inA, ...carriesWeb },
        },
      },
      ['aws_instance.i 10.0.1.9 10.0.1.10 in web'],
    ],
    [
      'without groups, the default one of the VPC',
      { 'aws_instance.i': { is: {}, refs: inA } },
      ['aws_instance.i 10.0.1.4 in default'],
    ],
    [
      'a public address, where one is asked for',
      { 'aws_instance.i': { is: { associate_public_ip_address: true }, refs: { ...inA, ...carriesWeb } } },
      ['aws_instance.i 10.0.1.4 in web at 192.88.99.1'],
    ],
    [
      'an elastic address',
      {
        'aws_instance.i': { is: {}, refs: { ...inA, ...carriesWeb } },
        'aws_eip.e': { is: { domain: 'vpc' }, refs: { instance: ['aws_instance.i.id', 'aws_instance.i'] } },
      },
      ['aws_instance.i 10.0.1.4 in web at 192.88.99.1'],
    ],
    [
      'an interface of its own, attached as the first of an instance',
      {
        'aws_network_interface.n': { is: {}, refs: { ...inA, security_groups: ['aws_security_group.db.id'] } },
        'aws_instance.i': {
          is: { network_interface: [{ device_index: 0 }] },
          unknown: { network_interface: [{ network_interface_id: true }] },
          expressions: {
            network_interface: [{ network_interface_id: { references: ['aws_network_interface.n.id'] } }],
          },
        },
      },
      ['aws_network_interface.n 10.0.1.4 in db'],
    ],
    [
      'a group that is attached apart',
      {
        'aws_instance.i': { is: {}, refs: { ...inA, ...carriesWeb } },
        'aws_network_interface_sg_attachment.x': {
          is: {},
          refs: {
            security_group_id: ['aws_security_group.db.id'],
            network_interface_id: ['aws_instance.i.primary_network_interface_id', 'aws_instance.i'],
          },
        },
      },
      ['aws_instance.i 10.0.1.4 in web, db'],
    ],
    [
      'a load balancer in each of its subnets',
      {
        'aws_lb.l': {
          is: { internal: true },
          refs: { subnets: bothSubnets, security_groups: ['aws_security_group.web.id'] },
        },
      },
      ['aws_lb.l subnet-', 'aws_lb.l subnet-'],
    ],
    [
      'a database in the subnets of its subnet group',
      {
        'aws_db_subnet_group.g': { is: { name: 'g' }, refs: { subnet_ids: ['aws_subnet.s["b"].id'] } },
        'aws_db_instance.d': {
          is: { db_subnet_group_name: 'g' },
          refs: { vpc_security_group_ids: ['aws_security_group.db.id'] },
        },
      },
      ['aws_db_instance.d 10.0.2.4 in db'],
    ],
    [
      'a function in a VPC, and none of one that is not',
      {
        'aws_lambda_function.f': {
          is: { vpc_config: [{}] },
          unknown: { vpc_config: [{ subnet_ids: true, security_group_ids: true }] },
          expressions: {
            vpc_config: [
              {
                subnet_ids: { references: ['aws_subnet.s["a"].id'] },
                security_group_ids: { references: ['aws_security_group.web.id'] },
              },
            ],
          },
        },
        'aws_lambda_function.g': { is: { vpc_config: [] } },
      },
      ['aws_lambda_function.f 10.0.1.4 in web'],
    ],
    [
      'instances of a scaling group, with the groups of its launch template',
      {
        'aws_launch_template.t': { is: { name: 't' }, refs: carriesWeb },
        'aws_autoscaling_group.g': {
          is: { launch_template: [{}] },
          refs: { vpc_zone_identifier: ['aws_subnet.s["a"].id'] },
          unknown: { launch_template: [{ id: true }] },
          expressions: {
            launch_template: [{ id: { references: ['aws_launch_template.t.id', 'aws_launch_template.t'] } }],
          },
        },
      },
      ['aws_autoscaling_group.g 10.0.1.4 in web'],
    ],
  ])('%s', (_, resources, expected) => {
    const imported = world(resources)
    expect(interfacesTold(imported)).toEqual(expected.map((each) => expect.stringContaining(each)))
    expect(doubtsTold(imported)).toEqual([])
  })
})

/** What is only possible, as what would open. */
function undetermined(resources: Record<string, Planned>): string[] {
  const { certain, possible } = world(resources)
  return compareWorlds(certain, possible, 'interface').rows.map(
    ({ result, from, to, services }) => `${result} ${from.name} > ${to.name}: ${services.map(ruleText).join('; ')}`,
  )
}

const open = (ports: object, peer: object): Planned => ({
  is: { ip_protocol: 'tcp', ...ports, ...peer },
  refs: { security_group_id: ['aws_security_group.db.id'] },
})
const ssh = { from_port: 22, to_port: 22 }
const pair: Record<string, Planned> = {
  'aws_instance.web': { is: {}, refs: { ...inA, ...carriesWeb } },
  'aws_instance.db': {
    is: {},
    refs: { subnet_id: ['aws_subnet.s["b"].id'], vpc_security_group_ids: ['aws_security_group.db.id'] },
  },
  'aws_vpc_security_group_egress_rule.out': {
    is: { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
    refs: { security_group_id: ['aws_security_group.web.id'] },
  },
}

describe('what is known only after it is applied', () => {
  test.each<[string, Record<string, Planned>, string[], string[]]>([
    [
      'a rule for a part of a subnet may be for an address that is not known yet',
      { 'aws_vpc_security_group_ingress_rule.x': open(ssh, { cidr_ipv4: '10.0.1.128/25' }) },
      ['opens aws_instance.web > aws_instance.db: tcp 22'],
      ['10.0.1.128/25, which a rule names, is a part of where AWS will put it'],
    ],
    [
      'one for the whole of it is',
      { 'aws_vpc_security_group_ingress_rule.x': open(ssh, { cidr_ipv4: '10.0.1.0/24' }) },
      [],
      [],
    ],
    [
      'a subnet of others has an ACL and routes that nobody knows',
      {
        'aws_instance.web': { is: { subnet_id: 'subnet-0b' }, refs: carriesWeb },
        'aws_vpc_security_group_ingress_rule.x': open(ssh, { cidr_ipv4: '0.0.0.0/0' }),
      },
      ['may open aws_instance.web > internet: all traffic', 'opens aws_instance.web > aws_instance.db: tcp 22'],
      ['Nothing tells of subnet-0b: its ACL and its routes are not known.'],
    ],
    [
      'groups that are not known may allow anything',
      {
        'aws_instance.db': {
          is: {},
          refs: { subnet_id: ['aws_subnet.s["b"].id'], vpc_security_group_ids: ['local.groups'] },
        },
      },
      ['opens aws_instance.web > aws_instance.db: all traffic'],
      ['Which groups it carries is known only after it is applied.'],
    ],
    [
      'which of two subnets with the same ACL and table it is in does not matter',
      {
        'aws_instance.db': {
          is: {},
          refs: {
            subnet_id: ['aws_subnet.s["a"].id', 'aws_subnet.s["b"].id'],
            vpc_security_group_ids: ['aws_security_group.db.id'],
          },
        },
      },
      [],
      ['Which of several subnets it is in is known only after it is applied.'],
    ],
    [
      'a subnet that may be at an ACL or not is at one that nobody knows',
      {
        'aws_network_acl.n': { is: { ingress: [], egress: [] }, refs: { ...inVpc, subnet_ids: ['local.subnets'] } },
        'aws_vpc_security_group_ingress_rule.x': open(ssh, { cidr_ipv4: '0.0.0.0/0' }),
      },
      ['opens aws_instance.web > aws_instance.db: tcp 22'],
      ['Which subnets it is at is known only after it is applied.'],
    ],
    [
      'resources with groups that no reader knows are listed',
      { 'aws_dax_cluster.d': { is: { security_group_ids: ['sg-0c'] } } },
      [],
      ['What interfaces a aws_dax_cluster has is not read. It carries sg-0c.'],
    ],
  ])('%s', (_, resources, expected, doubts) => {
    expect(undetermined({ ...pair, ...resources })).toEqual(expected)
    expect(world({ ...pair, ...resources }).doubts.map(({ what }) => what)).toEqual(
      doubts.map((each) => expect.stringContaining(each)),
    )
  })
})
