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
  let ruleChanges: RuleChange[] = []
  // A call may change thousands of a group's rules: those that follow each other replace the group once.
  for (const change of changes) {
    if (isRuleChange(change) && change.group === (ruleChanges[0]?.group ?? change.group)) {
      ruleChanges.push(change)
      continue
    }
    changeRules(draft, ruleChanges)
    ruleChanges = isRuleChange(change) ? [change] : []
    if (!isRuleChange(change)) applyOne(draft, change)
  }
  changeRules(draft, ruleChanges)
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

function applyOne(draft: Draft, change: Exclude<Change, RuleChange>): void {
  if (change.kind === 'put') replace(draft, change.of, change.object.id, change.object)
  else replace(draft, change.of, change.id, undefined)
}

function isRuleChange(change: Change): change is RuleChange {
  return change.kind !== 'put' && change.kind !== 'removed'
}

function changeRules(draft: Draft, changes: readonly RuleChange[]): void {
  const [first] = changes
  if (first === undefined) return
  const group = draft.securityGroup.get(first.group)
  invariant(group, `${first.group} exists when its rules change`)
  const rules = new Map(group.rules.map((rule) => [rule.id, rule]))
  let hasOriginalEgress = group.hasOriginalEgress
  for (const change of changes) {
    const id = change.kind === 'rule-removed' ? change.rule : change.rule.id
    const before = rules.get(id)
    invariant((before === undefined) === (change.kind === 'rule-added'), `${group.id} holds ${id} unless it is added`)
    if ((change.kind === 'rule-added' ? change.rule : before)?.direction === 'egress') hasOriginalEgress = false
    if (change.kind === 'rule-removed') rules.delete(id)
    else rules.set(id, change.rule)
  }
  replace(draft, 'securityGroup', group.id, { ...group, rules: [...rules.values()], hasOriginalEgress })
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

/** Removes an object with its tags and the flow logs that record it; a group's rules lose their tags too. */
export function removal(world: World, of: Kind, id: string): Change[] {
  const rules = of === 'securityGroup' ? (world.securityGroup.get(id)?.rules ?? []) : []
  const tagged = [id, ...rules.map((rule) => rule.id)].filter((each) => world.tagSet.has(each))
  return [
    { kind: 'removed', of, id },
    ...tagged.map((each): Change => ({ kind: 'removed', of: 'tagSet', id: each })),
    ...linked(world, 'flow logs of resource', id).flatMap((log) => removal(world, 'flowLog', log)),
  ]
}
