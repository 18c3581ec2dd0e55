/**
 * Reachability of a world that is known in bounds only: what passes even with nothing but what is certain is
 * reachable, and what passes with all that is possible, and not without, is undetermined.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Direction } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import { type Family, formatAddress } from '../../net/address.ts'
import type { Terrain } from '../host.ts'
import { Diagrams, nothing } from '../packet-set/diagram.ts'
import type { OutsidePlace } from '../place.ts'
import type { End, EndClass } from './end.ts'
import { noPassage, type Passage } from './passage.ts'
import { type ClassedEnd, Reachability, type VisitBlock } from './reachability.ts'

/** Whatever is allowed in `certain` is allowed in `possible`; they are the same value where all is known. */
export interface Bounds {
  readonly certain: World
  readonly possible: World
}

/** What is asked of one world, or of two that bound it. `world` and `terrain` are those of all that is possible. */
export type Reaches = Pick<Reachability, keyof Reachability>

/** Sets of several can be compared if they are made by the same `diagrams`. */
export function reachabilityWithin({ certain, possible }: Bounds, diagrams = new Diagrams()): Reaches {
  const outer = new Reachability(possible, diagrams)
  return certain === possible ? outer : new BoundedReachability(new Reachability(certain, diagrams), outer)
}

class BoundedReachability implements Reaches {
  readonly world: World
  readonly terrain: Terrain
  readonly certainTerrain: Terrain
  readonly diagrams: Diagrams
  readonly classes: readonly EndClass[]
  readonly #certain: Reachability
  readonly #possible: Reachability
  readonly #origins: ReadonlyMap<EndClass, Origin>
  readonly #parts: ReadonlyMap<EndClass, readonly EndClass[]>
  readonly #ends: ReadonlyMap<string, readonly ClassedEnd[]>

  constructor(certain: Reachability, possible: Reachability) {
    this.#certain = certain
    this.#possible = possible
    this.world = possible.world
    this.terrain = possible.terrain
    this.certainTerrain = certain.terrain
    this.diagrams = possible.diagrams
    this.#origins = originsOf(certain, possible)
    this.classes = [...this.#origins.keys()]
    this.#parts = groupedBy(this.classes, (each) => this.#originOf(each).possible)
    const ends = this.classes.flatMap((of) => of.members.map((end) => ({ end, of })))
    this.#ends = groupedBy(ends, ({ end }) => end.card.id)
  }

  classesOf(family: Family): EndClass[] {
    return this.classes.filter((each) => each.family === family)
  }

  endsOf(card: string): readonly ClassedEnd[] {
    return this.#ends.get(card) ?? []
  }

  between(from: EndClass, to: EndClass): Passage {
    const [sender, receiver] = [this.#originOf(from), this.#originOf(to)]
    return this.#within(sender, receiver, this.#possible.between(sender.possible, receiver.possible))
  }

  eachBlock(from: readonly EndClass[], to: readonly EndClass[], visit: VisitBlock): void {
    const [senders, receivers] = [new Set(from), new Set(to)]
    const outer = (all: ReadonlySet<EndClass>) => [...new Set(Array.from(all, (each) => this.#originOf(each).possible))]
    const partsIn = (all: ReadonlySet<EndClass>, classes: readonly EndClass[]) =>
      classes.flatMap((each) => this.#parts.get(each) ?? []).filter((part) => all.has(part))
    this.#possible.eachBlock(outer(senders), outer(receivers), (some, others, passage) => {
      for (const sender of partsIn(senders, some)) {
        for (const receiver of partsIn(receivers, others)) {
          visit([sender], [receiver], this.#within(this.#originOf(sender), this.#originOf(receiver), passage))
        }
      }
    })
  }

  beyond(inside: EndClass, place: OutsidePlace, direction: Direction): Passage {
    const { certain, possible } = this.#originOf(inside)
    const known = certain ? this.#certain.beyond(certain, place, direction) : noPassage
    return this.#bound(known, this.#possible.beyond(possible, place, direction))
  }

  #within(sender: Origin, receiver: Origin, outer: Passage): Passage {
    const isKnown = sender.certain !== undefined && receiver.certain !== undefined
    return this.#bound(isKnown ? this.#certain.between(sender.certain, receiver.certain) : noPassage, outer)
  }

  #bound(certain: Passage, possible: Passage): Passage {
    const { reachable } = certain
    if (possible.reachable === reachable && possible.undetermined === nothing) return possible
    const all = this.diagrams.unionOf([possible.reachable, possible.undetermined])
    return { reachable, undetermined: this.diagrams.difference(all, reachable) }
  }

  #originOf(joint: EndClass): Origin {
    return this.#origins.get(joint) as Origin
  }
}

/** What a class is in either world; an end that is not certain is in no class there. */
interface Origin {
  readonly certain: EndClass | undefined
  readonly possible: EndClass
}

/** Ends that are alike in both worlds. */
function originsOf(certain: Reachability, possible: Reachability): Map<EndClass, Origin> {
  const known = new Map(certain.classes.flatMap((of) => of.members.map((end) => [keyOf(end), of] as const)))
  const origins = new Map<EndClass, Origin>()
  for (const outer of possible.classes) {
    for (const [inner, members] of groupedBy(outer.members, (end) => known.get(keyOf(end)))) {
      origins.set({ ...outer, index: origins.size, members }, { certain: inner, possible: outer })
    }
  }
  return origins
}

function keyOf({ card, address }: End): string {
  return `${card.id} ${formatAddress(address)}`
}
