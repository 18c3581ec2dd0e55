/**
 * What is undetermined in two worlds, and how far that is one unknown: the same hop of the same way, which this
 * program runs in neither. Where it is not, one answer may come out one way and the other another, so that nobody
 * can say that nothing changes.
 */

import type { Direction } from '../model/rule.ts'
import type { World } from '../model/world.ts'
import { policyJson } from '../policy/policy-json.ts'
import { publicOf } from './holder.ts'
import type { Hop } from './hop.ts'
import type { Terrain } from './host.ts'
import { type Diagram, everything, type Line, nothing } from './packet-set/diagram.ts'
import { addressAt, addressLines } from './packet-set/lines.ts'
import type { OutsidePlace } from './place.ts'
import { type Reaches, reachabilityWithin } from './reachability/bounded.ts'
import { type End, type EndClass, placeOf } from './reachability/end.ts'
import { outerPieces } from './reachability/outside.ts'
import { strangersAmong } from './reachability/pair-counts.ts'
import { type Pair, plainJourney } from './reachability/way.ts'
import { walk } from './walk.ts'

/** Ends that are alike in both worlds. */
interface Portion {
  readonly of: EndClass
  readonly members: readonly [End, ...End[]]
}

export class SameUnknown {
  readonly #sides: readonly [before: Reaches, after: Reaches]
  readonly #hasSameDoubts: boolean
  /** The least and the most of before, then of after. */
  readonly #terrains: readonly Terrain[]
  /** What is certain of each side that is known in bounds only. */
  #known: readonly Reaches[] | undefined
  readonly #outer = new Map<string, Agreement>()

  /** `hasSameDoubts`: whatever is not known of one world is not known of the other, and is one thing. */
  constructor(before: Reaches, after: Reaches, hasSameDoubts: boolean) {
    this.#sides = [before, after]
    this.#hasSameDoubts = hasSameDoubts
    this.#terrains = this.#sides.flatMap(({ certainTerrain, terrain }) => [certainTerrain, terrain])
  }

  /** What of the services, undetermined in both, may fare otherwise from one to the other. */
  between(sender: Portion, receiver: Portion, both: Diagram): Diagram {
    const pair = both === nothing ? undefined : strangersAmong(sender.members, receiver.members)
    if (!pair) return nothing
    const [from, to] = pair
    const walked = this.#walked({
      from: placeOf(from),
      to: placeOf(to),
      source: from.address,
      destination: to.address,
    })
    const known = this.#certain.map((reaches) => {
      const [one, other] = [classIn(reaches, from), classIn(reaches, to)]
      return one && other ? reaches.between(one, other).undetermined : nothing
    })
    const hop = isOneHop(walked) ? everything : nothing
    const way = isOneWay(walked) && this.#isUnchanged([from, to]) ? everything : nothing
    return this.#apart(both, known, { hop, way })
  }

  /** The same for outer addresses and services. */
  beyond({ members: [end] }: Portion, place: OutsidePlace, direction: Direction, both: Diagram): Diagram {
    if (both === nothing) return nothing
    const known = this.#certain.map((reaches) => {
      const own = classIn(reaches, end)
      return own ? reaches.beyond(own, place, direction).undetermined : nothing
    })
    const { hop, way } = this.#outerAgreement(end, place, direction)
    return this.#apart(both, known, { hop, way: this.#isUnchanged([end]) ? way : nothing })
  }

  #apart(both: Diagram, known: readonly Diagram[], { hop, way }: Agreement): Diagram {
    const diagrams = this.#sides[0].diagrams
    // Rules admit it for certain, so it hangs on the hop alone; so does all of a world that is known.
    const atHop = known.reduce((set, each) => diagrams.intersection(set, each), hop)
    return diagrams.difference(both, diagrams.union(atHop, way))
  }

  get #certain(): readonly Reaches[] {
    const inBounds = this.#sides.filter(({ certainTerrain, terrain }) => certainTerrain !== terrain)
    this.#known ??= inBounds.map(({ certainTerrain: { world }, diagrams }) =>
      reachabilityWithin({ certain: world, possible: world }, diagrams),
    )
    return this.#known
  }

  #walked(pair: Pair): Walked[] {
    const walked = new Map(Array.from(new Set(this.#terrains), (terrain) => [terrain, walkedIn(terrain, pair)]))
    return this.#terrains.flatMap((terrain) => walked.get(terrain) ?? [])
  }

  #outerAgreement(end: End, place: OutsidePlace, direction: Direction): Agreement {
    const { family } = place.block
    const sites = this.#sides.map((side) => classIn(side, end)?.site.index)
    const publics = Array.from(new Set(this.#terrains), ({ world }) => {
      const card = world.networkInterface.get(end.card.id)
      return card && publicOf(world, card, end.address) !== undefined
    })
    const key = `${direction} ${family} ${sites} ${publics}`
    const known = this.#outer.get(key)
    if (known) return known
    const diagrams = this.#sides[0].diagrams
    const inner = placeOf(end)
    const pieces = outerPieces(
      this.#terrains.filter((terrain) => hasEnd(terrain, end)),
      { place, end, direction },
    )
    const walked = pieces.map((range) => {
      const outer = addressAt(family, range.first)
      const pair =
        direction === 'ingress'
          ? { from: place, to: inner, source: outer, destination: end.address }
          : { from: inner, to: place, source: end.address, destination: outer }
      return { range, ways: this.#walked(pair) }
    })
    const where = (fits: (ways: readonly Walked[]) => boolean) => {
      const ranges: Line[] = walked.filter(({ ways }) => fits(ways)).map(({ range }) => range)
      return ranges.length === 0 ? nothing : diagrams.within(addressLines[family], ranges, everything)
    }
    const found = { hop: where(isOneHop), way: where(isOneWay) }
    this.#outer.set(key, found)
    return found
  }

  /** One unknown for all that the source leaves open, and rules and ACLs of the ends that are the same within it. */
  #isUnchanged(ends: readonly End[]): boolean {
    if (!this.#hasSameDoubts) return false
    const [least, most, leastAfter, mostAfter] = this.#terrains.map((terrain) =>
      ends.map((end) => {
        const host = hasEnd(terrain, end) ? terrain.hostAt(placeOf(end)) : undefined
        return host ? JSON.stringify(policyJson(host.policy)) : 'nobody'
      }),
    )
    return `${least}` === `${leastAfter}` && `${most}` === `${mostAfter}`
  }
}

/** Of which services, or outer addresses: the unknown hop is one; the whole way is. */
interface Agreement {
  readonly hop: Diagram
  readonly way: Diagram
}

/** A way in words: of the hops that nobody here runs, and of all of them. */
interface Walked {
  readonly unknown: string
  readonly whole: string
}

function walkedIn(terrain: Terrain, pair: Pair): Walked {
  const { world } = terrain
  const cards = [pair.from, pair.to].flatMap((place) => (place.kind === 'outside' ? [] : [place.card.id]))
  if (cards.some((id) => !world.networkInterface.has(id))) return { unknown: 'nobody', whole: 'nobody' }
  const hops = walk(terrain, plainJourney(pair))
  const told = (all: readonly Hop[]) => all.map((hop) => hopKey(world, hop)).join('; ')
  return { unknown: told(hops.filter(({ outcome }) => outcome === 'unknown')), whole: told(hops) }
}

/** In all four worlds: where a source leaves open which hop it is, it is not one. */
function isOneHop(walked: readonly Walked[]): boolean {
  return new Set(walked.map(({ unknown }) => unknown)).size === 1
}

function isOneWay([least, most, leastAfter, mostAfter]: readonly Walked[]): boolean {
  return least?.whole === leastAfter?.whole && most?.whole === mostAfter?.whole
}

/** What the hop is, without the one packet that was tried. */
function hopKey(world: World, hop: Hop): string {
  const { kind, leg, outcome } = hop
  if (hop.kind !== 'route') return `${kind} ${leg} ${outcome}`
  return `${kind} ${leg} ${outcome} ${hop.via} ${hop.why} ${applianceKey(world, hop.via)}`
}

/** An appliance's own rules have a say in what it lets by. */
function applianceKey(world: World, via: string | undefined): string {
  const groups = world.networkInterface.get(via ?? '')?.groups ?? []
  const rules = groups.flatMap((group) => world.securityGroup.get(group)?.rules ?? [])
  return rules
    .map((rule) => JSON.stringify([rule.direction, rule.traffic, rule.peer]))
    .sort()
    .join()
}

function hasEnd({ world }: Terrain, { card }: End): boolean {
  return world.networkInterface.has(card.id)
}

function classIn(reaches: Reaches, { card, address }: End): EndClass | undefined {
  const own = reaches.endsOf(card.id)
  return own.find(({ end }) => end.address.bits === address.bits && end.address.family === address.family)?.of
}
