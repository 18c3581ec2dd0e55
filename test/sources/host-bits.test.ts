/** Host bits of CIDRs in templates and plans: the world masks them as AWS does, and lint says where they were written. */

import { expect, test } from 'vitest'
import { importTemplates } from '../../src/import/cloudformation/import-templates.ts'
import type { Imported } from '../../src/import/imported.ts'
import { terraformWorld } from '../../src/import/terraform/read-terraform.ts'
import { lint } from '../../src/reach/lint/lint.ts'
import { type Planned, plan, sourceOf } from './plan.ts'

/** `7 Group: …67.221.169.243/0…`: line, name and message of each finding. */
function found({ certain, possible, origins, written = new Map() }: Imported): string[] {
  const settings = { written, adminServices: [], intended: undefined }
  return lint({ certain, possible, settings, only: ['SG-RULE-HOST-BITS'] }).findings.map(({ on, message }) => {
    const { line, name } = origins.get(on) ?? { line: 0, name: 'nobody' }
    return `${line} ${name}: ${message}`
  })
}

const ssh = 'IpProtocol: tcp, FromPort: 22, ToPort: 22'

function template(rules: string): Imported {
  const text = `Resources:
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: 10.0.0.0/16 } }
  Web: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: d, VpcId: !Ref Vpc } }
  Db:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: d
      VpcId: !Ref Vpc
${rules}`
  return importTemplates([{ file: 'a.yaml', text, stack: '' }], {
    account: '123456789012',
    region: 'us-east-1',
    parameters: {},
  })
}

test.each([
  [
    'in a list of a group',
    `      SecurityGroupIngress:
        - { ${ssh}, CidrIp: 10.0.0.0/8 }
        - { ${ssh}, CidrIp: 67.221.169.243/0 }`,
    ['11 Db', '67.221.169.243/0'],
  ],
  [
    'in a resource of its own',
    `  Rule:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: { GroupId: !GetAtt Web.GroupId, ${ssh}, CidrIpv6: '2001:DB8::5/64' }`,
    ['9 Rule', '2001:DB8::5/64'],
  ],
  [
    'in an entry of a network ACL',
    `  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: !Ref Vpc } }
  Entry:
    Type: AWS::EC2::NetworkAclEntry
    Properties: { NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, RuleAction: allow, CidrBlock: 10.0.0.5/8 }`,
    ['10 Entry', '10.0.0.5/8'],
  ],
  [
    'in an entry of a prefix list',
    `  List:
    Type: AWS::EC2::PrefixList
    Properties:
      PrefixListName: office
      AddressFamily: IPv4
      Entries:
        - { Cidr: 192.0.2.0/24 }
        - { Cidr: 203.0.113.9/28 }`,
    ['16 List', '203.0.113.9/28'],
  ],
])('a template has them %s', (_, rules, [place = '', cidr = '']) => {
  expect(found(template(rules))).toEqual([expect.stringMatching(new RegExp(`^${place}: .*${cidr}`))])
})

test('a template that spells an address otherwise has none', () => {
  const rule = `{ ${ssh}, CidrIpv6: '2001:DB8:0::/64' }`
  expect(found(template(`      SecurityGroupIngress: [${rule}, { ${ssh}, CidrIp: 10.0.0.0/8 }]`))).toEqual([])
})

const inWeb = { security_group_id: ['aws_security_group.web.id', 'aws_security_group.web'] }
const ports = { from_port: 22, to_port: 22 }

function anyEntry(number: number, block: string) {
  return { rule_no: number, protocol: '-1', action: 'allow', from_port: 0, to_port: 0, cidr_block: block }
}

test.each<[string, Record<string, Planned>, string]>([
  [
    'an old rule',
    {
      'aws_security_group_rule.x': {
        is: { type: 'ingress', protocol: 'tcp', ...ports, cidr_blocks: ['192.0.2.0/24', '10.0.0.5/24'] },
        refs: inWeb,
      },
    },
    'aws_security_group_rule.x: .*10.0.0.5/24',
  ],
  [
    'a new rule',
    {
      'aws_vpc_security_group_ingress_rule.x': {
        is: { ip_protocol: 'tcp', ...ports, cidr_ipv4: '10.0.0.5/24' },
        refs: inWeb,
      },
    },
    'aws_vpc_security_group_ingress_rule.x: .*10.0.0.5/24',
  ],
  [
    'an entry inside of a network ACL',
    {
      'aws_network_acl.x': {
        is: {
          ingress: [anyEntry(100, '10.0.0.5/24'), anyEntry(110, '10.0.1.0/24')],
          egress: [{ ...anyEntry(100, ''), ipv6_cidr_block: '2001:db8::/64' }],
        },
      },
    },
    'aws_network_acl.x: .*10.0.0.5/24',
  ],
  [
    'an entry of its own, in IPv6',
    {
      'aws_network_acl.x': { is: { ingress: [], egress: [] } },
      'aws_network_acl_rule.y': {
        is: { rule_number: 90, egress: true, protocol: '-1', rule_action: 'deny', ipv6_cidr_block: '2001:db8::5/64' },
        refs: { network_acl_id: ['aws_network_acl.x.id', 'aws_network_acl.x'] },
      },
    },
    'aws_network_acl_rule.y: .*2001:db8::5/64',
  ],
  [
    'an entry of a prefix list',
    {
      'aws_ec2_managed_prefix_list.x': {
        is: { name: 'office', address_family: 'IPv4', entry: [{ cidr: '192.0.2.0/24' }, { cidr: '203.0.113.9/28' }] },
      },
    },
    'aws_ec2_managed_prefix_list.x: .*203.0.113.9/28',
  ],
  [
    'an entry of its own of a prefix list',
    {
      'aws_ec2_managed_prefix_list.x': { is: { name: 'office', address_family: 'IPv4', entry: [] } },
      'aws_ec2_managed_prefix_list_entry.y': {
        is: { cidr: '203.0.113.9/28' },
        refs: { prefix_list_id: ['aws_ec2_managed_prefix_list.x.id', 'aws_ec2_managed_prefix_list.x'] },
      },
    },
    'aws_ec2_managed_prefix_list_entry.y: .*203.0.113.9/28',
  ],
])('a plan has them in %s', (_, resources, pattern) => {
  const planned = plan({ 'aws_security_group.web': { is: { name: 'web' } }, ...resources })
  expect(found(terraformWorld(sourceOf(planned)))).toEqual([expect.stringMatching(pattern)])
})
