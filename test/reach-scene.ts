/** Random worlds with a question to each: two interfaces, or one and somebody outside. */

import fc from 'fast-check'
import type { World } from '../src/model/world.ts'
import type { Explanation } from '../src/reach/explain.ts'
import { Chance } from './model/chance.ts'
import { hosts, randomWorld } from './model/random-world.ts'
import { askBetween, elastic, gateway, ipv6, reachWorld, route, type Step } from './reach-world.ts'

export const ports = ['22', '53', '80', '443', '1500']
const blocks = [
  ...['internet', 'internet', '203.0.0.0/8', '198.51.100.0/24', '0.0.0.0/0', '192.0.2.1', '2001:db8:1::/48', '::/0'],
  ...['10.0.0.2', '169.254.169.253', '169.254.169.254'],
]

export interface Scene {
  readonly world: World
  readonly ends: readonly [string, string]
  readonly protocol: string
  readonly port: string | undefined
  readonly chance: Chance
}

/** A random world with a way to the internet in most cases, and a question about it. */
export function scenesOf(blocks: readonly string[], protocols: readonly string[]): fc.Arbitrary<Scene> {
  return fc.integer().map((seed) => sceneFrom(new Chance(seed), blocks, protocols))
}

function sceneFrom(chance: Chance, blocks: readonly string[], protocols: readonly string[]): Scene {
  const lines = randomWorld(chance).lines.filter((line) => /^ {2}(?!path )/.test(line))
  const online: Step[] = [gateway(), route('0.0.0.0/0', 'igw-1'), route('::/0', 'igw-1'), elastic('e', '203.0.113.200')]
  const edge = chance.isLikely(0.3) ? [bindAcl] : []
  const joining = [...edge, joinGroup('e', 'sg-z'), joinGroup('f', 'sg-z')]
  const steps = [ipv6('2001:db8::/56'), ...joining, ...online.filter(() => chance.isLikely(0.9))]
  const isInside = chance.isLikely(0.4)
  const far = isInside ? 'eni-f' : chance.of(blocks)
  const protocol = chance.of(protocols)
  const hasPort = protocol === 'tcp' || protocol === 'udp'
  return {
    world: reachWorld([...lines, ...narrowAcl, ...sharedRules(chance)].join('\n'), ...steps),
    ends: chance.isLikely(0.5) ? ['eni-e', far] : [far, 'eni-e'],
    protocol,
    port: hasPort && chance.isLikely(0.6) ? chance.of(ports) : undefined,
    chance,
  }
}

export const scenes = scenesOf(blocks, ['tcp', 'tcp', 'tcp', 'udp', 'icmp', 'icmpv6', '50'])

/** Answers may go to Linux's client ports only. */
const narrowAcl = [
  'acl m',
  'acl m ingress 80 allow any from 0.0.0.0/0',
  'acl m ingress 81 allow any from ::/0',
  'acl m egress 80 allow tcp 32768-60999 to 0.0.0.0/0',
]

function bindAcl(world: World): ReturnType<Step> {
  const subnet = world.subnet.get(world.networkInterface.get('eni-e')?.subnet ?? '')
  return subnet ? [{ kind: 'put', of: 'subnet', object: { ...subnet, acl: 'acl-m' } }] : []
}

/** Of a group that both interfaces carry: all may leave in most worlds, and some addresses outside are known. */
function sharedRules(chance: Chance): string[] {
  const outward = ['group z egress any to 0.0.0.0/0', 'group z egress any to ::/0'].filter(() => chance.isLikely(0.6))
  const traffic = () => chance.of(['any', 'tcp 22', 'tcp 20-80', 'udp 53', 'icmp any', '50'])
  const peer = () => chance.of([...hosts, '203.0.113.0/24', '128.0.0.0/2', '10.0.0.0/8', '2001:db8::/32'])
  const some = Array.from({ length: 4 }, () =>
    chance.of([`group z ingress ${traffic()} from ${peer()}`, `group z egress ${traffic()} to ${peer()}`]),
  )
  return ['group z', ...outward, ...new Set(some)]
}

function joinGroup(name: string, group: `sg-${string}`): Step {
  return (world) => {
    const card = world.networkInterface.get(`eni-${name}`)
    return card ? [{ kind: 'put', of: 'networkInterface', object: { ...card, groups: [...card.groups, group] } }] : []
  }
}

/** What `explain` says of it. */
export function asked({ world, ends, protocol, port }: Scene): Explanation {
  return askBetween(world, ends, protocol, port)
}
