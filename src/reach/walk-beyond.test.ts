import { test } from 'vitest'
import {
  checkPath,
  elastic,
  gateway,
  instance,
  ipv6,
  otherVpc,
  type PathRow,
  peering,
  route,
  twoSubnets,
} from '../../test/reach-world.ts'

const public1 = [gateway(), route('0.0.0.0/0', 'igw-1'), elastic('a', '203.0.113.9')]

const overInternet: readonly PathRow[] = [
  {
    title: 'a public address, a gateway and a route let the internet in',
    steps: public1,
    question: 'internet a tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'they let it out, too',
    steps: public1,
    question: 'a internet udp 53',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'the public address itself may be asked about',
    steps: public1,
    question: '198.51.100.7 203.0.113.9 tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'nobody comes in without a public address, though the gateway is there',
    steps: [gateway(), route('0.0.0.0/0', 'igw-1')],
    question: 'internet a tcp 80',
    result: 'unreachable',
    obstacles: ['→ public-address eni-a'],
  },
  {
    title: 'nobody goes out without one',
    steps: [gateway(), route('0.0.0.0/0', 'igw-1')],
    question: 'a 198.51.100.7 tcp 80',
    result: 'unreachable',
    obstacles: ['→ public-address eni-a'],
  },
  {
    title: 'the elastic address of a secondary private address is of no use to the first',
    lines: twoSubnets.replace('10.0.0.5', '10.0.0.5 10.0.0.6'),
    steps: [gateway(), route('0.0.0.0/0', 'igw-1'), elastic('a', '203.0.113.9', '10.0.0.6')],
    question: 'a 198.51.100.7 tcp 80',
    result: 'unreachable',
    obstacles: ['→ public-address eni-a'],
  },
  {
    title: 'without gateway, address and route all three are named',
    question: 'internet a tcp 80',
    result: 'unreachable',
    obstacles: ['→ gateway vpc-1', '→ public-address eni-a', '← route no route'],
  },
  {
    title: 'without any of them nobody goes out, and all three are named again',
    question: 'a 198.51.100.7 tcp 80',
    result: 'unreachable',
    obstacles: ['→ route no route', '→ gateway vpc-1', '→ public-address eni-a'],
  },
  {
    title: 'a route to a detached gateway is a blackhole',
    steps: [gateway('nothing'), route('0.0.0.0/0', 'igw-1'), elastic('a', '203.0.113.9')],
    question: 'a 198.51.100.7 tcp 80',
    result: 'unreachable',
    obstacles: ['→ route igw-1, a blackhole', '→ gateway vpc-1'],
  },
  {
    title: 'private addresses do not cross an internet gateway',
    steps: public1,
    question: '192.168.7.7 a tcp 80',
    result: 'unreachable',
    obstacles: ['← route igw-1, which carries public addresses only'],
  },
  {
    title: 'a NAT gateway may or may not let it out',
    steps: [route('0.0.0.0/0', 'nat-1')],
    question: 'a internet tcp 80',
    result: 'undetermined',
    obstacles: ['→ unknown route nat-1, which this program does not run'],
  },
  {
    title: 'a NAT gateway lets nobody in',
    steps: [gateway(), route('0.0.0.0/0', 'nat-1')],
    question: 'internet a tcp 80',
    result: 'unreachable',
    obstacles: ['→ public-address eni-a', '← route nat-1, which carries no answers to the outside'],
  },
  {
    title: 'a VPN may lead to the sender or not',
    steps: [route('192.168.0.0/16', 'vgw-1')],
    question: '192.168.7.7 a tcp 80',
    result: 'undetermined',
    obstacles: ['← unknown route vgw-1, which this program does not run'],
  },
  {
    title: 'an appliance may do anything with what is routed to it',
    lines: twoSubnets.replace('10.0.1.9 in open', '10.0.1.9 in open instance y'),
    steps: [instance('i-y', 'running'), route('192.168.0.0/16', 'eni-b')],
    question: 'a 192.168.7.7 tcp 80',
    result: 'undetermined',
    obstacles: ['→ unknown route eni-b, which may do anything with it'],
  },
  {
    title: 'a more specific route by prefix list wins over the default route',
    lines: `prefix-list pl-1 198.51.100.0/24\n${twoSubnets}`,
    steps: [...public1, route('pl-1', 'nat-1')],
    question: 'a 198.51.100.7 tcp 80',
    result: 'undetermined',
    obstacles: ['→ unknown route nat-1, which this program does not run'],
  },
  {
    title: 'a static route wins over a prefix list of the same length',
    lines: `prefix-list pl-1 0.0.0.0/0\n${twoSubnets}`,
    steps: [gateway(), route('pl-1', 'nat-1'), route('0.0.0.0/0', 'igw-1'), elastic('a', '203.0.113.9')],
    question: 'a 198.51.100.7 tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'two interfaces with public addresses meet over the internet',
    steps: [...public1, elastic('b', '203.0.113.10')],
    question: 'a 203.0.113.10 tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a public address seen from an interface without one is out of reach, and what lies behind is not known',
    steps: [gateway(), route('0.0.0.0/0', 'igw-1'), elastic('b', '203.0.113.10')],
    question: 'a 203.0.113.10 tcp 22',
    result: 'unreachable',
    obstacles: ['→ public-address eni-a'],
  },
  {
    title: 'over public addresses a group reference does not match',
    lines:
      'group o egress any to 0.0.0.0/0\ngroup i ingress tcp 80 from o\ninterface a 10.0.0.5 in o\ninterface b 10.0.1.9 in i',
    steps: [...public1, elastic('b', '203.0.113.10')],
    question: 'a 203.0.113.10 tcp 80',
    result: 'unreachable',
    obstacles: ['→ rules ingress eni-b'],
  },
  {
    title: 'IPv6 needs no translation',
    lines: 'group g ingress tcp 80 from ::/0\ninterface a 2001:db8::5 in g',
    steps: [ipv6('2001:db8::/56'), gateway(), route('::/0', 'igw-1')],
    question: 'internet a tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'an egress-only gateway lets nobody in over IPv6',
    lines: 'group g ingress tcp 80 from ::/0\ninterface a 2001:db8::5 in g',
    steps: [ipv6('2001:db8::/56'), route('::/0', 'eigw-1')],
    question: 'internet a tcp 80',
    result: 'unreachable',
    obstacles: ['→ gateway vpc-1', '← route eigw-1, which carries no answers to the outside'],
  },
]

test.each(overInternet)('over the internet, $title', checkPath)

const lines2 = twoSubnets.replace('10.0.1.9', '10.1.0.9')
const apart = otherVpc(['10.1.0.0/16'], 'b')
const there = route('10.1.0.0/16', 'pcx-1')
const back = route('10.0.0.0/16', 'pcx-1', 'rtb-2')

const betweenVpcs: readonly PathRow[] = [
  {
    title: 'a peering with routes on both sides connects them',
    steps: [apart, peering(), there, back],
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a group reference holds across an active peering',
    lines:
      'group o egress any to 0.0.0.0/0\ngroup i ingress tcp 80 from o\ninterface a 10.0.0.5 in o\ninterface b 10.1.0.9 in i',
    steps: [apart, peering(), there, back],
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a missing route back stops the answer',
    steps: [apart, peering(), there],
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['← route no route'],
  },
  {
    title: 'without any route both ways are missing',
    steps: [apart, peering()],
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ route no route', '← route no route'],
  },
  {
    title: 'a peering that nobody accepted is a blackhole',
    steps: [apart, peering('pending-acceptance'), there, back],
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ route pcx-1, a blackhole', '← route pcx-1, a blackhole'],
  },
  {
    title: 'a peering leads to its other VPC and not beyond',
    steps: [apart, peering(), route('198.51.100.0/24', 'pcx-1')],
    question: 'a 198.51.100.7 tcp 80',
    result: 'unreachable',
    obstacles: ['→ route pcx-1, which leads to vpc-2 and not beyond'],
  },
  {
    title: 'what a peered VPC of another Region does is not known',
    lines: twoSubnets,
    steps: [peering('active', 'vpc-9'), route('10.9.0.0/16', 'pcx-1')],
    question: 'a 10.9.0.1 tcp 80',
    result: 'undetermined',
    obstacles: ['→ unknown route pcx-1, which leads to vpc-9 of another account or Region'],
  },
  {
    title: 'nobody is at the peered VPC’s other addresses',
    steps: [apart, peering(), there, back],
    question: 'a 10.1.0.77 tcp 80',
    result: 'unreachable',
    obstacles: ['→ delivery 10.1.0.77 in vpc-2: nobody'],
  },
  {
    title: 'the local route of one VPC does not lead into another with the same addresses',
    lines: twoSubnets,
    steps: [otherVpc(['10.0.0.0/16'], 'b')],
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ delivery 10.0.1.9 in vpc-1: nobody'],
  },
  {
    title: 'public addresses connect what no peering does',
    steps: [
      apart,
      ...public1,
      gateway('vpc-2', 'igw-2'),
      route('0.0.0.0/0', 'igw-2', 'rtb-2'),
      elastic('b', '203.0.113.10'),
    ],
    question: 'a 203.0.113.10 tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a public address is worth nothing in a VPC without a gateway',
    steps: [apart, ...public1, elastic('b', '203.0.113.10')],
    question: 'a 203.0.113.10 tcp 80',
    result: 'unreachable',
    obstacles: ['→ gateway vpc-2', '← route no route'],
  },
]

test.each(betweenVpcs)('between VPCs, $title', (row) => checkPath({ lines: lines2, ...row }))
