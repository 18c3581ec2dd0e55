/** Rules that leave flows untracked: to revoke one cuts them at once. */

import { groupedBy } from '../../base/grouped.ts'
import { type Rule, ruleKey } from '../../model/rule.ts'
import { authorizeCommand } from '../fix-command.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import type { EndClass } from '../reachability/end.ts'
import type { Found, LintRule } from './finding.ts'
import { witnessThrough } from './passing.ts'
import type { HeldRule, Scene } from './scene.ts'
import { heldText, objectsOf, revokeOf, servicesText } from './telling.ts'
import { untrackedBy } from './tracking.ts'

export const untrackedFlows: LintRule = {
  id: 'SG-RULE-UNTRACKED',
  severity: 'note',
  title: 'Flows are untracked: to revoke a rule cuts them at once',
  explanation:
    'The rule admits TCP or UDP to or from 0.0.0.0/0 or ::/0, and the other direction is open to the same for all ports. ' +
    'AWS does not track such flows: their packets are judged one by one, and taking away either rule cuts flows ' +
    'that are open, where tracked ones would live on. The fix writes the rule as two halves, by which the same packets ' +
    'pass and new flows are tracked; flows that are open are cut by it once.',
  find: untracked,
}

interface Known {
  readonly held: HeldRule
  readonly answering: Set<string>
  readonly classes: EndClass[]
  services: Diagram
  readonly family: 4 | 6
}

function* untracked(scene: Scene): Generator<Found> {
  const known = new Map<string, Known>()
  const carriers = groupedBy(scene.reachability.classes, ({ carrier }) => carrier)
  for (const classes of carriers.values()) {
    const [{ card }] = classes[0].members
    const { allows } = scene.reachability.terrain.hostOf(card).policy
    for (const { rule, answering, family, services } of untrackedBy(scene.diagrams, allows)) {
      const held = scene.ruleOf(rule.rule)
      if (!held) continue
      const found = known.get(rule.rule) ?? { held, answering: new Set(), classes: [], services: nothing, family }
      found.services = scene.diagrams.union(found.services, services)
      found.classes.push(...classes)
      for (const each of answering) found.answering.add(each.rule)
      known.set(rule.rule, found)
    }
  }
  for (const each of known.values()) yield* found(scene, each)
}

function* found(scene: Scene, { held, answering, classes, services, family }: Known): Generator<Found> {
  const witness = witnessThrough(scene, held, { classes, services })
  if (!witness) return
  const others = [...answering].flatMap((id) => scene.ruleOf(id as Rule['id']) ?? [])
  const of = held.rule.direction === 'ingress' ? 'to' : 'from'
  yield {
    on: held.rule.id,
    objects: objectsOf([held]),
    message: `Flows of ${servicesText(scene, services, family)} ${of} ${held.group.name} are untracked: to revoke ${held.rule.id} or ${others.map(({ rule }) => rule.id).join(', ')} cuts them at once.`,
    packet: witness.packet,
    details: [held, ...others].map(heldText),
    fix: [...halved(held), ...revokeOf([held])],
    isCertain: true,
  }
}

/** The rule for the two halves of all addresses, as far as its group does not have them. */
function halved({ rule, group }: HeldRule): string[] {
  const halves = rule.peer.kind === 'ipv6' ? ['::/1', '8000::/1'] : ['0.0.0.0/1', '128.0.0.0/1']
  const kind = rule.peer.kind === 'ipv6' ? 'ipv6' : 'ipv4'
  const missing = halves
    .map((cidr) => ({ ...rule, peer: { kind, cidr } as const }))
    .filter((half) => !hasRule(group.rules, half))
  return missing.map((half) => authorizeCommand(group.id, half))
}

function hasRule(rules: readonly Rule[], wanted: Rule): boolean {
  return rules.some((rule) => ruleKey(rule) === ruleKey(wanted))
}
