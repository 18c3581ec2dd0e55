/**
 * The rules of groups and of sets of groups, compiled once for all interfaces that carry them. What is still as
 * it was stays the same object: lists that did not change keep their identity, and with it their index.
 */

import type { GroupId } from '../model/ids.ts'
import type { Direction, Rule } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import { isStale } from '../model/stale-rule.ts'
import type { World } from '../model/world.ts'
import { compileRule } from './compile.ts'
import { inheritIndex } from './index-allows.ts'
import type { PeerSource, PeerSources } from './peer-sources.ts'
import type { Allow, InterfacePolicy } from './policy.ts'
import { resolvePeer } from './resolve-peer.ts'

type Allows = InterfacePolicy['allows']

/** The world, and what is known to have changed in it. */
export interface Surroundings {
  readonly world: World
  readonly sources: PeerSources
  /** Grows with each change that a policy can follow from. */
  readonly version: number
  /** Grows with each change by which a rule may become stale, or revive. */
  readonly reach: number
}

interface CompiledRule {
  readonly rule: Rule
  /** Where the peers come from; undefined for those that stay what they are: a CIDR, a stale rule's nobody. */
  readonly source: PeerSource | undefined
  readonly allow: Allow
}

interface GroupRules {
  checkedAt: number
  readonly reach: number
  readonly group: SecurityGroup | undefined
  readonly rules: readonly CompiledRule[]
  /** Those of them that have a source. */
  readonly sourced: readonly CompiledRule[]
  readonly allows: Allows
}

interface SetRules {
  checkedAt: number
  readonly parts: readonly Allows[]
  readonly allows: Allows
}

const none: Allows = { ingress: [], egress: [] }

/** Sets that no interface carries any more are not told apart: of so many all are forgotten. */
const mostSets = 16_384

export class RuleShelf {
  readonly #groups = new Map<GroupId, GroupRules>()
  readonly #sets = new Map<string, SetRules>()

  /** The rules of the groups, in order. */
  allowsOf(groups: readonly GroupId[], now: Surroundings): Allows {
    const key = groups.join(' ')
    const known = this.#sets.get(key)
    if (known?.checkedAt === now.version) return known.allows
    const parts = groups.map((id) => this.#groupAllows(id, now))
    if (known && parts.every((part, index) => part === known.parts[index])) {
      known.checkedAt = now.version
      return known.allows
    }
    const allows = successor(known?.allows ?? none, (direction) =>
      none[direction].concat(...parts.map((part) => part[direction])),
    )
    if (this.#sets.size >= mostSets) this.#sets.clear()
    this.#sets.set(key, { checkedAt: now.version, parts, allows })
    return allows
  }

  #groupAllows(id: GroupId, now: Surroundings): Allows {
    const known = this.#groups.get(id)
    if (known?.checkedAt === now.version) return known.allows
    const group = now.world.securityGroup.get(id)
    if (known && known.group === group && known.reach === now.reach && known.sourced.every(hasPresentPeers)) {
      known.checkedAt = now.version
      return known.allows
    }
    const rules = group ? compiledRules(known, group, now) : []
    const sourced = rules.filter(({ source }) => source)
    const allows = successor(known?.allows ?? none, (direction) => allowsAmong(rules, direction))
    this.#groups.set(id, { checkedAt: now.version, reach: now.reach, group, rules, sourced, allows })
    return allows
  }
}

function hasPresentPeers({ source, allow }: CompiledRule): boolean {
  return source === undefined || source.set === allow.peers
}

function allowsAmong(rules: readonly CompiledRule[], direction: Direction): Allow[] {
  return rules.flatMap(({ allow }) => (allow.direction === direction ? allow : []))
}

/** Each direction's list is the former one if that has the same rules, and takes over its index otherwise. */
function successor(before: Allows, listOf: (direction: Direction) => readonly Allow[]): Allows {
  const next = (direction: Direction) => {
    const [old, list] = [before[direction], listOf(direction)]
    if (isSameList(old, list)) return old
    inheritIndex(old, list)
    return list
  }
  const [ingress, egress] = [next('ingress'), next('egress')]
  return ingress === before.ingress && egress === before.egress ? before : { ingress, egress }
}

function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index])
}

/** A rule is compiled again if it changed itself, its peers did, or it may have become stale or revived. */
function compiledRules(
  known: GroupRules | undefined,
  group: SecurityGroup,
  now: Surroundings,
): readonly CompiledRule[] {
  const isReached = known?.reach === now.reach
  const former = formerRules(known?.rules ?? [])
  return group.rules.map((rule) => {
    const same = former(rule)
    const isFresh = same && hasPresentPeers(same) && (isReached || rule.peer.kind !== 'group')
    return isFresh ? same : compiledRule(group, rule, now)
  })
}

/** Finds former rules in their order, which changes keep, without a search; a map helps where some went. */
function formerRules(old: readonly CompiledRule[]): (rule: Rule) => CompiledRule | undefined {
  let place = 0
  let places: ReadonlyMap<Rule, number> | undefined
  return (rule) => {
    if (place === old.length) return undefined
    if (old[place]?.rule !== rule) {
      places ??= new Map(old.map((each, index) => [each.rule, index]))
      const found = places.get(rule)
      if (found === undefined) return undefined
      place = found
    }
    return old[place++]
  }
}

function compiledRule(group: SecurityGroup, rule: Rule, { world, sources }: Surroundings): CompiledRule {
  const source = sourceOf(group, rule, { world, sources })
  return { rule, source, allow: compileRule(group, rule, source?.set ?? resolvePeer(world, group, rule)) }
}

function sourceOf(
  group: SecurityGroup,
  rule: Rule,
  { world, sources }: Pick<Surroundings, 'world' | 'sources'>,
): PeerSource | undefined {
  if (rule.peer.kind === 'prefix-list') return sources.ofList(rule.peer.list)
  return rule.peer.kind === 'group' && !isStale(world, group, rule) ? sources.ofGroup(rule.peer.group) : undefined
}
