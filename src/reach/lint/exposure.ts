/**
 * What of the interfaces can be reached from the world, effectively: routes, public addresses, ACLs and all
 * groups of an interface together, without what the register means to be public. Each exposure is traced to the
 * rules that make it: to one where one is enough, else to several that open the world only together.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Family } from '../../net/address.ts'
import type { Allow } from '../../policy/policy.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import type { End, EndClass } from '../reachability/end.ts'
import { addressCount } from './address-count.ts'
import { meantFor } from './intended.ts'
import { byAddress, families, type HeldRule, ofDirection, type Scene } from './scene.ts'
import { onlyServices, worldOpen } from './world-open.ts'

export interface Exposure {
  readonly rules: readonly HeldRule[]
  readonly family: Family
  /** Open to the world. */
  readonly services: Diagram
  /** What passes on these services: from outer addresses to services. */
  readonly passage: Diagram
  readonly ends: readonly [End, ...End[]]
  /** False: it depends on a hop that this program does not run. */
  readonly isCertain: boolean
}

const known = new WeakMap<Scene, Map<Diagram, readonly Exposure[]>>()

/** Of the services asked for. */
export function exposures(scene: Scene, asked: Diagram): readonly Exposure[] {
  const memory = known.get(scene) ?? new Map<Diagram, readonly Exposure[]>()
  known.set(scene, memory)
  const found = memory.get(asked) ?? allExposures(scene, asked)
  memory.set(asked, found)
  return found
}

function allExposures(scene: Scene, asked: Diagram): Exposure[] {
  const found: Exposure[] = []
  for (const family of families) {
    for (const each of scene.reachability.classesOf(family)) found.push(...exposuresOf(scene, each, asked))
  }
  // Interfaces that are exposed by the same rules on the same services are told together.
  const keyOf = ({ rules, family, services, isCertain }: Exposure) =>
    [rules.map(({ rule }) => rule.id).join(), family, services.id, isCertain].join(' ')
  return Array.from(groupedBy(found, keyOf).values(), ([first, ...more]) => ({
    ...first,
    ends: [first.ends[0], ...first.ends.slice(1), ...more.flatMap(({ ends }) => ends)],
  }))
}

function* exposuresOf(scene: Scene, of: EndClass, asked: Diagram): Generator<Exposure> {
  const { reachable, undetermined } = scene.reachability.beyond(of, scene.internet[of.family], 'ingress')
  const byMeaning = groupedBy(of.members, (end) => meantFor(scene, end, of.family))
  for (const [meant, ends] of byMeaning) {
    const { diagrams } = scene
    const unmeant = (set: Diagram) => onlyServices(scene, diagrams.difference(set, meant), asked, of.family)
    const certain = unmeant(reachable)
    const possible = undetermined === nothing ? certain : unmeant(diagrams.union(reachable, undetermined))
    const own = { scene, ends, family: of.family, asked }
    yield* traced({ ...own, passage: certain, known: nothing, isCertain: true })
    if (possible !== certain) {
      yield* traced({ ...own, passage: possible, known: worldOpen(scene, certain, of.family), isCertain: false })
    }
  }
}

interface Tracing {
  readonly scene: Scene
  readonly ends: readonly [End, ...End[]]
  readonly family: Family
  readonly asked: Diagram
  readonly passage: Diagram
  /** Told already. */
  readonly known: Diagram
  readonly isCertain: boolean
}

function* traced({ scene, ends, family, asked, passage, known, isCertain }: Tracing): Generator<Exposure> {
  const { diagrams } = scene
  const open = diagrams.difference(diagrams.intersection(worldOpen(scene, passage, family), asked), known)
  if (open === nothing) return
  const rules = admittingRules(scene, ends[0], open, family)
  const told = (own: readonly HeldRule[], services: Diagram): Exposure => ({
    rules: own,
    family,
    services,
    passage: onlyServices(scene, passage, services, family),
    ends,
    isCertain,
  })
  let rest = open
  for (const held of rules) {
    const own = diagrams.intersection(passage, scene.admitted([held.allow], family))
    const services = diagrams.intersection(worldOpen(scene, own, family), open)
    if (services === nothing || !isAll(scene, { own, passage, services, family })) continue
    yield told([held], services)
    rest = diagrams.difference(rest, services)
  }
  if (rest === nothing) return
  const together = enoughOf(scene, { rules, passage, services: rest, family })
  if (together.length > 0) yield told(together, rest)
}

/** Whether the rule alone has all that passes on these services. */
function isAll(scene: Scene, { own, passage, services, family }: Portion & { readonly own: Diagram }): boolean {
  return onlyServices(scene, own, services, family) === onlyServices(scene, passage, services, family)
}

interface Portion {
  readonly passage: Diagram
  readonly services: Diagram
  readonly family: Family
}

/** The widest of the rules: until they open the world together, and until what is left no longer does. */
function enoughOf(
  scene: Scene,
  { rules, passage, services, family }: Portion & { readonly rules: readonly HeldRule[] },
): HeldRule[] {
  const { diagrams } = scene
  const own = rules.map((held) => {
    const set = onlyServices(scene, scene.admitted([held.allow], family), services, family)
    return { held, set, size: addressCount(diagrams.intersection(set, scene.public[family]), family) }
  })
  const left = own.filter(({ set }) => set !== nothing).sort((a, b) => (a.size > b.size ? -1 : a.size < b.size ? 1 : 0))
  const opens = (some: typeof left) => {
    const set = diagrams.intersection(passage, diagrams.unionOf(some.map((each) => each.set)))
    return diagrams.intersection(worldOpen(scene, set, family), services) !== nothing
  }
  let count = 0
  while (count < left.length && (opens(left.slice(count)) || !opens(left.slice(0, count)))) count += 1
  return left.slice(0, count).map(({ held }) => held)
}

/** Rules of the end's groups, by address, that admit any of the services from the internet. */
function admittingRules(scene: Scene, { card }: End, services: Diagram, family: Family): HeldRule[] {
  const groups = card.groups.flatMap((id) => scene.world.securityGroup.get(id) ?? [])
  return groups.flatMap((group) => admittingOf(scene, ofDirection(scene.rulesOf(group), 'ingress'), services, family))
}

export function admittingOf(scene: Scene, held: readonly HeldRule[], services: Diagram, family: Family): HeldRule[] {
  const allows = new Set<Allow>(byAddress(held))
  return held.filter(({ allow }) => {
    if (!allows.has(allow)) return false
    const own = scene.diagrams.intersection(scene.admitted([allow], family), scene.public[family])
    return onlyServices(scene, own, services, family) !== nothing
  })
}
