/** The search for a packet that does not fare as a claim says: by sets, so finding none is a proof that there is none. */

import type { Family } from '../../net/address.ts'
import { type Diagram, type Diagrams, everything, nothing } from '../packet-set/diagram.ts'
import { addressLines } from '../packet-set/lines.ts'
import { openings } from '../packet-set/services.ts'
import type { OutsidePlace } from '../place.ts'
import type { Reaches } from '../reachability/bounded.ts'
import { placeOf } from '../reachability/end.ts'
import { exampleOf, foundOutside } from '../reachability/findings.ts'
import { addressParts, wholeOf } from '../reachability/outer-parts.ts'
import { strangersAmong } from '../reachability/pair-counts.ts'
import type { Passage } from '../reachability/passage.ts'
import type { Portion, Selection } from '../reachability/selection.ts'
import type { Pair } from '../reachability/way.ts'
import type { Claim } from './claim.ts'

export interface Counterexample {
  readonly outcome: 'failed' | 'undetermined'
  /** Of the pair: those that fare otherwise. */
  readonly services: Diagram
  readonly pair: Pair
}

export interface Sides {
  readonly from: Selection
  readonly to: Selection
  readonly on: Diagram
}

/** `nobody`: no two ends are named between which such a packet could go. */
export function counterexampleTo(
  reachability: Reaches,
  claim: Pick<Claim, 'kind' | 'families'>,
  sides: Sides,
): Counterexample | 'nobody' | undefined {
  let isAboutSomebody = false
  for (const tried of triedPairs(reachability, claim, sides)) {
    isAboutSomebody = true
    if (tried !== 'as claimed') return tried
  }
  return isAboutSomebody ? undefined : 'nobody'
}

type Tried = Counterexample | 'as claimed'

function* triedPairs(
  reachability: Reaches,
  { kind, families }: Pick<Claim, 'kind' | 'families'>,
  { from, to, on }: Sides,
): Generator<Tried> {
  for (const family of families) {
    const asked = reachability.diagrams.intersection(on, openings(reachability.diagrams, family))
    if (asked === nothing) continue
    const own = { kind, asked, family }
    const isOwn = ({ of }: Portion) => of.family === family
    const [senders, receivers] = [from.inside.filter(isOwn), to.inside.filter(isOwn)]
    yield* insidePairs(reachability, own, senders, receivers)
    yield* outerPairs(reachability, own, { direction: 'ingress', places: from.outside, portions: receivers })
    yield* outerPairs(reachability, own, { direction: 'egress', places: to.outside, portions: senders })
  }
}

interface Asked {
  readonly kind: Claim['kind']
  readonly family: Family
  /** Services. */
  readonly asked: Diagram
}

function* insidePairs(
  reachability: Reaches,
  { kind, asked }: Asked,
  senders: readonly Portion[],
  receivers: readonly Portion[],
): Generator<Tried> {
  for (const sender of senders) {
    for (const receiver of receivers) {
      const strangers = strangersAmong(sender.members, receiver.members)
      if (!strangers) continue
      const wrong = wrongOf(reachability.diagrams, kind, asked, reachability.between(sender.of, receiver.of))
      const [one, other] = strangers
      const pair = { from: placeOf(one), to: placeOf(other), source: one.address, destination: other.address }
      yield wrong ? { ...wrong, pair } : 'as claimed'
    }
  }
}

interface Outer {
  readonly direction: 'ingress' | 'egress'
  readonly places: readonly OutsidePlace[]
  readonly portions: readonly Portion[]
}

function* outerPairs(
  reachability: Reaches,
  { kind, asked, family }: Asked,
  { direction, places, portions }: Outer,
): Generator<Tried> {
  const { diagrams } = reachability
  for (const place of places.filter(({ block }) => block.family === family)) {
    const all = everywhere(diagrams, place, asked)
    for (const portion of portions) {
      const wrong = wrongOf(diagrams, kind, all, reachability.beyond(portion.of, place, direction))
      const [part] = wrong ? addressParts(diagrams, wrong.services, { place, on: everything }) : []
      if (wrong && part) {
        const { outcome } = wrong
        const example = exampleOf(
          foundOutside({ ...portion, label: '' }, place, direction, { ...part, result: outcome }),
        )
        yield { outcome, services: part.services, pair: example }
      } else yield 'as claimed'
    }
  }
}

/** From every address of the place to the services. */
function everywhere(diagrams: Diagrams, place: OutsidePlace, services: Diagram): Diagram {
  const all = diagrams.within(addressLines[place.block.family], [addressLines[place.block.family]], services)
  return diagrams.intersection(wholeOf(diagrams, place), all)
}

/** What is asked about and fares otherwise. What nobody can tell is told only where nothing is certainly wrong. */
function wrongOf(
  diagrams: Diagrams,
  kind: Claim['kind'],
  asked: Diagram,
  { reachable, undetermined }: Passage,
): { readonly outcome: Counterexample['outcome']; readonly services: Diagram } | undefined {
  const certain = diagrams.difference(reachable, undetermined)
  const failed =
    kind === 'accept'
      ? diagrams.difference(asked, diagrams.union(certain, undetermined))
      : diagrams.intersection(asked, certain)
  if (failed !== nothing) return { outcome: 'failed', services: failed }
  const untold = diagrams.intersection(asked, undetermined)
  return untold === nothing ? undefined : { outcome: 'undetermined', services: untold }
}
