/**
 * Probes walked, and those of one fate told together. The way there depends on the port alone and the
 * answer's on the client port alone, so each is tried by itself and not in all their combinations.
 */

import { groupedBy } from '../base/grouped.ts'
import type { Hop } from './hop.ts'
import type { Terrain } from './host.ts'
import { joined, type Part } from './parts.ts'
import type { Probe, ProbeGrid } from './probes.ts'
import { walk } from './walk.ts'

export interface Trial {
  readonly result: 'reachable' | 'unreachable' | 'undetermined'
  readonly probe: Probe
  readonly hops: readonly Hop[]
}

export function trialsOf(terrain: Terrain, { ports, clientPorts, probe }: ProbeGrid): Trial[] {
  const hopsOf = (port: Part, client: Part) => walk(terrain, probe(port, client).journey)
  const [anyClient = []] = clientPorts
  const everyClient = joined(clientPorts.flat())
  const ways = alike(ports.map((part) => ({ part, hops: hopsOf(part, anyClient) })))
  const answered = ways.find(({ hops }) => hops.some(isAnswers))
  const answers = answered
    ? alike(clientPorts.map((part) => ({ part, hops: hopsOf(answered.part, part).filter(isAnswers) })))
    : []
  return ways.flatMap(({ part, hops }) => {
    const there = hops.filter((hop) => !isAnswers(hop))
    // Where nothing arrives, or nothing is filtered, there is no answer to look at.
    if (there.length === hops.length) return [trial(probe(part, everyClient), hops)]
    return answers.map((answer) => trial(probe(part, answer.part), [...there, ...answer.hops]))
  })
}

function isAnswers({ leg }: Hop): boolean {
  return leg === 'return'
}

interface Way {
  readonly part: Part
  readonly hops: readonly Hop[]
}

/** Ways with the same hops, as one. */
function alike(ways: readonly Way[]): Way[] {
  const byFate = groupedBy(ways, ({ hops }) => fateOf(hops)).values()
  return Array.from(byFate, ([first, ...more]) => ({
    ...first,
    part: joined([first, ...more].flatMap(({ part }) => part)),
  }))
}

function trial(probe: Probe, hops: readonly Hop[]): Trial {
  const outcomes = new Set(hops.map(({ outcome }) => outcome))
  const result = outcomes.has('stops') ? 'unreachable' : outcomes.has('unknown') ? 'undetermined' : 'reachable'
  return { result, probe, hops }
}

/** Trials of one address family, alike in fate and ports, as one. */
export function mergedOverAddresses(trials: readonly Trial[]): Trial[] {
  const key = ({ hops, probe }: Trial) => `${fateOf(hops)} ${partText(probe.ports)} ${partText(probe.clientPorts)}`
  return Array.from(groupedBy(trials, key).values(), ([first, ...more]) => {
    const addresses = joined([first, ...more].flatMap(({ probe }) => probe.addresses))
    return { ...first, probe: { ...first.probe, addresses } }
  })
}

/** Equal for the same hops with the same outcomes, whatever addresses the packets had. */
function fateOf(hops: readonly Hop[]): string {
  return JSON.stringify(hops, (key, value) => (ofOnePacket.has(key) ? undefined : value))
}

const ofOnePacket = new Set(['peer', 'destination', 'address'])

export function partText(part: Part): string {
  return part.map(({ first, last }) => `${first}-${last}`).join()
}
