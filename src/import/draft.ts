/**
 * Two worlds in the making: `certain` and `possible`. Objects are put one by one, rules beside their groups,
 * because files tell them in any order; what is put twice is what was put last.
 */

import type { GroupId, RuleId } from '../model/ids.ts'
import type { Kind, Objects } from '../model/objects.ts'
import { type Rule, ruleKey } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import { type Scope, type World, worldOf } from '../model/world.ts'
import { cidrWrittenAs } from './cidr-peer.ts'
import type { Doubt, Imported, Origin } from './imported.ts'

type Tables = { [K in Kind]?: Map<string, Objects[K]> }
type Certainty = 'certain' | 'possible'

export class Draft {
  readonly #tables: Tables = {}
  /** Objects that are otherwise in the possible world, or only there. */
  readonly #otherwise: Tables = {}
  readonly #rules: Record<Certainty, Map<GroupId, Map<string, Rule>>> = { certain: new Map(), possible: new Map() }
  readonly #origins = new Map<string, Origin>()
  readonly #doubts = new Map<string, Doubt>()
  readonly #written = new Map<string, string>()

  put<K extends Kind>(kind: K, object: Objects[K], origin?: Origin): void {
    tableOf(this.#tables, kind).set(object.id, object)
    if (origin) this.#origins.set(object.id, origin)
  }

  /** In the possible world alone, or in place of what is in the certain one. */
  putPossible<K extends Kind>(kind: K, object: Objects[K], origin?: Origin): void {
    tableOf(this.#otherwise, kind).set(object.id, object)
    if (origin) this.#origins.set(object.id, origin)
  }

  get<K extends Kind>(kind: K, id: string): Objects[K] | undefined {
    return tableOf(this.#tables, kind).get(id)
  }

  getPossible<K extends Kind>(kind: K, id: string): Objects[K] | undefined {
    return tableOf(this.#otherwise, kind).get(id) ?? this.get(kind, id)
  }

  all<K extends Kind>(kind: K): Objects[K][] {
    return [...tableOf(this.#tables, kind).values()]
  }

  /** False for one that its group has already: AWS calls the second a duplicate. */
  addRule(group: GroupId, rule: Rule, origin?: Origin, certainty: Certainty = 'certain'): boolean {
    const key = ruleKey(rule)
    if (this.#ruleMap('certain', group).has(key) || this.#ruleMap(certainty, group).has(key)) return false
    this.#ruleMap(certainty, group).set(key, rule)
    if (origin) this.#origins.set(rule.id, origin)
    return true
  }

  /** The rule's CIDR as the source has it. */
  noteWritten(rule: RuleId, text: string): void {
    this.#written.set(rule, text)
  }

  /** Where an entry of an ACL or a prefix list is written, which has a name only; and its CIDR in the source's words. */
  noteEntry(name: string, cidr: string, text: string, origin: Origin): void {
    this.#origins.set(name, origin)
    const written = cidrWrittenAs(cidr, [text])
    if (written !== undefined) this.#written.set(name, written)
  }

  rulesOf(group: GroupId): Rule[] {
    return [...this.#ruleMap('certain', group).values()]
  }

  doubt(what: string, origin: Origin): void {
    this.#doubts.set(`${origin.name} ${what}`, { what, origin })
  }

  originOf(id: string): Origin | undefined {
    return this.#origins.get(id)
  }

  imported(scope: Scope): Imported {
    const certain = this.#world(scope, ['certain'], this.#tables)
    const isKnown =
      isEmpty(this.#otherwise) && Array.from(this.#rules.possible.values()).every(({ size }) => size === 0)
    const possible = isKnown ? certain : this.#world(scope, ['certain', 'possible'], this.#tables, this.#otherwise)
    const doubts = [...this.#doubts.values()]
    return { certain, possible, origins: this.#origins, doubts, written: this.#written }
  }

  #world(scope: Scope, certainties: readonly Certainty[], ...layers: readonly Tables[]): World {
    const objects = layers.flatMap((tables) =>
      Object.entries(tables).flatMap(([kind, table]) =>
        [...(table as ReadonlyMap<string, Objects[Kind]>).values()].map((object) => ({ kind: kind as Kind, object })),
      ),
    )
    const withRules = (group: SecurityGroup) => ({
      ...group,
      rules: certainties.flatMap((certainty) => [...this.#ruleMap(certainty, group.id).values()]),
    })
    return worldOf(
      scope,
      objects.map(({ kind, object }) =>
        kind === 'securityGroup' ? { kind, object: withRules(object as SecurityGroup) } : { kind, object },
      ),
    )
  }

  #ruleMap(certainty: Certainty, group: GroupId): Map<string, Rule> {
    const rules = this.#rules[certainty]
    const known = rules.get(group) ?? new Map<string, Rule>()
    rules.set(group, known)
    return known
  }
}

function tableOf<K extends Kind>(tables: Tables, kind: K): Map<string, Objects[K]> {
  const known = tables[kind] as Map<string, Objects[K]> | undefined
  if (known) return known
  const made = new Map<string, Objects[K]>()
  Object.assign(tables, { [kind]: made })
  return made
}

function isEmpty(tables: Tables): boolean {
  return Object.values(tables).every((table) => table.size === 0)
}
