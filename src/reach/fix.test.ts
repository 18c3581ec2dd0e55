import { expect, test } from 'vitest'
import {
  ask,
  change,
  elastic,
  gateway,
  instance,
  ipv6,
  otherVpc,
  peering,
  reachWorld,
  route,
  type Step,
} from '../../test/reach-world.ts'

interface Row {
  readonly title: string
  readonly lines: string
  readonly steps?: readonly Step[]
  readonly question: string
  readonly commands: readonly string[]
}

const shut = 'group o\ngroup i\ninterface a 10.0.0.5 in o\ninterface b 10.0.1.9 in i'
const open = 'group g egress any to 0.0.0.0/0\ngroup g ingress any from 0.0.0.0/0'
const online = [gateway(), route('0.0.0.0/0', 'igw-1'), elastic('a', '203.0.113.9')]

const proved: readonly Row[] = [
  {
    title: 'a rule at each end',
    lines: shut,
    question: 'a b tcp 5432',
    commands: [
      "aws ec2 authorize-security-group-egress --group-id sg-o --ip-permissions 'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{CidrIp=10.0.1.9/32}]'",
      "aws ec2 authorize-security-group-ingress --group-id sg-i --ip-permissions 'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{CidrIp=10.0.0.5/32}]'",
    ],
  },
  {
    title: 'all ports, where all were asked about',
    lines: shut.replace('group o', 'group o egress any to 0.0.0.0/0'),
    question: 'a b udp',
    commands: [
      "aws ec2 authorize-security-group-ingress --group-id sg-i --ip-permissions 'IpProtocol=udp,FromPort=0,ToPort=65535,IpRanges=[{CidrIp=10.0.0.5/32}]'",
    ],
  },
  {
    title: 'a ping',
    lines: shut.replace('group o', 'group o egress any to 0.0.0.0/0'),
    question: 'a b icmp',
    commands: [
      "aws ec2 authorize-security-group-ingress --group-id sg-i --ip-permissions 'IpProtocol=icmp,FromPort=8,ToPort=-1,IpRanges=[{CidrIp=10.0.0.5/32}]'",
    ],
  },
  {
    title: 'another protocol',
    lines: shut.replace('group o', 'group o egress any to 0.0.0.0/0'),
    question: 'a b 50',
    commands: [
      "aws ec2 authorize-security-group-ingress --group-id sg-i --ip-permissions 'IpProtocol=50,IpRanges=[{CidrIp=10.0.0.5/32}]'",
    ],
  },
  {
    title: 'the internet, with one rule for all its parts',
    lines: 'group g ingress tcp 80 from 198.51.100.0/24\ninterface a 10.0.0.5 in g',
    steps: online,
    question: 'internet a tcp 80',
    commands: [
      "aws ec2 authorize-security-group-ingress --group-id sg-g --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=0.0.0.0/0}]'",
    ],
  },
  {
    title: 'the public address that a sender is seen by',
    lines: `${open}\ngroup i\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in i`,
    steps: [...online, elastic('b', '203.0.113.10')],
    question: 'a 203.0.113.10 tcp 80',
    commands: [
      "aws ec2 authorize-security-group-ingress --group-id sg-i --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=203.0.113.9/32}]'",
    ],
  },
  {
    title: 'IPv6',
    lines: 'group g\ninterface a 2001:db8::5 in g',
    steps: [ipv6('2001:db8::/56'), gateway(), route('::/0', 'igw-1')],
    question: '2001:db8:9::/48 a tcp 80',
    commands: [
      "aws ec2 authorize-security-group-ingress --group-id sg-g --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=80,Ipv6Ranges=[{CidrIpv6=2001:db8:9::/48}]'",
    ],
  },
  {
    title: 'entries of one ACL for both ends, each with a number of its own',
    lines: `
      acl n
      subnet s 10.0.0.0/24 acl n
      subnet t 10.0.1.0/24 acl n
      ${open}
      interface a 10.0.0.5 in g subnet s
      interface b 10.0.1.9 in g subnet t
    `,
    question: 'a b tcp 80',
    commands: [
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 100 --egress --rule-action allow --protocol 6 --cidr-block 10.0.1.9/32 --port-range From=80,To=80',
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 100 --ingress --rule-action allow --protocol 6 --cidr-block 10.0.0.5/32 --port-range From=80,To=80',
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 200 --egress --rule-action allow --protocol 6 --cidr-block 10.0.0.5/32 --port-range From=1024,To=65535',
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 200 --ingress --rule-action allow --protocol 6 --cidr-block 10.0.1.9/32 --port-range From=1024,To=65535',
    ],
  },
  {
    title: 'an entry right before the one that denies, and the reply’s type for a ping',
    lines: `
      acl n
      acl n ingress 90 deny icmp any from 0.0.0.0/0
      acl n ingress 89 allow tcp any from 0.0.0.0/0
      acl n ingress 100 allow any from 0.0.0.0/0
      subnet s 10.0.1.0/24 acl n
      ${open}
      interface a 10.0.0.5 in g
      interface b 10.0.1.9 in g subnet s
    `,
    question: 'a b icmp',
    commands: [
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 88 --ingress --rule-action allow --protocol 1 --cidr-block 10.0.0.5/32 --icmp-type-code Type=8,Code=-1',
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 100 --egress --rule-action allow --protocol 1 --cidr-block 10.0.0.5/32 --icmp-type-code Type=0,Code=-1',
    ],
  },
  {
    title: 'an entry for the whole internet over IPv6',
    lines: `
      acl n
      subnet s 2001:db8::/64 acl n
      group g ingress any from ::/0
      interface a 2001:db8::5 in g subnet s
    `,
    steps: [ipv6('2001:db8::/56'), gateway(), route('::/0', 'igw-1')],
    question: 'internet a udp 53',
    commands: [
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 100 --ingress --rule-action allow --protocol 17 --ipv6-cidr-block ::/0 --port-range From=53,To=53',
      'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 100 --egress --rule-action allow --protocol 17 --ipv6-cidr-block ::/0 --port-range From=1024,To=65535',
    ],
  },
  {
    title: 'the route to an attached gateway',
    lines: `${open}\ninterface a 10.0.0.5 in g`,
    steps: [gateway(), elastic('a', '203.0.113.9')],
    question: 'internet a tcp 80',
    commands: ['aws ec2 create-route --route-table-id rtb-main --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1'],
  },
  {
    title: 'the start of a stopped instance',
    lines: `${open}\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in g instance y`,
    steps: [instance('i-y', 'stopped')],
    question: 'a b tcp 80',
    commands: ['aws ec2 start-instances --instance-ids i-y'],
  },
]

test.each(proved)('a fix for $title, after which the answer is yes', ({ lines, steps = [], question, commands }) => {
  const world = reachWorld(lines, ...steps)
  const { fixes } = ask(world, question)
  expect(fixes.map(({ command }) => command)).toEqual(commands)
  expect(
    ask(
      change(world, () => fixes.flatMap(({ changes }) => changes)),
      question,
    ).result,
  ).toBe('reachable')
})

const advised: readonly (Omit<Row, 'commands'> & { readonly why: readonly string[] })[] = [
  {
    title: 'a missing gateway and route',
    lines: `${open}\ninterface a 10.0.0.5 in g`,
    steps: [elastic('a', '203.0.113.9')],
    question: '198.51.100.7 a tcp 80',
    why: [
      'no internet gateway is attached to vpc-1',
      'rtb-main of subnet-10-0-0-0-24 does not lead to 198.51.100.7: no route',
    ],
  },
  {
    title: 'an interface without a group',
    lines: 'interface a 10.0.0.5\ninterface b 10.0.0.9',
    question: 'a b tcp 80',
    why: ['eni-a has no security group', 'eni-b has no security group'],
  },
  {
    title: 'two VPCs that nothing joins',
    lines: `${open}\ninterface a 10.0.0.5 in g\ninterface b 10.1.0.9 in g`,
    steps: [otherVpc(['10.1.0.0/16'], 'b')],
    question: 'a b tcp 80',
    why: [
      'rtb-main of subnet-10-0-0-0-24 does not lead to 10.1.0.9: no route',
      'rtb-2 of subnet-10-1-0-0-24 does not lead to 10.0.0.5: no route',
    ],
  },
  {
    title: 'a peering that is not accepted',
    lines: `${open}\ninterface a 10.0.0.5 in g\ninterface b 10.1.0.9 in g`,
    steps: [
      otherVpc(['10.1.0.0/16'], 'b'),
      peering('pending-acceptance'),
      route('10.1.0.0/16', 'pcx-1'),
      route('10.0.0.0/16', 'pcx-1', 'rtb-2'),
    ],
    question: 'a b tcp 80',
    why: [
      'rtb-main of subnet-10-0-0-0-24 does not lead to 10.1.0.9: pcx-1, a blackhole',
      'rtb-2 of subnet-10-1-0-0-24 does not lead to 10.0.0.5: pcx-1, a blackhole',
    ],
  },
  {
    title: 'an address that nobody has',
    lines: `${open}\ninterface a 10.0.0.5 in g`,
    question: 'a 10.0.0.77 tcp 80',
    why: ['10.0.0.77 in vpc-1 belongs to no interface'],
  },
  {
    title: 'an ACL that denies from its first number on',
    lines: `
      acl n
      acl n ingress 1 deny any from 0.0.0.0/0
      acl n egress 1 allow any to 0.0.0.0/0
      subnet s 10.0.1.0/24 acl n
      ${open}
      interface a 10.0.0.5 in g
      interface b 10.0.1.9 in g subnet s
    `,
    question: 'a b tcp 80',
    why: ['acl-n of subnet-s denies it, ingress: entry 1; no number before it is free'],
  },
]

test.each(advised)('no command but advice for $title', ({ lines, steps = [], question, why }) => {
  const { fixes } = ask(reachWorld(lines, ...steps), question)
  expect(fixes).toEqual(why.map((each) => ({ why: each, command: undefined, changes: [] })))
})

test('a missing public address has a command, but what it gives is the endpoint’s to choose', () => {
  const world = reachWorld(`${open}\ninterface a 10.0.0.5 in g`, gateway(), route('0.0.0.0/0', 'igw-1'))
  expect(ask(world, 'internet a tcp 80').fixes).toEqual([
    {
      why: 'eni-a has no public address',
      command:
        'aws ec2 associate-address --network-interface-id eni-a --allocation-id "$(aws ec2 allocate-address --query AllocationId --output text)"',
      changes: [],
    },
  ])
})
