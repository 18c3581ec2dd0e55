/**
 * Reachability Analyzer's question: is there a packet that gets from one resource to another? Every part of
 * what was asked about is tried by the very code that `explain` tries it by; a path is found if one passes.
 */

import type {
  ComponentFilter,
  NetworkInsightsPath,
  PathExplanation,
  PathVerdict,
  PortSpan,
} from '../../model/network-insights.ts'
import type { World } from '../../model/world.ts'
import { trialsBetween } from '../explain.ts'
import { hopSentence } from '../hop-sentence.ts'
import { Terrain } from '../host.ts'
import { clientPorts, type PortLimits } from '../probes.ts'
import type { Trial } from '../trial.ts'
import { componentOf } from './component.ts'
import { type ComponentLists, componentsOf } from './path-components.ts'
import { endsOf, missingEnd } from './path-ends.ts'
import { explanationOf } from './path-explanations.ts'

export function analysePath(world: World, path: NetworkInsightsPath, filter: ComponentFilter): PathVerdict {
  const missing = [path.source, ...(path.destination ? [path.destination] : [])].flatMap(
    (id) => missingEnd(world, id) ?? [],
  )
  if (missing.length > 0) return notFound(missing)
  const ports = portsOf(path)
  if ('code' in ports) return notFound([ports])
  const terrain = new Terrain(world)
  const { pairs, misfits } = endsOf(world, path)
  const trials = pairs.flatMap((pair) => trialsBetween(terrain, pair, { protocol: path.protocol }, ports))
  const passing = trials.filter(({ result }) => result === 'reachable')
  const ways = passing.map((trial) => componentsOf(world, trial, filter)).sort(byLength)
  const way = ways.find((each) => isAdmitted(each, filter))
  if (way) return { kind: 'found', ...way }
  const unknown = trials.find(({ result }) => result === 'undetermined')
  if (unknown) return { kind: 'undetermined', why: whyUnknown(unknown) }
  const inTheWay = trials.flatMap((trial) => blockersOf(world, trial))
  const ruledOut = passing.length > 0 ? filterExplanations(world, ways, filter) : []
  const all = [...ruledOut, ...misfits, ...inTheWay]
  return notFound(all.length > 0 ? all : [{ code: 'NO_PATH' }])
}

/** Each thing in the way once. */
function notFound(explanations: readonly PathExplanation[]): PathVerdict {
  const unique = new Map(explanations.map((each) => [JSON.stringify(each), each]))
  return { kind: 'not-found', explanations: [...unique.values()] }
}

function blockersOf(world: World, { hops, probe }: Trial): PathExplanation[] {
  return hops.filter(({ outcome }) => outcome === 'stops').map((hop) => explanationOf(world, hop, probe.journey))
}

function whyUnknown({ hops }: Trial): string {
  const sentences = hops.filter(({ outcome }) => outcome === 'unknown').map(hopSentence)
  return `It depends on what is not modelled here: ${[...new Set(sentences)].join('; ')}`
}

function byLength(one: ComponentLists, other: ComponentLists): number {
  return one.forward.length - other.forward.length
}

function isAdmitted(way: ComponentLists, { through, avoiding }: ComponentFilter): boolean {
  const ids = idsOf(way)
  return through.every((id) => ids.has(id)) && !avoiding.some((id) => ids.has(id))
}

function idsOf({ forward, back }: ComponentLists): ReadonlySet<string> {
  return new Set(
    [...forward, ...back]
      .flatMap(({ component, subnet, vpc }) => [component, subnet, vpc])
      .flatMap((each) => each?.id ?? []),
  )
}

function filterExplanations(
  world: World,
  [best]: readonly ComponentLists[],
  filter: ComponentFilter,
): PathExplanation[] {
  const ids = best ? idsOf(best) : new Set<string>()
  const missed = filter.through.filter((id) => !ids.has(id))
  const met = filter.avoiding.filter((id) => ids.has(id))
  return [...missed, ...met].map((id) => ({ code: 'COMPONENT_FILTER_RESTRICTION', component: componentOf(world, id) }))
}

const everyPort: PortSpan = { from: 0, to: 65_535 }

/** Ports are never translated here, so both filters and the path's own port hold together. */
function portsOf({
  filterAtSource,
  filterAtDestination,
  destinationPort,
}: NetworkInsightsPath): PortLimits | PathExplanation {
  const asked = destinationPort === undefined ? everyPort : { from: destinationPort, to: destinationPort }
  const atSource = common(asked, filterAtSource?.destinationPorts ?? everyPort)
  const ports = atSource && common(atSource, filterAtDestination?.destinationPorts ?? everyPort)
  if (!ports) return portMisfit('FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE', filterAtDestination?.destinationPorts)
  const [sent, seen] = [filterAtSource?.sourcePorts, filterAtDestination?.sourcePorts]
  const drawn = sent && seen ? common(sent, seen) : (sent ?? seen ?? clientPorts)
  if (!drawn) return portMisfit('FILTER_AT_DESTINATION_SOURCE_PORT_RANGE', seen)
  return { ports, clientPorts: drawn }
}

function portMisfit(code: PathExplanation['code'], range: PortSpan | undefined): PathExplanation {
  return { code, ...(range ? { portRanges: [range] } : {}) }
}

function common(one: PortSpan, other: PortSpan): PortSpan | undefined {
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)]
  return from <= to ? { from, to } : undefined
}
