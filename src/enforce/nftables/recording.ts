/**
 * Lines that write down what passed and what was refused, for flow logs: sets of the kernel's own whose elements
 * count packets and bytes. They lose nothing, whoever is slow to read them (feasibility 7).
 */

import { addressField, addressType, families } from './element.ts'
import type { Chain, NftSet, Switches } from './program.ts'

export type Fate = 'passed' | 'refused'
export type Way = 'in' | 'out'

export type RecordingName = Exclude<keyof Switches, 'ingress' | 'egress'>

const ways: readonly Way[] = ['in', 'out']
const fates: readonly Fate[] = ['passed', 'refused']

/** Counted until nothing was seen for so long; whoever reads comes more often. */
export const keptFor = 120

/** A set that holds so many lets no more in: what comes then is lost to the record. */
export const mostRecorded = 65_536

const properties = [`size ${mostRecorded}`, 'flags dynamic,timeout', 'counter', `timeout ${keptFor}s`]

/** Segments that open and close, by the flags that they stand for; one set each, as nft 1.0.6 dies of listing flags. */
export const flagNames = ['fin', 'syn', 'rst', 'answer'] as const
export type FlagName = (typeof flagNames)[number]

const flagMatches: Readonly<Record<FlagName, string>> = {
  fin: 'tcp flags 0x1',
  syn: 'tcp flags 0x2 / 0x2,0x10',
  rst: 'tcp flags 0x4',
  answer: 'tcp flags 0x2,0x10 / 0x2,0x10',
}

export interface RecordingSet extends NftSet {
  readonly fate: Fate
  readonly way: Way
  readonly family: 4 | 6
  /** Flows with ports, messages and protocols without, or the segments of flows that have a flag. */
  readonly holds: 'flows' | 'messages' | FlagName
}

export const recordingSets: ReadonlyMap<string, RecordingSet> = new Map(
  fates.flatMap((fate) => ways.flatMap((way) => families.flatMap((family) => setsOf(fate, way, family)))),
)

function setsOf(fate: Fate, way: Way, family: 4 | 6): [string, RecordingSet][] {
  const address = addressType(family)
  const ends = `${address} . ${address}`
  const ports = 'inet_service . inet_service'
  const at = { kind: 'set', elements: undefined, fate, way, family, properties } as const
  const name = `${fate}-${way}-${family}`
  return [
    [name, { ...at, holds: 'flows', type: `inet_proto . ${ends} . ${ports}` }],
    [`${name}-messages`, { ...at, holds: 'messages', type: `inet_proto . ${ends}` }],
    ...flagNames.map((flag): [string, RecordingSet] => [
      `${name}-${flag}`,
      { ...at, holds: flag, type: `${ends} . ${ports}` },
    ]),
  ]
}

/** What never leaves its link is no VPC's traffic: neighbour discovery, and what IPv6 says to all on a link. */
const onLink = ['icmpv6 type { 133, 134, 135, 136 } return', 'ip6 daddr ff02::/16 return']

export const noRecording: Readonly<Record<RecordingName, Chain>> = {
  passed_in: [],
  passed_out: [],
  refused_in: [],
  refused_out: [],
}

/** What passed is met by packets of every device, and looked at behind the rules. */
export function fullRecording(device: string): Readonly<Record<RecordingName, Chain>> {
  return {
    passed_in: [`iifname != "${device}" return`, ...recordingLines('passed', 'in')],
    passed_out: [`oifname != "${device}" return`, ...recordingLines('passed', 'out')],
    refused_in: recordingLines('refused', 'in'),
    refused_out: recordingLines('refused', 'out'),
  }
}

export function recordingLines(fate: Fate, way: Way): Chain {
  const lines = families.flatMap((family) => {
    const name = `${fate}-${way}-${family}`
    const ends = `${addressField(family, 'saddr')} . ${addressField(family, 'daddr')}`
    return [
      ...flagNames.map((flag) => `${flagMatches[flag]} update @${name}-${flag} { ${ends} . tcp sport . tcp dport }`),
      `meta l4proto { 6, 17 } update @${name} { meta l4proto . ${ends} . th sport . th dport }`,
      `meta l4proto != { 6, 17 } update @${name}-messages { meta l4proto . ${ends} }`,
    ]
  })
  return [...onLink, ...lines]
}
