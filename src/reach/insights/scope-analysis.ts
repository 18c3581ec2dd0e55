/**
 * Network Access Analyzer's question: which connections that a scope is about are there, besides those that it
 * expects? Asked of all packets at once (reachability), then shown by one packet of each.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { ScopeContent, ScopeFinding, ScopeVerdict } from '../../model/access-scope.ts'
import type { PathComponent } from '../../model/network-insights.ts'
import type { Direction } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import { publicOf } from '../holder.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import { addressLines, addressRanges } from '../packet-set/lines.ts'
import { type OutsidePlace, placesNamed } from '../place.ts'
import type { End, EndClass } from '../reachability/end.ts'
import type { Passage } from '../reachability/passage.ts'
import { Reachability } from '../reachability/reachability.ts'
import { componentsOf } from './path-components.ts'
import {
  isEnd,
  isSeen,
  isThrough,
  matcherOf,
  type PathMatcher,
  type ScopeEnd,
  type SeenAddress,
} from './scope-match.ts'
import { sampleTrial } from './scope-sample.ts'

/** As many as one call of GetNetworkInsightsAccessScopeAnalysisFindings can show. */
const mostFindings = 1000

export function analyseScope(world: World, content: ScopeContent): ScopeVerdict {
  const reachability = new Reachability(world)
  const search = new Search(reachability, {
    match: content.matchPaths.map((path) => matcherOf(world, reachability.diagrams, path)),
    exclude: content.excludePaths.map((path) => matcherOf(world, reachability.diagrams, path)),
  })
  search.inside()
  search.outside()
  return {
    findings: search.findings.slice(0, mostFindings),
    isCut: search.findings.length > mostFindings,
    isUncertain: search.isUncertain,
    analyzedInterfaces: world.networkInterface.size,
  }
}

interface Matchers {
  readonly match: readonly PathMatcher[]
  readonly exclude: readonly PathMatcher[]
}

/** Two ends, one of them possibly outside, and what each statement can say of them. */
interface Connection {
  readonly from: ScopeEnd
  readonly to: ScopeEnd
  readonly source: SeenAddress | undefined
  readonly destination: SeenAddress | undefined
  /** The interface's side and the place outside, where one is. */
  readonly pair: { readonly sender: End | OutsidePlace; readonly receiver: End | OutsidePlace }
}

class Search {
  readonly findings: ScopeFinding[] = []
  isUncertain = false
  readonly #reachability: Reachability
  readonly #world: World
  readonly #matchers: Matchers
  readonly #spoken = new Map<EndClass, readonly (readonly [End, ...End[]])[]>()

  constructor(reachability: Reachability, matchers: Matchers) {
    this.#reachability = reachability
    this.#world = reachability.world
    this.#matchers = matchers
  }

  inside(): void {
    const classes = this.#reachability.classesOf(4)
    const senders = classes.filter((each) => this.#mayBe('source', each))
    const receivers = classes.filter((each) => this.#mayBe('destination', each))
    this.#reachability.eachBlock(senders, receivers, (some, others, passage) => {
      if (this.#isDone(passage)) return
      const receiving = others.flatMap((to) => this.#told(to))
      for (const sender of some.flatMap((from) => this.#told(from))) {
        for (const receiver of receiving) {
          const pair = strangers(sender, receiver)
          if (pair) this.#judge(connectionBetween(...pair), passage)
        }
      }
    })
  }

  outside(): void {
    const places = placesNamed(this.#world, 'internet').flatMap((each) => (each.kind === 'outside' ? [each] : []))
    const place = places.find(({ block }) => block.family === 4)
    if (!place) return
    for (const of of this.#reachability.classesOf(4)) {
      for (const direction of ['ingress', 'egress'] as const) {
        const passage = this.#reachability.beyond(of, place, direction)
        for (const [end] of this.#told(of)) {
          const connection = connectionBeyond(this.#world, end, place, direction)
          if (connection) this.#judge(connection, passage)
        }
      }
    }
  }

  /** Members of a class of which all statements say the same: one of them speaks for all. */
  #told(of: EndClass): readonly (readonly [End, ...End[]])[] {
    const known = this.#spoken.get(of)
    if (known) return known
    const all = [...this.#matchers.match, ...this.#matchers.exclude]
    const groups = groupedBy(of.members, (end) => all.map((matcher) => this.#saidOf(end, matcher)).join())
    const told = [...groups.values()]
    this.#spoken.set(of, told)
    return told
  }

  #mayBe(place: 'source' | 'destination', { members }: EndClass): boolean {
    return this.#matchers.match.some(({ path }) => members.some(({ card }) => isEnd(path[place]?.resource, { card })))
  }

  /** More findings than are listed would change nothing, and nobody can tell more than once that some is uncertain. */
  #isDone({ undetermined }: Passage): boolean {
    return this.findings.length > mostFindings && (this.isUncertain || undetermined === nothing)
  }

  #saidOf({ card, address }: End, { path, sources, destinations }: PathMatcher): string {
    const outer = publicOf(this.#world, card, address) ?? address
    const same = { atSource: address, atDestination: address }
    return [
      isEnd(path.source?.resource, { card }),
      isEnd(path.destination?.resource, { card }),
      isSeen(sources, same),
      isSeen(sources, { ...same, atDestination: outer }),
      isSeen(destinations, same),
      isSeen(destinations, { ...same, atSource: outer }),
    ]
      .map(Number)
      .join('')
  }

  #judge(connection: Connection, { reachable, undetermined }: Passage): void {
    if (undetermined !== nothing && this.#ofInterest(connection, undetermined) !== nothing) this.isUncertain = true
    if (this.findings.length > mostFindings) return
    for (const matcher of this.#matchers.match) {
      const components = this.#unexpected(connection, matcher, this.#part(connection, matcher, reachable))
      if (components) {
        this.findings.push({ components })
        return
      }
    }
  }

  /** Matched by some path, and meant by none. */
  #ofInterest(connection: Connection, set: Diagram): Diagram {
    const { diagrams } = this.#reachability
    const parts = (all: readonly PathMatcher[]) =>
      diagrams.unionOf(all.map((matcher) => this.#part(connection, matcher, set)))
    const unconditional = this.#matchers.exclude.filter(({ path }) => path.through.length === 0)
    return diagrams.difference(parts(this.#matchers.match), parts(unconditional))
  }

  /** The components of a packet of the set that no path excludes. What a path goes through shows once one is walked. */
  #unexpected(connection: Connection, matcher: PathMatcher, set: Diagram): readonly PathComponent[] | undefined {
    const { diagrams } = this.#reachability
    let rest = set
    for (;;) {
      if (rest === nothing) return undefined
      const trial = sampleTrial(this.#reachability, connection.pair, rest)
      const { forward } = componentsOf(this.#world, trial, { through: [], avoiding: [] })
      if (!isThrough(matcher.path, forward)) return undefined
      const meant = this.#matchers.exclude
        .filter(({ path }) => isThrough(path, forward))
        .map((each) => this.#part(connection, each, rest))
        .filter((part) => part !== nothing)
      if (meant.length === 0) return forward
      rest = diagrams.difference(rest, diagrams.unionOf(meant))
    }
  }

  /** What of the set the path is about. */
  #part({ from, to, source, destination }: Connection, matcher: PathMatcher, set: Diagram): Diagram {
    const { path, sources, destinations } = matcher
    if (!isEnd(path.source?.resource, from) || !isEnd(path.destination?.resource, to)) return nothing
    if (source && !isSeen(sources, source)) return nothing
    if (destination && !isSeen(destinations, destination)) return nothing
    const { diagrams } = this.#reachability
    if (source && destination) return diagrams.intersection(set, matcher.services)
    const line = addressLines[4]
    const outer = (source ? destinations : sources).flatMap((addresses) => (addresses ? [addresses] : []))
    return outer.reduce<Diagram>(
      (part, addresses) =>
        diagrams.intersection(part, diagrams.within(line, addressRanges(addresses, 4), matcher.services)),
      diagrams.intersection(set, diagrams.within(line, [line], matcher.services)),
    )
  }
}

function strangers(senders: readonly End[], receivers: readonly End[]): [End, End] | undefined {
  for (const sender of senders.slice(0, 2)) {
    const receiver = receivers.find(({ card }) => card.id !== sender.card.id)
    if (receiver) return [sender, receiver]
  }
  return undefined
}

function connectionBetween(sender: End, receiver: End): Connection {
  return {
    from: { card: sender.card },
    to: { card: receiver.card },
    source: { atSource: sender.address, atDestination: sender.address },
    destination: { atSource: receiver.address, atDestination: receiver.address },
    pair: { sender, receiver },
  }
}

/** Over the VPC's internet gateway; without one there is none. */
function connectionBeyond(world: World, end: End, place: OutsidePlace, direction: Direction): Connection | undefined {
  const gateways = Array.from(world.internetGateway.values())
  const gateway = gateways.find(({ attachedTo }) => attachedTo === end.card.vpc)?.id
  if (gateway === undefined) return undefined
  const inner = end.address
  const outer = publicOf(world, end.card, inner) ?? inner
  return direction === 'ingress'
    ? {
        from: { gateway },
        to: { card: end.card },
        source: undefined,
        destination: { atSource: outer, atDestination: inner },
        pair: { sender: place, receiver: end },
      }
    : {
        from: { card: end.card },
        to: { gateway },
        source: { atSource: inner, atDestination: outer },
        destination: undefined,
        pair: { sender: end, receiver: place },
      }
}
