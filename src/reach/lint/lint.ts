/** All that the lint rules find in a world, as plain data. */

import type { World } from '../../model/world.ts'
import type { Finding, Found, LintRule } from './finding.ts'
import { severities } from './finding.ts'
import { unknownIntended } from './intended.ts'
import { lintRules } from './registry.ts'
import { Scene } from './scene.ts'
import type { Intended, LintSettings } from './settings.ts'

export interface LintInput {
  readonly certain: World
  /** With all that is not understood or not known yet; the same as `certain` where all is. */
  readonly possible: World
  readonly settings: LintSettings
  /** All rules if undefined. */
  readonly only?: readonly string[] | undefined
}

export interface LintResult {
  /** The gravest first, then by rule and object. */
  readonly findings: readonly Finding[]
  /** Entries of the register whose end nobody knows. */
  readonly unknown: readonly Intended[]
}

/** What is found in one of the two worlds and not in the other is not certain. */
export function lint({ certain, possible, settings, only }: LintInput): LintResult {
  const rules = lintRules.filter(({ id }) => only === undefined || only.includes(id))
  const scene = new Scene(certain, settings)
  const known = foundIn(scene, rules)
  const perhaps = possible === certain ? known : foundIn(new Scene(possible, settings), rules)
  const all = new Map([...perhaps, ...known])
  const findings = Array.from(all, ([key, { rule, found }]) =>
    told(rule, known.has(key) && perhaps.has(key) ? found : { ...found, isCertain: false }),
  )
  return { findings: findings.sort(byGravity), unknown: unknownIntended(scene) }
}

interface OfRule {
  readonly rule: LintRule
  readonly found: Found
}

/** By rule and object; two findings of one rule on one object stay two. */
function foundIn(scene: Scene, rules: readonly LintRule[]): ReadonlyMap<string, OfRule> {
  const all = new Map<string, OfRule>()
  for (const rule of rules) {
    for (const found of rule.find(scene)) {
      let key = `${rule.id} ${found.on}`
      while (all.has(key)) key += "'"
      all.set(key, { rule, found })
    }
  }
  return all
}

function told({ id, severity, title }: LintRule, found: Found): Finding {
  return { id, severity: found.isCertain ? severity : 'note', title, ...found }
}

function byGravity(one: Finding, other: Finding): number {
  const gravity = ({ severity }: Finding) => severities.indexOf(severity)
  const order = ({ id }: Finding) => lintRules.findIndex((rule) => rule.id === id)
  return gravity(one) - gravity(other) || order(one) - order(other) || (one.on < other.on ? -1 : 1)
}
