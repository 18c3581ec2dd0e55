/** Rules that name a group that is gone, or that the way to is gone. */

import { isActive } from '../../model/peering-lookup.ts'
import { isStale } from '../../model/stale-rule.ts'
import { linked } from '../../model/world.ts'
import { ruleLine } from '../replay.ts'
import type { Found, LintRule } from './finding.ts'
import type { HeldRule, Scene } from './scene.ts'
import { objectsOf, revokeOf } from './telling.ts'

export const staleReference: LintRule = {
  id: 'SG-RULE-STALE',
  severity: 'warning',
  title: 'A rule names a group that is gone',
  explanation:
    'The group that the rule names was deleted, or is in a VPC that is no longer peered or associated. AWS keeps such ' +
    'a rule, counts it, and it matches nothing. A group of another account is judged by its peering alone, and ' +
    'where a transit gateway may join the VPCs it is a note.',
  find: stale,
}

function* stale(scene: Scene): Generator<Found> {
  for (const held of scene.groups.flatMap((group) => scene.rulesOf(group))) {
    const why = whyStale(scene, held)
    if (why === undefined) continue
    yield {
      on: held.rule.id,
      objects: objectsOf([held]),
      message: `${ruleLine(held.rule)} of ${held.group.name} matches nothing: ${why}.`,
      packet: undefined,
      details: [],
      fix: revokeOf([held]),
      isCertain: !mayBeTransit(scene, held),
    }
  }
}

/** A transit gateway can join the VPCs of two groups (data-plane 1.3); it is not run here. */
function mayBeTransit({ world }: Scene, { group, rule: { peer } }: HeldRule): boolean {
  if (peer.kind !== 'group' || !world.securityGroup.has(peer.group)) return false
  const tables = linked(world, 'route tables in vpc', group.vpc).flatMap((id) => world.routeTable.get(id) ?? [])
  return tables.some(({ routes }) =>
    routes.some(({ target }) => target.kind === 'other' && target.id.startsWith('tgw-')),
  )
}

export function isForeign({ world }: Scene, { rule: { peer } }: HeldRule): boolean {
  return peer.kind === 'group' && peer.owner !== world.scope.account
}

function whyStale(scene: Scene, held: HeldRule): string | undefined {
  const { world } = scene
  const { rule, group } = held
  if (rule.peer.kind !== 'group') return undefined
  const { peered, group: named } = rule.peer
  if (isForeign(scene, held)) {
    const peering = peered && world.peering.get(peered.peering)
    return peering && !isActive(peering) ? `${peering.id} is ${peering.state}` : undefined
  }
  if (!isStale(world, group, rule)) return undefined
  const target = world.securityGroup.get(named)
  if (!target) return `there is no ${named}`
  return `${group.vpc} and ${target.vpc}, where ${named} is, are no longer joined`
}
