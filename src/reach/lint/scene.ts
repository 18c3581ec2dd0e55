/** A world as the lint rules look at it: the sets that several of them need, each made once. */

import type { GroupId, RuleId } from '../../model/ids.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Direction, Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import { isStale } from '../../model/stale-rule.ts'
import type { World } from '../../model/world.ts'
import type { Family } from '../../net/address.ts'
import { type AddressSet, noAddresses } from '../../net/address-set.ts'
import { compileRule } from '../../policy/compile.ts'
import type { Allow } from '../../policy/policy.ts'
import { resolvePeer } from '../../policy/resolve-peer.ts'
import { type Diagram, type Diagrams, nothing } from '../packet-set/diagram.ts'
import { addressLines, addressRanges } from '../packet-set/lines.ts'
import { openings, trafficServices } from '../packet-set/services.ts'
import { type OutsidePlace, placesNamed } from '../place.ts'
import type { EndClass } from '../reachability/end.ts'
import { type Labels, labelsBy } from '../reachability/labels.ts'
import { wholeOf } from '../reachability/outer-parts.ts'
import { Reachability } from '../reachability/reachability.ts'
import { addressCount } from './address-count.ts'
import type { LintSettings } from './settings.ts'

export const families: readonly Family[] = [4, 6]

/** A rule in its group, with what it stands for now. */
export interface HeldRule {
  readonly group: SecurityGroup
  readonly rule: Rule
  readonly allow: Allow
}

export class Scene {
  readonly world: World
  readonly settings: LintSettings
  readonly reachability: Reachability
  readonly diagrams: Diagrams
  readonly internet: Readonly<Record<Family, OutsidePlace>>
  /** All addresses of the internet, as sets. */
  readonly public: Readonly<Record<Family, Diagram>>
  readonly publicCount: Readonly<Record<Family, bigint>>
  readonly nameOf: Labels
  readonly #classes = new Map<GroupId, EndClass[]>()
  readonly #held = new Map<GroupId, readonly HeldRule[]>()
  readonly #peers = new Map<string, AddressSet>()

  constructor(world: World, settings: LintSettings) {
    this.world = world
    this.settings = settings
    this.reachability = new Reachability(world)
    this.diagrams = this.reachability.diagrams
    const [v4, v6] = placesNamed(world, 'internet') as [OutsidePlace, OutsidePlace]
    this.internet = { 4: v4, 6: v6 }
    this.public = { 4: wholeOf(this.diagrams, v4), 6: wholeOf(this.diagrams, v6) }
    this.publicCount = { 4: addressCount(this.public[4], 4), 6: addressCount(this.public[6], 6) }
    this.nameOf = labelsBy(world, 'interface')
    for (const each of this.reachability.classes) {
      for (const group of each.members[0].card.groups) {
        this.#classes.set(group, [...(this.#classes.get(group) ?? []), each])
      }
    }
  }

  get groups(): SecurityGroup[] {
    return [...this.world.securityGroup.values()]
  }

  /** Of the interfaces that carry the group. */
  classesOf(group: GroupId): readonly EndClass[] {
    return this.#classes.get(group) ?? []
  }

  /** Each once. */
  cardsOf(group: GroupId): NetworkInterface[] {
    const members = this.classesOf(group).flatMap((each) => each.members)
    return [...new Map(members.map(({ card }) => [card.id, card])).values()]
  }

  /** Stale rules as well, which stand for nobody. */
  rulesOf(group: SecurityGroup): readonly HeldRule[] {
    const known = this.#held.get(group.id)
    if (known) return known
    const held = group.rules.map((rule) => ({
      group,
      rule,
      allow: compileRule(group, rule, this.#peersOf(group, rule)),
    }))
    this.#held.set(group.id, held)
    return held
  }

  ruleOf(id: RuleId): HeldRule | undefined {
    const group = this.world.securityGroup.get(this.world.groupOfRule.get(id) ?? '')
    return group && this.rulesOf(group).find(({ rule }) => rule.id === id)
  }

  /** What may begin something by these rules, as a diagram from their addresses to services. */
  admitted(allows: readonly Pick<Allow, 'traffic' | 'peers'>[], family: Family): Diagram {
    return this.diagrams.unionOf(allows.map((allow) => this.#box(allow, family)))
  }

  services({ traffic }: Pick<Allow, 'traffic'>, family: Family): Diagram {
    return this.diagrams.intersection(trafficServices(this.diagrams, traffic), openings(this.diagrams, family))
  }

  #box(allow: Pick<Allow, 'traffic' | 'peers'>, family: Family): Diagram {
    const services = this.services(allow, family)
    if (services === nothing) return nothing
    return this.diagrams.within(addressLines[family], addressRanges(allow.peers, family), services)
  }

  /** Groups and lists have many rules that name them. */
  #peersOf(group: SecurityGroup, rule: Rule): AddressSet {
    const { peer } = rule
    if (peer.kind === 'ipv4' || peer.kind === 'ipv6') return resolvePeer(this.world, group, rule)
    if (isStale(this.world, group, rule)) return noAddresses
    const key = peer.kind === 'group' ? peer.group : peer.list
    const known = this.#peers.get(key) ?? resolvePeer(this.world, group, rule)
    this.#peers.set(key, known)
    return known
  }
}

export function ofDirection(held: readonly HeldRule[], direction: Direction): HeldRule[] {
  return held.filter(({ rule }) => rule.direction === direction)
}

/** Rules for addresses: what a group's members are let in for is told by who carries it. */
export function byAddress(held: readonly HeldRule[]): Allow[] {
  return held.filter(({ rule }) => rule.peer.kind !== 'group').map(({ allow }) => allow)
}
