/**
 * Policy tests held against a world. Each claim is proved over all packets between all its ends, or fails with
 * one of them: with the rules that let it by, or with what stops it.
 */

import { formatPacket } from '../../packet/notation.ts'
import type { Hop } from '../hop.ts'
import { hopSentence } from '../hop-sentence.ts'
import type { Terrain } from '../host.ts'
import type { Diagram } from '../packet-set/diagram.ts'
import { samplePayload } from '../packet-set/packet-set.ts'
import { servicesNamed, UnknownServices } from '../packet-set/service-name.ts'
import { type Place, UnknownPlace } from '../place.ts'
import type { Reaches } from '../reachability/bounded.ts'
import { joinedSelections, type Selection, selectionOf } from '../reachability/selection.ts'
import { journeyOf } from '../reachability/way.ts'
import { replayOf } from '../replay.ts'
import { rulesBehind } from '../rules-behind.ts'
import { type Journey, walk } from '../walk.ts'
import type { Claim, ClaimResult } from './claim.ts'
import { type Counterexample, counterexampleTo, type Sides } from './counterexample.ts'

const passed = {
  outcome: 'passed',
  message: '',
  packet: undefined,
  rules: [],
  blockers: [],
  replay: undefined,
} as const

/** Names are looked up once for all claims. */
export class Examiner {
  readonly reachability: Reaches
  readonly #selections = new Map<string, Selection>()
  readonly #services = new Map<string, Diagram>()

  constructor(reachability: Reaches) {
    this.reachability = reachability
  }

  examine(claim: Claim): ClaimResult {
    try {
      const found = counterexampleTo(this.reachability, claim, this.sidesOf(claim))
      if (found === 'nobody') return erroneous(claim, 'it is about nobody: no two ends of one IP family are named')
      return found ? this.#failure(claim, found) : { claim, ...passed }
    } catch (thrown) {
      if (thrown instanceof UnknownPlace || thrown instanceof UnknownServices) return erroneous(claim, thrown.message)
      throw thrown
    }
  }

  /** Throws UnknownPlace, UnknownServices. */
  sidesOf({ from, to, services }: Claim): Sides {
    const { diagrams } = this.reachability
    const on = diagrams.unionOf(services.map((name) => this.#servicesNamed(name)))
    return { from: this.#selected(from), to: this.#selected(to), on }
  }

  #failure(claim: Claim, { outcome, services, pair }: Counterexample): ClaimResult {
    const { certainTerrain, terrain: outer } = this.reachability
    const terrain = claim.kind === 'deny' && outcome === 'failed' ? certainTerrain : outer
    const payload = samplePayload(services)
    const journey = journeyOf(pair, payload)
    const packet = formatPacket(journey.packet)
    const blockers = this.#blockersOf(journey, outcome)
    const want = claim.kind === 'accept' ? 'accepted' : 'denied'
    const got = outcome === 'undetermined' ? outcome : claim.kind === 'accept' ? 'denied' : 'accepted'
    return {
      claim,
      outcome,
      message: `${packet}: want ${want}, got ${got}`,
      packet,
      rules: claim.kind === 'deny' ? rulesBehind(terrain, { example: pair, services }) : [],
      blockers: blockers.map(hopSentence),
      replay: replayOf(terrain, pair, payload),
    }
  }

  /** What stops it; or what nobody can tell; or what stops it as far as is certain. */
  #blockersOf(journey: Journey, outcome: Counterexample['outcome']): Hop[] {
    const { terrain, certainTerrain } = this.reachability
    const hops = walk(terrain, journey)
    const hindering = hops.filter((hop) => hop.outcome === (outcome === 'failed' ? 'stops' : 'unknown'))
    const isInBoth = [journey.from, journey.to].every((place) => isKnown(certainTerrain, place))
    if (hindering.length > 0 || outcome === 'failed' || !isInBoth) return hindering
    return walk(certainTerrain, journey).filter((hop) => hop.outcome === 'stops')
  }

  #selected(names: readonly string[]): Selection {
    return joinedSelections(
      names.map((name) => {
        const known = this.#selections.get(name) ?? selectionOf(this.reachability, name)
        this.#selections.set(name, known)
        return known
      }),
    )
  }

  #servicesNamed(name: string): Diagram {
    const known = this.#services.get(name) ?? servicesNamed(this.reachability.diagrams, name)
    this.#services.set(name, known)
    return known
  }
}

/** Whether the end is certain to exist. */
function isKnown({ world }: Terrain, place: Place): boolean {
  return place.kind === 'outside' || world.networkInterface.has(place.card.id)
}

function erroneous(claim: Claim, message: string): ClaimResult {
  return { claim, ...passed, outcome: 'error', message }
}
