import { expect, test } from 'vitest'
import {
  elastic,
  gateway,
  instance,
  ipv6,
  otherVpc,
  peering,
  reachWorld,
  route,
  type Step,
} from '../../../test/reach-world.ts'
import { bridgeOf, tableNumbers } from './names.ts'
import type { Namespace, Part, RoutePart, Topology } from './topology.ts'
import { topologyOf } from './world-topology.ts'

const pair = `
  group open
  interface a 10.0.0.5 in open instance x
  interface b 10.0.1.9 in open instance y
`

function build(lines: string, ...steps: readonly Step[]): Topology {
  return topologyOf(reachWorld(lines, instance('i-x', 'running'), instance('i-y', 'running'), ...steps))
}

function space({ namespaces }: Topology, name: string): Namespace {
  const found = namespaces.get(name)
  if (!found) throw new Error(`no namespace ${name} among ${[...namespaces.keys()].join(', ')}`)
  return found
}

/** `10.0.0.0/8 blackhole`, `default igw via fe80::2`. */
function routeLine({ destination, hop }: RoutePart): string {
  if (hop.kind !== 'device') return `${destination} ${hop.kind}`
  return `${destination} ${hop.device}${hop.via === undefined ? '' : ` via ${hop.via}`}`
}

function routesIn({ parts }: Namespace, table: RoutePart['table'], family: 4 | 6 = 4): string[] {
  return parts
    .filter((part): part is RoutePart => part.kind === 'route' && part.table === table && part.family === family)
    .map(routeLine)
    .sort()
}

function mainTable(router: Namespace): number {
  const rule = router.parts.find((part): part is Extract<Part, { kind: 'rule' }> => part.kind === 'rule')
  return rule?.table ?? 0
}

test('an instance has a device for its interface, cabled to a port of its subnet’s bridge', () => {
  const topology = build(pair)
  expect([...topology.namespaces.keys()].sort()).toEqual(['i-x', 'i-y', 'internet-123456789012-us-east-1', 'vpc-1'])
  const [cable] = topology.cables.filter(({ seat }) => seat?.networkInterface === 'eni-a')
  expect(cable?.ends.map(({ namespace, device }) => `${namespace} ${device}`)).toEqual(['i-x eth0', 'vpc-1 e-a'])
  expect(space(topology, 'i-x').parts).toContainEqual({ kind: 'address', device: 'eth0', address: '10.0.0.5/24' })
  expect(routesIn(space(topology, 'i-x'), 'main')).toEqual(['default eth0 via 10.0.0.1'])
})

test.each(['stopped', 'terminated'] as const)('an instance that is %s has no namespace', (state) => {
  const topology = build(pair, instance('i-y', state))
  expect(topology.namespaces.has('i-y')).toBe(false)
  expect(topology.cables.map(({ seat }) => seat?.networkInterface)).toEqual(['eni-a'])
})

test('a VPC without a running instance has no router', () => {
  const topology = build(pair, instance('i-x', 'stopped'), instance('i-y', 'stopped'))
  expect([...topology.namespaces.keys()]).toEqual(['internet-123456789012-us-east-1'])
})

test('a start after a stop is another life', () => {
  const life = (at: number) =>
    space(
      build(pair, (world) => startedAt(world, at)),
      'i-x',
    ).life
  expect(life(1)).not.toBe(life(2))
})

function startedAt(world: Parameters<Step>[0], at: number) {
  const found = world.instance.get('i-x')
  if (!found) return []
  return [{ kind: 'put', of: 'instance', object: { ...found, stateSince: at as typeof found.stateSince } } as const]
}

test('a route table has local routes to the subnets and refuses what it does not know', () => {
  const router = space(build(pair), 'vpc-1')
  const lines = routesIn(router, mainTable(router))
  expect(lines).toContainEqual(expect.stringMatching(/^10\.0\.0\.0\/24 s-/))
  expect(lines).toContainEqual(expect.stringMatching(/^10\.0\.1\.0\/24 s-/))
  expect(lines).toContain('default blackhole')
})

test('routes lead to the gateway, to interfaces, or nowhere', () => {
  const topology = build(
    pair,
    gateway(),
    route('0.0.0.0/0', 'igw-1'),
    route('192.168.0.0/16', 'eni-b'),
    route('192.168.7.0/24', 'nat-1'),
  )
  const router = space(topology, 'vpc-1')
  const lines = routesIn(router, mainTable(router))
  expect(lines).toContain('0.0.0.0/0 igw via fe80::2')
  expect(lines).toContainEqual(expect.stringMatching(/^192\.168\.0\.0\/16 s-\S+ via 10\.0\.1\.9$/))
  expect(lines).toContain('192.168.7.0/24 blackhole')
})

test('a route that covers a subnet more closely than the VPC does takes the place of the local one', () => {
  const router = space(build(pair, route('10.0.1.0/24', 'eni-a')), 'vpc-1')
  const toSubnet = routesIn(router, mainTable(router)).filter((line) => line.startsWith('10.0.1.0/24'))
  expect(toSubnet).toEqual([expect.stringMatching(/via 10\.0\.0\.5$/)])
})

test('without a gateway the internet knows no way in, with one it knows the public addresses', () => {
  const name = 'internet-123456789012-us-east-1'
  const public5 = elastic('a', '198.51.100.5')
  expect(routesIn(space(build(pair, public5), name), 'main')).toEqual([])
  const open = build(pair, public5, gateway())
  expect(routesIn(space(open, name), 'main')).toEqual(['198.51.100.5/32 v-1 via fe80::1'])
  // The block is the internet's own but for this address.
  expect(routesIn(space(open, name), 'local')).toEqual([
    '192.0.2.0/24 here',
    '198.51.100.0/24 here',
    '198.51.100.5/32 elsewhere',
  ])
  expect(space(open, 'vpc-1').filter?.maps.get('public-in')).toEqual(['198.51.100.5 : 10.0.0.5'])
  expect(space(open, 'vpc-1').filter?.maps.get('public-out')).toEqual(['10.0.0.5 : 198.51.100.5'])
})

test('a peering joins two routers, each end by the other’s address', () => {
  const topology = build(
    pair,
    ipv6('2001:db8:1::/56'),
    otherVpc(['10.0.1.0/24'], 'b'),
    peering(),
    route('10.0.1.0/24', 'pcx-1'),
    route('10.0.0.0/24', 'pcx-1', 'rtb-2'),
  )
  const [cable] = topology.cables.filter(({ ends }) => ends[0].device === 'p-1')
  expect(cable?.ends.map(({ namespace }) => namespace)).toEqual(['vpc-1', 'vpc-2'])
  const lines = (name: string) => routesIn(space(topology, name), mainTable(space(topology, name)))
  expect(lines('vpc-1')).toContain('10.0.1.0/24 p-1 via fe80::2')
  expect(lines('vpc-2')).toContain('10.0.0.0/24 p-1 via fe80::1')
})

test('a peering that is not active joins nothing', () => {
  const topology = build(
    pair,
    otherVpc(['10.0.1.0/24'], 'b'),
    peering('pending-acceptance'),
    route('10.0.1.0/24', 'pcx-1'),
  )
  expect(topology.cables.every(({ seat }) => seat)).toBe(true)
  const router = space(topology, 'vpc-1')
  expect(routesIn(router, mainTable(router))).toContain('10.0.1.0/24 blackhole')
})

test('each bridge leads to the ACL of its subnet, out and in', () => {
  const { filter } = space(build(pair), 'vpc-1')
  expect(filter?.maps.get('leaving')?.every((each) => /^"s-\S+" : goto acl-\S+-egress$/.test(each))).toBe(true)
  expect(filter?.maps.get('entering')?.every((each) => /^"s-\S+" : goto acl-\S+-ingress$/.test(each))).toBe(true)
})

test('names of devices fit the kernel’s fifteen characters, and tables are told apart', () => {
  expect(bridgeOf('subnet-0123456789abcdef0')).toBe('s-0123456789abc')
  const numbers = tableNumbers(['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1', 'rtb-1'])
  expect(new Set(numbers.values()).size).toBe(3)
  expect(tableNumbers(['rtb-1']).get('rtb-1')).toBe(numbers.get('rtb-1'))
})
