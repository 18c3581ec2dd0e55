/** The words that findings of several rules share. */

import type { Family } from '../../net/address.ts'
import { revokeCommands } from '../fix-command.ts'
import type { Diagram } from '../packet-set/diagram.ts'
import { ruleText, serviceRules } from '../packet-set/service-text.ts'
import { ruleLine } from '../replay.ts'
import type { HeldRule, Scene } from './scene.ts'

export function servicesText({ diagrams }: Scene, services: Diagram, family: Family): string {
  return serviceRules(diagrams, services, family).map(ruleText).join('; ')
}

/** `sgr-1 of web: ingress tcp 22 from 0.0.0.0/0` */
export function heldText({ rule, group }: HeldRule): string {
  return `${rule.id} of ${group.name}: ${ruleLine(rule)}`
}

/** One name and how many more. */
export function countedText(names: readonly string[]): string {
  const [first = 'nobody', ...more] = names
  return more.length === 0 ? first : `${first} and ${more.length} more`
}

export function revokeOf(held: readonly HeldRule[]): string[] {
  return revokeCommands(held.map(({ rule, group }) => ({ rule: rule.id, group: group.id, direction: rule.direction })))
}

/** What all have in common: the rule, the group of all rules, else what is given. */
export function subjectOf(held: readonly HeldRule[], otherwise: string): string {
  const [first, ...more] = held
  if (!first) return otherwise
  if (more.length === 0) return first.rule.id
  return more.every(({ group }) => group.id === first.group.id) ? first.group.id : otherwise
}

export function objectsOf(held: readonly HeldRule[]): string[] {
  return [...new Set([...held.map(({ rule }) => rule.id), ...held.map(({ group }) => group.id)])]
}
