/**
 * Worlds to ask for paths in: the vectors' lines, and in one VPC what those leave out (route tables,
 * gateways, public addresses, peerings), each as a step that makes changes.
 */

import { expect } from 'vitest'
import { instant } from '../src/base/clock.ts'
import { type Change, put } from '../src/model/change.ts'
import type { InstanceId, NetworkInterfaceId, RouteTableId, VpcId } from '../src/model/ids.ts'
import type { Instance } from '../src/model/instance.ts'
import type { NetworkInterface } from '../src/model/network-interface.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import type { PeeringState } from '../src/model/peering.ts'
import type { Route, RouteTarget } from '../src/model/routing.ts'
import { apply, type World } from '../src/model/world.ts'
import { type Explanation, explain } from '../src/reach/explain.ts'
import type { Hop } from '../src/reach/hop.ts'
import type { Traffic } from '../src/reach/probes.ts'

export type Step = (world: World) => readonly Change[]

/** The lines' world with a main route table, `rtb-main`, and what the steps make of it. */
export function reachWorld(lines: string, ...steps: readonly Step[]): World {
  const written = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .reduce((world, line) => apply(world, worldLine(line, world)), notationWorld())
  return change(written, mainTable('vpc-1', 'rtb-main'), ...steps)
}

export function change(world: World, ...steps: readonly Step[]): World {
  return steps.reduce((before, step) => apply(before, step(before)), world)
}

function mainTable(vpc: VpcId, id: RouteTableId): Step {
  const association = { id: `rtbassoc-${id}`, kind: 'main' } as const
  return () => [put('routeTable', { id, vpc, associations: [association], routes: [] })]
}

/** `igw-1`, attached unless told otherwise. */
export function gateway(attachedTo: VpcId | 'nothing' = 'vpc-1', id: `igw-${string}` = 'igw-1'): Step {
  return () => [put('internetGateway', { id, ...(attachedTo === 'nothing' ? {} : { attachedTo }) })]
}

/** A route of the main table; the target by its id. */
export function route(destination: string, target: string, table: RouteTableId = 'rtb-main'): Step {
  return (world) => {
    const found = world.routeTable.get(table)
    if (!found) throw new Error(`there is no ${table}`)
    const made: Route = { destination: destinationOf(destination), target: targetOf(target) }
    return [put('routeTable', { ...found, routes: [...found.routes, made] })]
  }
}

function destinationOf(text: string): Route['destination'] {
  if (text.startsWith('pl-')) return { kind: 'prefix-list', list: text as `pl-${string}` }
  return text.includes(':') ? { kind: 'ipv6', cidr: text } : { kind: 'ipv4', cidr: text }
}

function targetOf(id: string): RouteTarget {
  if (id.startsWith('igw-')) return { kind: 'internet-gateway', id: id as `igw-${string}` }
  if (id.startsWith('pcx-')) return { kind: 'peering', id: id as `pcx-${string}` }
  if (id.startsWith('eni-')) return { kind: 'network-interface', id: id as NetworkInterfaceId }
  return { kind: 'other', id }
}

/** An elastic address for the interface's private address, the first unless told otherwise. */
export function elastic(name: string, publicAddress: string, privateAddress?: string): Step {
  return (world) => {
    const card = cardNamed(world, name)
    const association = {
      id: `eipassoc-${publicAddress}` as const,
      networkInterface: card.id,
      privateAddress: privateAddress ?? card.privateAddresses[0]?.address ?? '',
    }
    const id = `eipalloc-${publicAddress}` as const
    return [put('elasticAddress', { id, publicAddress, networkBorderGroup: 'us-east-1', association })]
  }
}

function cardNamed(world: World, name: string): NetworkInterface {
  const card = world.networkInterface.get(`eni-${name}`)
  if (!card) throw new Error(`there is no interface ${name}`)
  return card
}

/** Tells the state of an instance that interfaces are attached to. */
export function instance(id: InstanceId, state: Instance['state']): Step {
  return () => [put('instance', { id, state, stateSince: instant(0) } as Instance)]
}

export function nameTag(id: InstanceId | NetworkInterfaceId, name: string): Step {
  return () => [put('tagSet', { id, tags: [{ key: 'Name', value: name }] })]
}

/** Moves interfaces with their subnets into a VPC of their own, `vpc-2` with the table `rtb-2`. */
export function otherVpc(cidrs: readonly string[], ...names: readonly string[]): Step {
  return (world) => {
    const vpc = world.vpc.get('vpc-1')
    if (!vpc) throw new Error('there is no vpc-1')
    const blocks = cidrs.map((cidr, index) => ({ associationId: `vpc-cidr-assoc-2${index}` as const, cidr }))
    const cidrBlocks = blocks.filter(({ cidr }) => !cidr.includes(':'))
    const ipv6CidrBlocks = blocks.filter(({ cidr }) => cidr.includes(':'))
    const cards = names.map((name) => cardNamed(world, name))
    return [
      put('vpc', { ...vpc, id: 'vpc-2', cidrBlocks, ipv6CidrBlocks }),
      ...mainTable('vpc-2', 'rtb-2')(world),
      ...cards.flatMap((card) => {
        const subnet = world.subnet.get(card.subnet)
        const moved = subnet ? [put('subnet', { ...subnet, vpc: 'vpc-2' as const })] : []
        return [...moved, put('networkInterface', { ...card, vpc: 'vpc-2' as const })]
      }),
    ]
  }
}

/** The interface at another address, and its subnet around it. */
export function moved(name: string, address: string): Step {
  return (world) => {
    const card = cardNamed(world, name)
    const subnet = world.subnet.get(card.subnet)
    if (!subnet) throw new Error(`${card.subnet} is there`)
    const cidr = `${address.replace(/\.\d+$/, '')}.0/24`
    const privateAddresses = [{ address, isPrimary: true }]
    return [put('subnet', { ...subnet, cidr }), put('networkInterface', { ...card, privateAddresses })]
  }
}

/** IPv6 for `vpc-1`. */
export function ipv6(cidr: string): Step {
  return (world) => {
    const vpc = world.vpc.get('vpc-1')
    return vpc ? [put('vpc', { ...vpc, ipv6CidrBlocks: [{ associationId: 'vpc-cidr-assoc-6', cidr }] })] : []
  }
}

/** `pcx-1` between `vpc-1` and `vpc-2`, or whichever is told. */
export function peering(state: PeeringState = 'active', accepter: VpcId = 'vpc-2'): Step {
  const side = { owner: '123456789012', region: 'us-east-1', allowDnsResolution: false }
  return () => [
    put('peering', {
      id: 'pcx-1',
      requester: { ...side, vpc: 'vpc-1' },
      accepter: { ...side, vpc: accepter },
      state,
      message: '',
      createdAt: instant(0),
      stateSince: instant(0),
    }),
  ]
}

/** `a b tcp 443`, `internet a tcp`, `a 10.0.0.0/24 50`; a letter is an interface. */
export function ask(world: World, question: string): Explanation {
  const [from = '', to = '', protocol = 'tcp', port] = question.split(' ')
  return askBetween(world, [placeText(from), placeText(to)], protocol, port)
}

export function askBetween(
  world: World,
  [from, to]: readonly [string, string],
  protocol = 'tcp',
  port?: string,
): Explanation {
  const named = /^\d+$/.test(protocol) ? Number(protocol) : protocol
  const traffic = { protocol: named, ...(port === undefined ? {} : { port: Number(port) }) } as Traffic
  return explain(world, { from, to, traffic })
}

function placeText(text: string): string {
  return /^[a-z]$/.test(text) ? `eni-${text}` : text
}

/** What stops or is not known, in the words of the tables: `→ rules egress eni-a`, `← route no route`. */
export function obstacles({ findings }: Explanation): string[] {
  const all = findings.flatMap(({ hops }) => hops.filter(({ outcome }) => outcome !== 'passes').map(obstacle))
  return [...new Set(all)]
}

function obstacle(hop: Hop): string {
  return `${hop.leg === 'forward' ? '→' : '←'} ${hop.outcome === 'unknown' ? 'unknown ' : ''}${hop.kind} ${detail(hop)}`
}

function detail(hop: Hop): string {
  switch (hop.kind) {
    case 'rules':
      return `${hop.direction} ${hop.networkInterface}`
    case 'acl':
      return `${hop.direction} ${hop.acl} ${hop.entry}`
    case 'route':
      return [hop.via, hop.why].filter(Boolean).join(', ')
    case 'interface-state':
      return `${hop.instance} ${hop.state}`
    case 'public-address':
    case 'exempt':
      return hop.networkInterface
    case 'gateway':
      return hop.vpc
    case 'delivery':
      return `${hop.address} in ${hop.where}: ${hop.networkInterface ?? 'nobody'}`
    default:
      return hop satisfies never
  }
}

/** Two interfaces in two subnets, with rules for TCP 80 from anywhere and for everything out. */
export const twoSubnets = `
  group open ingress tcp 80 from 0.0.0.0/0
  group open ingress tcp 80 from ::/0
  group open egress any to 0.0.0.0/0
  group open egress any to ::/0
  group shut
  interface a 10.0.0.5 in open
  interface b 10.0.1.9 in open
`

/** A question about a world, with its result and all that stands in the way. */
export interface PathRow {
  readonly title: string
  /** `twoSubnets` if absent. */
  readonly lines?: string
  readonly steps?: readonly Step[]
  readonly question: string
  readonly result: string
  readonly obstacles: readonly string[]
}

export function checkPath({ lines = twoSubnets, steps = [], question, ...expected }: PathRow): void {
  const explanation = ask(reachWorld(lines, ...steps), question)
  const { result, obstacles: stood } = expected
  expect({ result: explanation.result, obstacles: obstacles(explanation) }).toEqual({ result, obstacles: stood })
}
