/** Rules that no packet can use as things are now, and may be able to tomorrow. */

import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import { prefixListCidrs } from '../../model/prefix-list-version.ts'
import { isStale } from '../../model/stale-rule.ts'
import { ruleLine } from '../replay.ts'
import { hasIpv6, isDead } from './dead-rule.ts'
import type { Found, LintRule } from './finding.ts'
import type { HeldRule, Scene } from './scene.ts'
import { isForeign } from './stale-reference.ts'
import { objectsOf, revokeOf } from './telling.ts'

export const idleRule: LintRule = {
  id: 'SG-RULE-IDLE',
  severity: 'note',
  title: 'No packet can use the rule as things are',
  explanation:
    'The rule is for a group that no interface carries now, for a prefix list without entries, or for IPv6 where the ' +
    'VPC has none. It comes to life when that changes, so this is a note. Rules of groups that nobody carries are not ' +
    'asked about.',
  find: idle,
}

function* idle(scene: Scene): Generator<Found> {
  for (const group of scene.groups.filter(({ id }) => scene.classesOf(id).length > 0)) {
    for (const held of scene.rulesOf(group)) {
      const why = isDead(scene, held) ? undefined : whyIdle(scene, held)
      if (why === undefined) continue
      yield {
        on: held.rule.id,
        objects: objectsOf([held]),
        message: `${ruleLine(held.rule)} of ${group.name} matches nothing now: ${why}.`,
        packet: undefined,
        details: [],
        fix: revokeOf([held]),
        isCertain: true,
      }
    }
  }
}

function whyIdle(scene: Scene, held: HeldRule): string | undefined {
  const { world } = scene
  const { group, rule } = held
  const { peer } = rule
  switch (peer.kind) {
    case 'group':
      if (isForeign(scene, held) || isStale(world, group, rule) || scene.classesOf(peer.group).length > 0)
        return undefined
      return `no interface carries ${peer.group}`
    case 'prefix-list': {
      const isKnown = world.prefixList.has(peer.list) || findAwsPrefixList(world.scope.region, peer.list) !== undefined
      return isKnown && prefixListCidrs(world, peer.list).length === 0 ? `${peer.list} is empty` : undefined
    }
    case 'ipv6':
      return hasIpv6(scene, held) ? undefined : `${group.vpc} has no IPv6`
    case 'ipv4':
      return undefined
    default:
      return peer satisfies never
  }
}
