/** Rules that could go: others of their group admit all that they admit. */

import type { Direction } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import { isStale } from '../../model/stale-rule.ts'
import { nothing } from '../packet-set/diagram.ts'
import { ruleLine } from '../replay.ts'
import { isCovered, isUsable } from './coverage.ts'
import type { Found, LintRule } from './finding.ts'
import { witnessThrough } from './passing.ts'
import { families, type HeldRule, ofDirection, type Scene } from './scene.ts'
import { heldText, objectsOf, revokeOf } from './telling.ts'
import { type Allows, trackingKey } from './tracking.ts'

export const impliedRule: LintRule = {
  id: 'SG-RULE-IMPLIED',
  severity: 'warning',
  title: 'Other rules of the group admit all that this one does',
  explanation:
    'All packets of the rule are admitted by other rules of its group: without it every packet fares as before. That ' +
    'is proved over addresses and services, and does not rest on who is a member now: a rule for a group or a ' +
    'prefix list is implied by rules that name it too, or that hold every address of its family. All rules found ' +
    'can go together. Where the rule is what leaves flows untracked, that is said: they would be tracked without it.',
  find: implied,
}

function* implied(scene: Scene): Generator<Found> {
  for (const group of scene.groups) {
    for (const direction of ['ingress', 'egress'] as const) yield* impliedIn(scene, group, direction)
  }
}

function* impliedIn(scene: Scene, group: SecurityGroup, direction: Direction): Generator<Found> {
  const usable = ofDirection(scene.rulesOf(group), direction).filter(
    (held) => isUsable(scene, held) && !isStale(scene.world, group, held.rule),
  )
  let kept: readonly HeldRule[] = usable
  // The narrowest goes first, so that of rules that imply each other the widest stays.
  const byWidth = usable.map((held, place) => ({ held, place, size: sizeOf(held) }))
  byWidth.sort((a, b) => compare(a.size, b.size) || widthOf(a.held) - widthOf(b.held) || b.place - a.place)
  for (const { held } of byWidth) {
    const others = kept.filter((each) => each !== held)
    if (!isCovered(scene, held, others)) continue
    const before = kept
    kept = others
    yield found(scene, held, { before, others })
  }
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Of how many addresses; members of groups and lists are counted as none. */
function sizeOf({ allow }: HeldRule): bigint {
  if (allow.peerKind !== 'ipv4' && allow.peerKind !== 'ipv6') return 0n
  const ranges = families.flatMap((family) => allow.peers[family])
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)
}

function widthOf({ allow: { traffic } }: HeldRule): number {
  if (traffic.protocol === 'all') return 2 ** 20
  return 'from' in traffic ? traffic.to - traffic.from + 1 : 2 ** 16
}

/** Of the group's rules of the direction, those that are not found themselves. */
interface Left {
  readonly before: readonly HeldRule[]
  readonly others: readonly HeldRule[]
}

function found(scene: Scene, held: HeldRule, left: Left): Found {
  const { others } = left
  const alone = others.find((other) => isCovered(scene, held, [other]))
  const by = alone ? [alone] : fewest(scene, held, others)
  const tracked = changesTracking(scene, held, left)
    ? ['without it flows are tracked that are untracked now; those that are open then are cut (docs/semantics.md)']
    : []
  return {
    on: held.rule.id,
    objects: objectsOf([held]),
    message: `${ruleLine(held.rule)} of ${held.group.name} adds nothing to ${by.map(({ rule }) => rule.id).join(' and ')}.`,
    packet: witnessThrough(scene, held)?.packet,
    details: [...by.map(heldText), ...tracked],
    fix: revokeOf([held]),
    isCertain: true,
  }
}

/** Without those that the others can do without. */
function fewest(scene: Scene, held: HeldRule, others: readonly HeldRule[]): readonly HeldRule[] {
  const sharing = others.filter(({ allow }) =>
    families.some(
      (family) =>
        scene.diagrams.intersection(scene.services(held.allow, family), scene.services(allow, family)) !== nothing,
    ),
  )
  return sharing.reduce<readonly HeldRule[]>((kept, each) => {
    const rest = kept.filter((other) => other !== each)
    return isCovered(scene, held, rest) ? rest : kept
  }, sharing)
}

/** Whether some interface that carries the group has other flows untracked without the rule. */
function changesTracking(scene: Scene, { group, rule, allow }: HeldRule, { before, others }: Left): boolean {
  // Rules that are not open to a whole family have no say in it.
  if (allow.open === undefined) return false
  const carriers = new Map(scene.classesOf(group.id).map((each) => [each.carrier, each]))
  return [...carriers.values()].some(({ members: [{ card }] }) => {
    const { allows } = scene.reachability.terrain.hostOf(card).policy
    const foreign = allows[rule.direction].filter((allow) => allow.group !== group.id)
    const withRules = (own: readonly HeldRule[]): Allows => ({
      ...allows,
      [rule.direction]: [...foreign, ...own.map((each) => each.allow)],
    })
    return trackingKey(scene.diagrams, withRules(before)) !== trackingKey(scene.diagrams, withRules(others))
  })
}
