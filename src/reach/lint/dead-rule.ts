/** Rules that no packet can use, whoever comes: by their own terms, or by the network ACLs. */

import type { Direction, Peer } from '../../model/rule.ts'
import type { Subnet } from '../../model/subnet.ts'
import type { Address, Family } from '../../net/address.ts'
import { addressSet } from '../../net/address-set.ts'
import { lastOf, parseCidr } from '../../net/cidr.ts'
import { aclOf } from '../../policy/compile.ts'
import type { AclPolicy } from '../../policy/policy.ts'
import { before, type Cut, type Diagram, everything, nothing } from '../packet-set/diagram.ts'
import { addressAt, addressLines, addressRanges } from '../packet-set/lines.ts'
import { aclServices } from '../packet-set/services.ts'
import { cutsAround } from '../reachability/cuts.ts'
import { ruleLine } from '../replay.ts'
import { isUsable } from './coverage.ts'
import type { Found, LintRule } from './finding.ts'
import { families, type HeldRule, type Scene } from './scene.ts'
import { objectsOf, revokeOf } from './telling.ts'

export const deadRule: LintRule = {
  id: 'SG-RULE-DEAD',
  severity: 'warning',
  title: 'No packet can use the rule',
  explanation:
    'The rule is for a protocol that its peer does not speak, as icmpv6 from an IPv4 block, or it is for addresses ' +
    'outside of the subnets of all interfaces that carry its group, and the network ACLs there stop all of its packets ' +
    'or all of their answers. AWS CDK’s rule for icmp from 255.255.255.255/32, which is there to admit nothing, is no ' +
    'such rule.',
  find: dead,
}

function* dead(scene: Scene): Generator<Found> {
  for (const held of scene.groups.flatMap((group) => scene.rulesOf(group))) {
    const why = whyDead(scene, held)
    if (why === undefined) continue
    yield {
      on: held.rule.id,
      objects: objectsOf([held]),
      message: `${ruleLine(held.rule)} of ${held.group.name} admits nothing: ${why}.`,
      packet: undefined,
      details: [],
      fix: revokeOf([held]),
      isCertain: true,
    }
  }
}

export function isDead(scene: Scene, held: HeldRule): boolean {
  return whyDead(scene, held) !== undefined
}

function whyDead(scene: Scene, held: HeldRule): string | undefined {
  const { traffic, peer } = held.rule
  if (isPlaceholder(peer)) return undefined
  if (!isUsable(scene, held)) return `no ${String(traffic.protocol)} packet has an address of ${held.allow.peer}`
  // Where there is no IPv6, no ACL needs an entry for it: such a rule is idle, and nobody stopped it.
  if (
    peer.kind === 'group' ||
    (peer.kind === 'ipv6' && !hasIpv6(scene, held)) ||
    families.every((family) => held.allow.peers[family].length === 0)
  )
    return undefined
  const subnets = new Map(scene.cardsOf(held.group.id).map(({ subnet }) => [subnet, scene.world.subnet.get(subnet)]))
  const edges = [...subnets.values()].flatMap((subnet) => subnet ?? [])
  if (edges.length === 0 || !edges.every((subnet) => isStoppedAt(scene, held, subnet))) return undefined
  const acls = [...new Set(edges.map(({ acl }) => acl))].join(' and ')
  return `${acls} ${acls.includes(' ') ? 'stop' : 'stops'} all of its packets or all of their answers`
}

/** There to admit nothing: a group must have an egress rule, or AWS gives it one for everything. */
function isPlaceholder(peer: Peer): boolean {
  return peer.kind === 'ipv4' && peer.cidr === '255.255.255.255/32'
}

function isStoppedAt(scene: Scene, { allow }: HeldRule, subnet: Subnet): boolean {
  return families.every((family) => {
    const own = scene.admitted([allow], family)
    return (
      own === nothing || scene.diagrams.intersection(own, passedAt(scene, subnet, allow.direction, family)) === nothing
    )
  })
}

const known = new WeakMap<Scene, Map<string, Diagram>>()

/** From addresses to services: what comes to the subnet's interfaces or leaves them, its answers too. */
function passedAt(scene: Scene, subnet: Subnet, direction: Direction, family: Family): Diagram {
  const memory = known.get(scene) ?? new Map<string, Diagram>()
  known.set(scene, memory)
  const key = `${subnet.id} ${direction} ${family}`
  const found = memory.get(key) ?? edgeOf(scene, subnet, direction, family)
  memory.set(key, found)
  return found
}

function edgeOf({ world, diagrams }: Scene, subnet: Subnet, direction: Direction, family: Family): Diagram {
  const acl = aclOf(world, subnet)
  const line = addressLines[family]
  const texts = [...(subnet.cidr === undefined ? [] : [subnet.cidr]), ...subnet.ipv6CidrBlocks.map(({ cidr }) => cidr)]
  const inside = addressRanges(addressSet(texts.flatMap((text) => parseCidr(text)?.cidr ?? [])), family)
  const starts = startsOf(acl, family)
  const parts = starts.map((first, index) => {
    const next = starts[index + 1]
    const range = { first, last: next === undefined ? line.last : before(next) }
    return diagrams.within(line, [range], throughAcl(diagrams, acl, direction, addressAt(family, first)))
  })
  // Neighbours in the subnet never meet its ACL.
  return diagrams.unionOf([...parts, diagrams.within(line, inside, everything)])
}

/** Where entries begin to say something else. */
function startsOf({ lines }: AclPolicy, family: Family): Cut[] {
  const blocks = [...lines.ingress, ...lines.egress].map(({ cidr }) => cidr)
  const ranges = blocks
    .filter((cidr) => cidr.family === family)
    .map((cidr) => ({ first: cidr.first, last: lastOf(cidr) }))
  return cutsAround(ranges, family)
}

function throughAcl(diagrams: Scene['diagrams'], acl: AclPolicy, direction: Direction, peer: Address): Diagram {
  const back = direction === 'ingress' ? 'egress' : 'ingress'
  return diagrams.intersection(
    aclServices(diagrams, acl, { direction, peer, heading: 'there' }),
    aclServices(diagrams, acl, { direction: back, peer, heading: 'back' }),
  )
}

/** Whether the VPCs of the group and of its interfaces have any. */
export function hasIpv6(scene: Scene, { group }: HeldRule): boolean {
  const cards = scene.cardsOf(group.id)
  const vpcs = new Set([group.vpc, ...cards.map(({ vpc }) => vpc)])
  const hasBlock = [...vpcs].some((vpc) => (scene.world.vpc.get(vpc)?.ipv6CidrBlocks.length ?? 0) > 0)
  return hasBlock || cards.some(({ ipv6Addresses }) => ipv6Addresses.length > 0)
}
