/**
 * Who can open a connection to whom, on what, for all interfaces at once. Rules depend on the groups of one
 * end and the address of the other, ways on the sites of both: so rows and ways are found once a class, and
 * a pair costs two look-ups and two intersections of sets that were met before.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { GroupId } from '../../model/ids.ts'
import type { Direction } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import type { Family } from '../../net/address.ts'
import type { Allow } from '../../policy/policy.ts'
import { publicOf } from '../holder.ts'
import { Terrain } from '../host.ts'
import { type Diagram, Diagrams, nothing } from '../packet-set/diagram.ts'
import { openings } from '../packet-set/services.ts'
import type { OutsidePlace } from '../place.ts'
import { classesOf, type End, type EndClass, placeOf, type Site } from './end.ts'
import { type OuterWays, outerWays } from './outside.ts'
import { noPassage, type Passage } from './passage.ts'
import { RuleDiagrams } from './rule-diagrams.ts'
import { ServiceRows } from './service-rows.ts'
import { type Way, wayBetween } from './way.ts'

export interface ClassedEnd {
  readonly end: End
  readonly of: EndClass
}

export class Reachability {
  readonly world: World
  readonly terrain: Terrain
  readonly diagrams: Diagrams
  readonly classes: readonly EndClass[]
  readonly #rules: RuleDiagrams
  readonly #services: Readonly<Record<Family, ServiceRows>>
  /** By carrier. */
  readonly #rows: Readonly<Record<Family, Readonly<Record<Direction, (Int32Array | undefined)[]>>>> = {
    4: { egress: [], ingress: [] },
    6: { egress: [], ingress: [] },
  }
  readonly #groupRows = new Map<string, Int32Array>()
  /** By zones, or by sites where those tell more. */
  readonly #ways = new Map<string | number, Way | 'none'>()
  readonly #ends = new Map<string, readonly ClassedEnd[]>()
  readonly #plain = new Map<Site, PlainWays>()
  readonly #outer = new Map<string, OuterWays>()

  /** Sets of several worlds can be compared if they are made by the same `diagrams`. */
  constructor(world: World, diagrams = new Diagrams()) {
    this.world = world
    this.diagrams = diagrams
    this.terrain = new Terrain(world)
    this.classes = classesOf(this.terrain)
    this.#rules = new RuleDiagrams(diagrams)
    this.#services = { 4: new ServiceRows(diagrams, this.classes, 4), 6: new ServiceRows(diagrams, this.classes, 6) }
  }

  classesOf(family: Family): EndClass[] {
    return this.classes.filter((each) => each.family === family)
  }

  /** The addresses of an interface, each with its class. */
  endsOf(card: string): readonly ClassedEnd[] {
    if (this.#ends.size === 0) {
      for (const of of this.classes) {
        for (const end of of.members) this.#ends.set(end.card.id, [...(this.#ends.get(end.card.id) ?? []), { end, of }])
      }
    }
    return this.#ends.get(card) ?? []
  }

  /** From any interface of one class to any other interface of one. */
  between(from: EndClass, to: EndClass): Passage {
    const way = from.family === to.family ? this.#way(from.site, to.site) : 'none'
    if (way === 'none') return noPassage
    const services = this.#services[from.family]
    const out = way.asks.egress ? (this.#row(from, 'egress')[to.index] as number) : undefined
    const into = way.asks.ingress ? (this.#row(to, 'ingress')[from.index] as number) : undefined
    if ((out === 0 || into === 0) && way.free === nothing) return noPassage
    const rules = out !== undefined && into !== undefined ? services.common(out, into) : (out ?? into)
    const judged = rules === undefined ? way.judged : this.diagrams.intersection(services.services(rules), way.judged)
    const all = this.diagrams.union(way.free, judged)
    if (all === nothing) return noPassage
    if (way.isKnown) return { reachable: all, undetermined: nothing }
    return { reachable: way.free, undetermined: this.diagrams.difference(judged, way.free) }
  }

  /**
   * Every two classes of which something passes from one to the other. Most pairs have no rule in common: they
   * are passed over by their numbers.
   */
  eachPassage(from: readonly EndClass[], to: readonly EndClass[], visit: Visit): void {
    for (const family of [4, 6] as const) {
      const receivers = carriersOf(to.filter((each) => each.family === family))
      for (const sender of from.filter((each) => each.family === family)) {
        for (const receiver of receivers) this.#passagesTo(sender, receiver, visit)
      }
    }
  }

  #passagesTo(from: EndClass, { classes, sites, indexes }: Carriers, visit: Visit): void {
    const { ways, isEvery } = this.#plainWays(from)
    const services = this.#services[from.family]
    const letIn = this.#row(classes[0], 'ingress')[from.index] as number
    if (letIn === 0 && isEvery) return
    const out = this.#row(from, 'egress')
    let admitted = 0
    let passage: Passage | undefined
    for (let place = 0; place < classes.length; place += 1) {
      const to = classes[place] as EndClass
      if (ways[sites[place] as number] === 0) {
        const judged = this.between(from, to)
        if (judged !== noPassage) visit(from, to, judged)
        continue
      }
      const here = out[indexes[place] as number] as number
      if (here !== admitted) {
        const number = services.common(here, letIn)
        admitted = here
        passage = number === 0 ? undefined : services.passage(number)
      }
      if (passage) visit(from, to, passage)
    }
  }

  #plainWays({ site: from, family }: EndClass): PlainWays {
    const known = this.#plain.get(from)
    if (known) return known
    const sites = [...new Set(this.classesOf(family).map(({ site }) => site))]
    const ways = new Uint8Array(Math.max(...sites.map(({ index }) => index)) + 1)
    const all = openings(this.diagrams, family)
    const plain = sites.filter((site) => isPlain(this.#way(from, site), all))
    for (const { index } of plain) ways[index] = 1
    const made = { ways, isEvery: plain.length === sites.length }
    this.#plain.set(from, made)
    return made
  }

  /** Between an end and addresses outside; `ingress` if the connection comes from there. */
  beyond(inside: EndClass, place: OutsidePlace, direction: Direction): Passage {
    if (place.block.family !== inside.family) return noPassage
    const { diagrams } = this
    const [end] = inside.members
    const { free, judged, unknownFree, unknownJudged } = this.#outerWays(inside, place, direction)
    if (judged === nothing && unknownJudged === nothing) return { reachable: free, undetermined: unknownFree }
    const rules = this.#rules.of(this.terrain.hostOf(end.card).policy, direction, inside.family)
    return {
      reachable: diagrams.union(free, diagrams.intersection(judged, rules)),
      undetermined: diagrams.union(unknownFree, diagrams.intersection(unknownJudged, rules)),
    }
  }

  /** What the rules of an end admit by the other end's class, as numbers of services. */
  #row({ members: [{ card }], family, carrier }: EndClass, direction: Direction): Int32Array {
    const rows = this.#rows[family][direction]
    const known = rows[carrier]
    if (known) return known
    const { allows } = this.terrain.hostOf(card).policy
    const row = this.#services[family].union(
      card.groups.map((group) => this.#groupRow(group, allows[direction], `${direction} ${family}`, family)),
    )
    rows[carrier] = row
    return row
  }

  #groupRow(group: GroupId, allows: readonly Allow[], key: string, family: Family): Int32Array {
    const known = this.#groupRows.get(`${key} ${group}`)
    if (known) return known
    const row = this.#services[family].ofRules(allows.filter((allow) => allow.group === group))
    this.#groupRows.set(`${key} ${group}`, row)
    return row
  }

  /** `none` between the addresses of one interface: they go no way at all. */
  #way(from: Site, to: Site): Way | 'none' {
    const isZonal = from.zone !== undefined && to.zone !== undefined && from.subnet !== to.subnet
    const key = isZonal ? `${from.family} ${from.zone} > ${to.zone}` : from.index * 2 ** 26 + to.index
    const known = this.#ways.get(key)
    if (known) return known
    const pair = strangers(from, to)
    const way = pair
      ? wayBetween(this.terrain, this.diagrams, {
          from: placeOf(pair.sender),
          to: placeOf(pair.receiver),
          source: pair.sender.address,
          destination: pair.receiver.address,
        })
      : 'none'
    this.#ways.set(key, way)
    return way
  }

  #outerWays({ site, members: [end] }: EndClass, place: OutsidePlace, direction: Direction): OuterWays {
    const isPublic = end.address.family === 4 && publicOf(this.world, end.card, end.address) !== undefined
    // Nobody of the internet is a neighbour, so subnets do not matter to it.
    const where = place.name === 'internet' ? (site.zone ?? site.index) : site.index
    const key = `${direction} ${site.family} ${where} ${isPublic} ${place.name}`
    const known = this.#outer.get(key)
    if (known) return known
    const ways = outerWays(this.terrain, this.diagrams, { place, end, direction })
    this.#outer.set(key, ways)
    return ways
  }
}

type Visit = (from: EndClass, to: EndClass, passage: Passage) => void

/** Where nothing but the rules of both ends is in the way. */
interface PlainWays {
  /** By site: 1 where that is so. */
  readonly ways: Uint8Array
  readonly isEvery: boolean
}

/** Classes of the same groups, as the loop over all pairs looks at them. */
interface Carriers extends Readonly<Record<'sites' | 'indexes', Int32Array>> {
  readonly classes: readonly [EndClass, ...EndClass[]]
}

function carriersOf(all: readonly EndClass[]): Carriers[] {
  return Array.from(groupedBy(all, ({ carrier }) => carrier).values(), (classes) => ({
    classes,
    sites: Int32Array.from(classes, ({ site }) => site.index),
    indexes: Int32Array.from(classes, ({ index }) => index),
  }))
}

function isPlain(way: Way | 'none', all: Diagram): boolean {
  if (way === 'none') return false
  return way.judged === all && way.free === nothing && way.isKnown && way.asks.egress && way.asks.ingress
}

/** One end of each that are not of one interface; undefined if the sites have one interface in all. */
function strangers(from: Site, to: Site): { readonly sender: End; readonly receiver: End } | undefined {
  for (const sender of from.examples) {
    const receiver = to.examples.find(({ card }) => card.id !== sender.card.id)
    if (receiver) return { sender, receiver }
  }
  return undefined
}
