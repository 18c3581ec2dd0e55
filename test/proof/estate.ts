/** Random worlds of several interfaces for reachability: shared groups, ACLs, routes, a gateway, a second VPC. */

import type { Change } from '../../src/model/change.ts'
import { put } from '../../src/model/change.ts'
import type { World } from '../../src/model/world.ts'
import { Chance } from '../model/chance.ts'
import { groups, hosts, randomWorld } from '../model/random-world.ts'
import { change, elastic, gateway, ipv6, otherVpc, peering, reachWorld, route, type Step } from '../reach-world.ts'

const names = ['g', 'h', 'i', 'j', 'k']

/** `twin`: where one interface is in a VPC of its own, its address may be that of another. */
export function randomEstate(seed: number, { twin = false } = {}): World {
  const chance = new Chance(seed)
  const lines = randomWorld(chance).lines.filter((line) => /^ {2}(?!path )/.test(line))
  const cards = names.slice(0, 1 + chance.below(names.length)).map((name, index) => cardLine(name, index, chance))
  const world = reachWorld([...lines, ...sharedRules(chance), ...edge, ...cards].join('\n'), ipv6('2001:db8::/56'))
  return change(
    world,
    ...someOf(online(chance), chance, 0.85),
    ...someOf([bindEdge], chance, 0.3),
    ...apart(chance, twin),
  )
}

function someOf(steps: readonly Step[], chance: Chance, probability: number): Step[] {
  return steps.filter(() => chance.isLikely(probability))
}

/** Rules by which something passes in most worlds. */
function sharedRules(chance: Chance): string[] {
  const outward = ['group z egress any to 0.0.0.0/0', 'group z egress any to ::/0'].filter(() => chance.isLikely(0.7))
  const traffic = () => chance.of(['any', 'tcp 22', 'tcp 20-80', 'udp 53', 'icmp any', 'icmp 8', '50', 'icmpv6 any'])
  const peer = () => chance.of([...hosts, ...groups, 'z', '10.0.0.0/16', '10.0.1.0/24', '128.0.0.0/2', '2001:db8::/32'])
  const some = Array.from({ length: 6 }, () =>
    chance.of([`group z ingress ${traffic()} from ${peer()}`, `group z egress ${traffic()} to ${peer()}`]),
  )
  return ['group z', ...outward, ...new Set(some)]
}

const edge = [
  'acl m',
  'acl m ingress 80 allow any from 0.0.0.0/0',
  'acl m ingress 81 allow any from ::/0',
  'acl m ingress 70 deny tcp 80 from 10.0.1.0/24',
  'acl m egress 80 allow tcp 32768-60999 to 0.0.0.0/0',
  'acl m egress 81 allow icmp 0 to 10.0.0.0/8',
  'acl m egress 82 allow any to ::/0',
]

function cardLine(name: string, index: number, chance: Chance): string {
  const subnet = chance.below(3)
  const v4 = `10.0.${subnet}.${30 + index}`
  const secondary = chance.isLikely(0.2) ? ` 10.0.${subnet}.${50 + index}` : ''
  const v6 = chance.isLikely(0.5) ? ` 2001:db8:0:${subnet}::${30 + index}` : ''
  const carried = [...chance.some(groups, 0.3), 'z'].slice(0, 1 + chance.below(3))
  return `interface ${name} ${v4}${secondary}${v6} in ${carried.join(' ')}`
}

function online(chance: Chance): Step[] {
  return [
    gateway(),
    route('0.0.0.0/0', chance.of(['igw-1', 'igw-1', 'nat-1'])),
    route('::/0', chance.of(['igw-1', 'igw-1', 'eigw-1'])),
    ...(chance.isLikely(0.3) ? [route('192.0.2.0/24', chance.of(['vgw-1', 'eni-g']))] : []),
    elastic('e', '203.0.113.200'),
    elastic('g', '203.0.113.201'),
  ]
}

/** The subnet of the interface g is behind the narrow ACL. */
function bindEdge(world: World): readonly Change[] {
  const subnet = world.subnet.get(world.networkInterface.get('eni-g')?.subnet ?? '')
  return subnet ? [put('subnet', { ...subnet, acl: 'acl-m' })] : []
}

/** In some worlds the interface f is in a VPC of its own, which may be peered. */
function apart(chance: Chance, twin: boolean): Step[] {
  if (chance.isLikely(0.8)) return twin ? [twinAway] : []
  const ways = [peering(), route('10.1.0.0/16', 'pcx-1'), route('10.0.0.0/16', 'pcx-1', 'rtb-2')]
  return [moveAway, otherVpc(['10.1.0.0/16'], 'f'), ...someOf(ways, chance, 0.9)]
}

/** The interface f has the address of g, in another VPC; where there are both. */
function twinAway(world: World): readonly Change[] {
  const address = world.networkInterface.get('eni-g')?.privateAddresses[0]?.address
  const card = world.networkInterface.get('eni-f')
  const subnet = card && world.subnet.get(card.subnet)
  const vpc = world.vpc.get('vpc-1')
  if (address === undefined || !card || !subnet || !vpc) return []
  const away = { ...subnet, id: 'subnet-twin', vpc: 'vpc-2', aclAssociation: 'aclassoc-twin' } as const
  const cidr = `${address.replace(/\.\d+$/, '')}.0/24`
  return [
    put('vpc', { ...vpc, id: 'vpc-2', ipv6CidrBlocks: [] }),
    put('subnet', { ...away, cidr, ipv6CidrBlocks: [] }),
    put('networkInterface', {
      ...card,
      vpc: 'vpc-2',
      subnet: 'subnet-twin',
      privateAddresses: [{ address, isPrimary: true }],
      ipv6Addresses: [],
    }),
  ]
}

function moveAway(world: World): readonly Change[] {
  const card = world.networkInterface.get('eni-f')
  const subnet = card && world.subnet.get(card.subnet)
  if (!card || !subnet) return []
  const made = { ...subnet, id: 'subnet-away' as const, cidr: '10.1.0.0/24', ipv6CidrBlocks: [] }
  const privateAddresses = [{ address: '10.1.0.20', isPrimary: true }]
  return [
    put('subnet', { ...made, aclAssociation: 'aclassoc-away' }),
    put('networkInterface', { ...card, subnet: 'subnet-away', privateAddresses, ipv6Addresses: [] }),
  ]
}
