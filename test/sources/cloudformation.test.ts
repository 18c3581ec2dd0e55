/** Templates of real shape read as worlds: what is certain, what is possible, what is not understood. */

import { describe, expect, test } from 'vitest'
import { readSource } from '../../src/app/source.ts'
import { importTemplates } from '../../src/import/cloudformation/import-templates.ts'
import type { Given } from '../../src/import/cloudformation/template.ts'
import type { Imported } from '../../src/import/imported.ts'
import type { World } from '../../src/model/world.ts'
import { servicesNamed } from '../../src/reach/packet-set/service-name.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { labelsBy } from '../../src/reach/reachability/labels.ts'
import { listReachability } from '../../src/reach/reachability/listing.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { selectionOf } from '../../src/reach/reachability/selection.ts'

const given: Given = { account: '123456789012', region: 'us-east-1', parameters: {} }

/** `a > b tcp 80`, with `?` where it is not determined. */
function opened(world: World, kind: 'interface' | 'group' = 'interface'): string[] {
  const reachability = new Reachability(world)
  const all = selectionOf(reachability, undefined)
  const query = {
    from: all,
    to: all,
    labels: labelsBy(world, kind),
    on: servicesNamed(reachability.diagrams, undefined),
  }
  return listReachability(reachability, query).map(({ from, to, services, result }) => {
    return `${from.name} > ${to.name} ${services.map(ruleText).join(', ')}${result === 'reachable' ? '' : '?'}`
  })
}

function doubtsOf({ doubts }: Imported): string[] {
  return doubts.map(({ what, origin }) => `${origin.line}: ${what}`)
}

function read(text: string, parameters: Given['parameters'] = {}): Imported {
  return importTemplates([{ file: 'template.yaml', text, stack: '' }], { ...given, parameters })
}

describe('what cdk synth writes', () => {
  const shop = readSource('test/fixtures/cdk/cdk.out')

  test('is known in all its parts', () => {
    expect(doubtsOf(shop)).toEqual([])
    expect(shop.possible).toBe(shop.certain)
  })

  test('opens what the app says', () => {
    expect(opened(shop.certain)).toMatchInlineSnapshot(`
      [
        "Shop/Balancer > Shop/Balancer-2 tcp 443",
        "Shop/Balancer > Shop/Vault tcp 22",
        "Shop/Balancer > Shop/Web tcp 8080",
        "Shop/Balancer > internet all traffic",
        "Shop/Balancer-2 > Shop/Balancer tcp 443",
        "Shop/Balancer-2 > Shop/Vault tcp 22",
        "Shop/Balancer-2 > Shop/Web tcp 8080",
        "Shop/Balancer-2 > internet all traffic",
        "Shop/Web > Shop/Balancer tcp 443",
        "Shop/Web > Shop/Balancer-2 tcp 443",
        "Shop/Web > Shop/Database tcp 5432",
        "Shop/Web > Shop/Database-2 tcp 5432",
        "Shop/Web > Shop/Vault tcp 22",
        "internet > Shop/Balancer tcp 443",
        "internet > Shop/Balancer-2 tcp 443",
        "Shop/Web > internet all traffic?",
      ]
    `)
  })

  test('names where each object stands in the template', () => {
    const group = Array.from(shop.certain.securityGroup.values()).find((each) => each.description === 'web servers')
    const [rule] = group?.rules.filter(({ direction }) => direction === 'ingress') ?? []
    expect(shop.origins.get(group?.id ?? '')).toMatchObject({ name: 'WebGroupEF1EEEC0' })
    const origin = shop.origins.get(rule?.id ?? '')
    expect(origin?.name).toBe('WebGroupfromShopBalancerGroup7130114980803CF45E6C')
    expect(origin?.file).toBe('test/fixtures/cdk/cdk.out/Shop.template.json')
    expect(origin?.line).toBeGreaterThan(400)
  })

  test('holds the placeholder for no egress at all, by which nothing leaves (cfsec#37)', () => {
    const group = Array.from(shop.certain.securityGroup.values()).find((each) => each.description === 'database')
    expect(group?.rules.filter(({ direction }) => direction === 'egress')).toMatchObject([
      { traffic: { protocol: 'icmp', type: 252, code: 86 }, peer: { cidr: '255.255.255.255/32' } },
    ])
    expect(opened(shop.certain).filter((row) => row.startsWith('Shop/Database'))).toEqual([])
  })
})

describe('a template with every intrinsic function', () => {
  const file = 'test/fixtures/cloudformation/office.yaml'
  const office = readSource(file)

  test('opens for certain what does not depend on what is not known', () => {
    expect(opened(office.certain)).toMatchInlineSnapshot(`
      [
        "internet > web tcp 443",
        "internet > web tcp 22, 443",
        "web > data tcp 5432",
        "web > internet all traffic",
      ]
    `)
  })

  test('may open what does', () => {
    const certain = opened(office.certain)
    expect(opened(office.possible).filter((row) => !certain.includes(row))).toMatchInlineSnapshot(`
      [
        "internet > web tcp 443, 9001",
        "internet > web tcp 22, 443, 9001",
        "internet > web tcp 443, 9000-9001",
        "web > data tcp 5432, udp 53, 161",
      ]
    `)
  })

  test('lists what is not known, with its line', () => {
    expect(doubtsOf(office)).toMatchInlineSnapshot(`
      [
        "84: Whether WebGroup starts with an egress rule for ::/0 is not known: it gives none.",
        "98: Whether WebGroup has a rule is not known: its condition is not.",
        "100: A rule of WebGroup is not known: its CidrIp is the parameter PartnerCidr, which has no value yet (--parameters PartnerCidr=…).",
        "120: A rule of DataFromOtherStack is not known: its CidrIp is the export other-stack-cidr of another stack.",
        "124: A rule of DataFromSecret is not known: its CidrIp is a dynamic reference.",
      ]
    `)
  })

  test('has other answers with other parameters', () => {
    const parameters = { Environment: 'dev', PartnerCidr: '198.51.100.0/24', OfficeCidr: '192.0.2.0/24' }
    const dev = readSource(file, { parameters })
    expect(opened(dev.certain)).toMatchInlineSnapshot(`
      [
        "internet > web tcp 443",
        "internet > web tcp 22, 443",
        "internet > web tcp 443, 9000-9001",
        "web > data all traffic",
        "web > internet all traffic",
      ]
    `)
    expect(Array.from(dev.certain.vpc.values(), ({ cidrBlocks }) => cidrBlocks[0]?.cidr)).toEqual(['10.31.0.0/16'])
  })

  test('is of another Region if told', () => {
    const subnets = Array.from(readSource(file, { region: 'eu-west-1' }).certain.subnet.values())
    expect(subnets.map(({ zone }) => zone).sort()).toEqual(['eu-west-1a', 'eu-west-1b'])
  })
})

/** A group for each name, an interface that carries it, and more resources. */
function twoGroups(more: string): string {
  const cards = ['One', 'Two'].map((name) => {
    return `
  ${name}: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: d, GroupName: ${name}, VpcId: !Ref Vpc } }
  ${name}Card:
    Type: AWS::EC2::NetworkInterface
    Properties: { SubnetId: !Ref Subnet, GroupSet: [!Ref ${name}], Tags: [{ Key: Name, Value: ${name} }] }`
  })
  return `Resources:
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }${cards.join('')}
${more}`
}

describe('rules', () => {
  test.each<[string, string, string[]]>([
    [
      'beside their group, by its id (trivy#6754, localstack#4445, localstack#4587)',
      `  In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: !GetAtt One.GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 } }`,
      ['Two > One tcp 22'],
    ],
    [
      'beside their group, by its name',
      `  In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupName: !Ref One, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8 } }`,
      ['Two > One tcp 22'],
    ],
    [
      'of a group about itself and another, in a circle',
      `  A: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: !Ref One, IpProtocol: udp, FromPort: 53, ToPort: 53, SourceSecurityGroupId: !Ref Two } }
  B: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: !Ref Two, IpProtocol: '-1', SourceSecurityGroupId: !Ref One } }`,
      ['One > Two all traffic', 'Two > One udp 53'],
    ],
    [
      'of egress, which leave the original one in place when they stand beside the group',
      `  In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: !Ref One, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8 } }
  Out: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: !Ref Two, IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: 10.0.0.0/8 } }`,
      ['Two > One tcp 22'],
    ],
  ])('%s', (_, more, rows) => {
    const { certain, possible, doubts } = read(twoGroups(more))
    expect(doubts).toEqual([])
    expect(possible).toBe(certain)
    expect(opened(certain).filter((row) => !row.includes('internet'))).toEqual(rows)
  })

  test('of egress inside a group take the place of the original one', () => {
    const text = twoGroups('').replace(
      'GroupName: Two,',
      'GroupName: Two, SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv6: 2001:db8::/32 }],',
    )
    const two = Array.from(read(text).certain.securityGroup.values()).find(({ name }) => name === 'Two')
    expect(two?.rules).toMatchObject([{ direction: 'egress', peer: { kind: 'ipv6', cidr: '2001:db8::/32' } }])
    expect(two?.hasOriginalEgress).toBe(false)
  })

  test('of a group in a VPC with IPv6 that gives no egress: ::/0 is said to be there and was not seen (#2241)', () => {
    const ipv6 = `  Six: { Type: 'AWS::EC2::VPCCidrBlock', Properties: { VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true } }`
    const { certain, possible, doubts } = read(twoGroups(ipv6))
    const peers = (world: World) => {
      const one = Array.from(world.securityGroup.values()).find(({ name }) => name === 'One')
      return one?.rules.map(({ peer }) => (peer.kind === 'ipv4' || peer.kind === 'ipv6' ? peer.cidr : peer.kind))
    }
    expect(peers(certain)).toEqual(['0.0.0.0/0'])
    expect(peers(possible)).toEqual(['0.0.0.0/0', '::/0'])
    expect(doubts).toHaveLength(2)
  })
})

describe('what is not known bounds the answer:', () => {
  const open = 'Two > One tcp 22'
  const rule = (peer: string) =>
    `  In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: !Ref One, IpProtocol: tcp, FromPort: 22, ToPort: 22, ${peer} } }`

  test.each<[string, string, RegExp]>([
    ['a dynamic reference', rule("CidrIp: '{{resolve:ssm:net}}'"), /dynamic reference/],
    ['an export of another stack', rule('CidrIp: !ImportValue net'), /export net of another stack/],
    ['an attribute of a resource', `${rule('CidrIp: !GetAtt Ip.Net')}\n  Ip: { Type: 'Custom::Ip' }`, /Ip\.Net/],
    ['a list of AWS of another account', rule('SourcePrefixListId: pl-0123456789abcdef0'), /pl-0123456789abcdef0/],
    ['a macro', rule('CidrIp: !Transform { Name: Net }'), /Fn::Transform/],
  ])('%s', (_, more, what) => {
    const { certain, possible, doubts } = read(twoGroups(more))
    expect(opened(certain)).not.toContain(open)
    expect(opened(possible)).toContain(open)
    expect(doubts.map((doubt) => doubt.what)).toEqual([expect.stringMatching(what)])
  })

  test('a group that exists already has rules that nobody knows', () => {
    const text = twoGroups('').replace('GroupSet: [!Ref One]', 'GroupSet: [sg-0123456789abcdef0]')
    const { certain, possible, doubts } = read(text)
    expect(opened(certain).filter((row) => row.includes('> One'))).toEqual([])
    expect(opened(possible)).toContain('Two > One all traffic')
    expect(doubts).toHaveLength(1)
  })

  test('a VPC that exists already has addresses, ACLs and routes that nobody knows', () => {
    const { certain, possible, doubts } = read(`Parameters: { Vpc: { Type: 'AWS::EC2::VPC::Id' } }
Resources:
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: !Ref Vpc, CidrBlock: 10.7.1.0/24, MapPublicIpOnLaunch: true } }
  Web: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: d, VpcId: !Ref Vpc, SecurityGroupIngress: { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 } } }
  Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Web], Tags: [{ Key: Name, Value: web }] } }`)
    expect(opened(certain)).toEqual([])
    expect(opened(possible)).toEqual(['internet > web tcp 80', 'web > internet all traffic'])
    expect(doubts).toHaveLength(1)
  })

  test('a subnet of the default VPC that exists already has addresses that nobody knows', () => {
    const { certain, possible, doubts } = read(`Resources:
  Web: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: d, SecurityGroupIngress: { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 } } }
  Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: subnet-0123456789abcdef0, SecurityGroupIds: [!Ref Web], Tags: [{ Key: Name, Value: web }] } }`)
    expect(opened(certain)).toEqual([])
    expect(opened(possible)).toEqual(['internet > web tcp 80', 'web > internet all traffic'])
    expect(doubts.map(({ what }) => what)).toEqual([expect.stringContaining('its addresses are not known')])
  })

  test('a kind that may carry groups and is not read is told, others are passed over', () => {
    const more = `  Odd: { Type: 'AWS::Odd::Thing', Properties: { Network: { SecurityGroupIds: [!Ref One] } } }
  Fine: { Type: 'AWS::S3::Bucket' }
  Net: { Type: 'AWS::EC2::Novelty' }`
    expect(read(twoGroups(more)).doubts.map(({ what, origin }) => `${origin.name}: ${what}`)).toEqual([
      'Odd: Odd is a AWS::Odd::Thing, whose interfaces are not read.',
      'Net: Net is a AWS::EC2::Novelty, which is not read: it may change what packets pass.',
    ])
  })
})

describe('text that is no good template', () => {
  test.each([
    ['Resources: [', /neither JSON nor YAML/],
    ['Resources: {}', /no Resources/],
    ["Resources: { A: { Type: 'AWS::EC2::VPC', Condition: No } }", /no condition No/],
    ["Conditions: { A: !Condition A }\nResources: { V: { Type: 'AWS::EC2::VPC', Condition: A } }", /circle/],
  ])('%s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('a rule for a part of a subnet', () => {
  const template = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  App:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: app, VpcId: !Ref Vpc }
  Db:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: db
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.1.0/28 }]
  AppCard: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: !Ref Subnet, GroupSet: [!Ref App] } }
  DbCard:
    Type: AWS::EC2::NetworkInterface
    Properties: { SubnetId: !Ref Subnet, GroupSet: [!Ref Db], PrivateIpAddress: 10.0.1.200 }
`

  test('perhaps holds for an interface that AWS puts anywhere in the subnet', () => {
    const imported = read(template)
    expect(
      [opened(imported.certain, 'group'), opened(imported.possible, 'group')].map((rows) =>
        rows.includes('App > Db tcp 5432'),
      ),
    ).toEqual([false, true])
    expect(doubtsOf(imported)).toEqual([
      '14: 10.0.1.0/28, which a rule names, is a part of where AWS will put AppCard: whether it is in it is not known.',
    ])
  })

  test('holds for one whose address is told, and leaves none that is apart in doubt', () => {
    const told = template.replace('GroupSet: [!Ref App]', 'GroupSet: [!Ref App], PrivateIpAddress: 10.0.1.5')
    const imported = read(told)
    expect(opened(imported.certain, 'group')).toContain('App > Db tcp 5432')
    expect(imported.possible).toBe(imported.certain)
  })
})
