/**
 * All objects of one account in one Region at one version. A World never changes: `apply` makes the
 * next one, sharing all that stayed. Holding on to an old World is how a request sees one moment.
 */

import { invariant } from '../base/invariant.ts'
import type { Change, RuleChange } from './change.ts'
import type { GroupId, RuleId, TaggableId } from './ids.ts'
import { type LinkName, type LinkTargets, linkKey, linkPrefix, linksFrom, targetOf } from './links.ts'
import { type Kind, kinds, type Objects } from './objects.ts'
import type { Rule } from './rule.ts'
import type { SecurityGroup } from './security-group.ts'
import { type ReadonlySortedMap, SortedMap } from './sorted-map.ts'
import type { Tag } from './tag.ts'

/** Whose world it is: worlds of different scopes never mix. */
export interface Scope {
  readonly account: string
  readonly region: string
}

type Tables = { readonly [K in Kind]: ReadonlySortedMap<Objects[K]> }

export interface World extends Tables {
  readonly scope: Scope
  /** How many commits led here. */
  readonly version: number
  /** The keys of `links.ts`. */
  readonly links: ReadonlySortedMap<true>
  /** The group that holds each rule. */
  readonly groupOfRule: ReadonlySortedMap<GroupId>
}

type Draft = { [K in Kind]: SortedMap<Objects[K]> } & {
  readonly links: SortedMap<true>
  readonly groupOfRule: SortedMap<GroupId>
}

export function emptyWorld(scope: Scope): World {
  return { ...draftFrom(undefined), scope, version: 0 }
}

/** The world after `changes`, one version on. `world` itself is untouched. */
export function apply(world: World, changes: readonly Change[]): World {
  const draft = draftFrom(world)
  for (const change of changes) applyOne(draft, change)
  return { ...draft, scope: world.scope, version: world.version + 1 }
}

/** A world from objects as a store gives them back. */
export function worldOf(scope: Scope, objects: Iterable<{ kind: Kind; object: Objects[Kind] }>): World {
  const draft = draftFrom(undefined)
  for (const { kind, object } of objects) replace(draft, kind, object.id, object)
  return { ...draft, scope, version: 0 }
}

function draftFrom(world: World | undefined): Draft {
  const fork = (map: ReadonlySortedMap<unknown> | undefined) => (map as SortedMap<unknown> | undefined)?.fork()
  const tables = kinds.map((kind) => [kind, fork(world?.[kind]) ?? new SortedMap()])
  return {
    ...(Object.fromEntries(tables) as Draft),
    links: (fork(world?.links) as SortedMap<true> | undefined) ?? new SortedMap(),
    groupOfRule: (fork(world?.groupOfRule) as SortedMap<GroupId> | undefined) ?? new SortedMap(),
  }
}

function applyOne(draft: Draft, change: Change): void {
  switch (change.kind) {
    case 'put':
      replace(draft, change.of, change.object.id, change.object)
      break
    case 'removed':
      replace(draft, change.of, change.id, undefined)
      break
    case 'rule-added':
    case 'rule-replaced':
    case 'rule-removed':
      changeRules(draft, change)
      break
    default:
      change satisfies never
  }
}

function changeRules(draft: Draft, change: RuleChange): void {
  const group = draft.securityGroup.get(change.group)
  invariant(group, `${change.group} exists when its rules change`)
  const id = change.kind === 'rule-removed' ? change.rule : change.rule.id
  const before = group.rules.find((rule) => rule.id === id)
  invariant((before === undefined) === (change.kind === 'rule-added'), `${change.group} holds ${id} unless it is added`)
  const isEgress = (change.kind === 'rule-added' ? change.rule : before)?.direction === 'egress'
  replace(draft, 'securityGroup', group.id, {
    ...group,
    rules: rulesAfter(group.rules, change),
    hasOriginalEgress: group.hasOriginalEgress && !isEgress,
  })
}

function rulesAfter(rules: readonly Rule[], change: RuleChange): readonly Rule[] {
  switch (change.kind) {
    case 'rule-added':
      return [...rules, change.rule]
    case 'rule-replaced':
      return rules.map((rule) => (rule.id === change.rule.id ? change.rule : rule))
    case 'rule-removed':
      return rules.filter((rule) => rule.id !== change.rule)
    default:
      return change satisfies never
  }
}

function replace<K extends Kind>(draft: Draft, kind: K, id: string, object: Objects[K] | undefined): void {
  const table = draft[kind] as SortedMap<Objects[K]>
  const before = table.get(id)
  relink(draft, kind, before, object)
  if (kind === 'securityGroup') {
    reindexRules(draft, before as SecurityGroup | undefined, object as SecurityGroup | undefined)
  }
  if (object === undefined) table.delete(id)
  else table.set(id, object)
}

function relink<K extends Kind>(draft: Draft, kind: K, before?: Objects[K], after?: Objects[K]): void {
  const old = new Set(before ? linksFrom(kind, before).map((link) => linkKey(link, before.id)) : [])
  const fresh = new Set(after ? linksFrom(kind, after).map((link) => linkKey(link, after.id)) : [])
  for (const key of old) if (!fresh.has(key)) draft.links.delete(key)
  for (const key of fresh) if (!old.has(key)) draft.links.set(key, true)
}

function reindexRules(draft: Draft, before?: SecurityGroup, after?: SecurityGroup): void {
  const old = new Set(before?.rules.map(({ id }) => id))
  for (const { id } of after?.rules ?? []) if (!old.delete(id) && after) draft.groupOfRule.set(id, after.id)
  for (const id of old) draft.groupOfRule.delete(id)
}

/** Ids that a link leads to, in id order. */
export function linked<N extends LinkName>(world: World, name: N, from: string): LinkTargets[N][] {
  return Array.from(world.links.keysWithPrefix(linkPrefix(name, from)), (key) => targetOf(key) as LinkTargets[N])
}

/** Whether a link leads anywhere. */
export function isLinked(world: World, name: LinkName, from: string): boolean {
  return !world.links.keysWithPrefix(linkPrefix(name, from)).next().done
}

/** The group and the rule of a rule id. */
export function findRule(world: World, id: RuleId): { group: SecurityGroup; rule: Rule } | undefined {
  const groupId = world.groupOfRule.get(id)
  const group = groupId && world.securityGroup.get(groupId)
  const rule = group?.rules.find((candidate) => candidate.id === id)
  return group && rule && { group, rule }
}

export function tagsOf(world: World, id: TaggableId): readonly Tag[] {
  return world.tagSet.get(id)?.tags ?? []
}

/** Removes an object with its tags; a group's rules lose theirs too. */
export function removal(world: World, of: Kind, id: string): Change[] {
  const rules = of === 'securityGroup' ? (world.securityGroup.get(id)?.rules ?? []) : []
  const tagged = [id, ...rules.map((rule) => rule.id)].filter((each) => world.tagSet.has(each))
  return [{ kind: 'removed', of, id }, ...tagged.map((each): Change => ({ kind: 'removed', of: 'tagSet', id: each }))]
}
