/**
 * Whether rules admit all that another one does, now and after any change of members or lists: blocks of
 * addresses are united, groups and prefix lists stand for themselves. Such a one is covered by rules that name
 * it too, and by blocks that hold every address of a family.
 */

import type { Family } from '../../net/address.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import { families, type HeldRule, type Scene } from './scene.ts'

/** `others` are of the rule's direction. */
export function isCovered(scene: Scene, held: HeldRule, others: readonly HeldRule[]): boolean {
  const near = others.filter((other) => mayShare(held, other))
  if (near.length === 0) return false
  return families.every((family) => isCoveredIn(scene, held, near, family))
}

/** Something, at least, that rules that are asked about are good for. */
export function isUsable(scene: Scene, held: HeldRule): boolean {
  return families.some((family) => peersIn(scene, held, family) && scene.services(held.allow, family) !== nothing)
}

/** Whether the peer may be an address of the family. */
function peersIn({ world }: Scene, { rule: { peer } }: HeldRule, family: Family): boolean {
  if (peer.kind === 'ipv4') return family === 4
  if (peer.kind === 'ipv6') return family === 6
  return peer.kind === 'group' || (world.prefixList.get(peer.list)?.family ?? family) === family
}

/** Before sets are made: most rules of a group have nothing to do with each other. */
function mayShare(held: HeldRule, against: HeldRule): boolean {
  const [one, other] = [held.rule.traffic, against.rule.traffic]
  if (isApart(held, against)) return false
  if (one.protocol === 'all' || other.protocol === 'all') return true
  if (one.protocol !== other.protocol) return false
  return !('from' in one && 'from' in other) || (one.from <= other.to && other.from <= one.to)
}

/** Two blocks without a common address. */
function isApart({ allow: one }: HeldRule, { allow: other }: HeldRule): boolean {
  if (one.peerKind !== 'ipv4' && one.peerKind !== 'ipv6') return false
  if (other.peerKind === 'group' || other.peerKind === 'prefix-list') return false
  if (one.peerKind !== other.peerKind) return true
  const family = one.peerKind === 'ipv4' ? 4 : 6
  const [[own], [its]] = [one.peers[family], other.peers[family]]
  return own !== undefined && its !== undefined && (own.last < its.first || its.last < own.first)
}

function isCoveredIn(scene: Scene, held: HeldRule, others: readonly HeldRule[], family: Family): boolean {
  if (!peersIn(scene, held, family)) return true
  const { diagrams } = scene
  const services = scene.services(held.allow, family)
  if (services === nothing) return true
  const blocks = others.filter(({ rule }) => rule.peer.kind === 'ipv4' || rule.peer.kind === 'ipv6')
  const admitted = scene.admitted(
    blocks.map(({ allow }) => allow),
    family,
  )
  if (held.rule.peer.kind === 'ipv4' || held.rule.peer.kind === 'ipv6') {
    return diagrams.difference(scene.admitted([held.allow], family), admitted) === nothing
  }
  const same = others.filter(
    ({ allow, rule }) => rule.peer.kind === held.rule.peer.kind && allow.peer === held.allow.peer,
  )
  const named = diagrams.unionOf(same.map(({ allow }) => scene.services(allow, family)))
  return diagrams.difference(services, diagrams.union(named, fromEverybody(scene, admitted))) === nothing
}

/** Services that every address has. */
function fromEverybody({ diagrams }: Scene, admitted: Diagram): Diagram {
  if (admitted.kind !== 'branch') return nothing
  return admitted.below.reduce((common, each) => diagrams.intersection(common, each))
}
