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
const properties = (isCounting: boolean) => [
  'size 65536',
  'flags dynamic,timeout',
  ...(isCounting ? ['counter'] : []),
  'timeout 120s',
]

export interface RecordingSet extends NftSet {
  readonly fate: Fate
  readonly way: Way
  readonly family: 4 | 6
  /** Flows with ports, messages and protocols without, or the flags of segments that open and close. */
  readonly holds: 'flows' | 'messages' | 'flags'
}

export const recordingSets: ReadonlyMap<string, RecordingSet> = new Map(
  fates.flatMap((fate) => ways.flatMap((way) => families.flatMap((family) => setsOf(fate, way, family)))),
)

function setsOf(fate: Fate, way: Way, family: 4 | 6): [string, RecordingSet][] {
  const address = addressType(family)
  const ends = `${address} . ${address}`
  const at = { kind: 'set', elements: undefined, fate, way, family } as const
  const name = `${fate}-${way}-${family}`
  return [
    [
      name,
      {
        ...at,
        holds: 'flows',
        type: `inet_proto . ${ends} . inet_service . inet_service`,
        properties: properties(true),
      },
    ],
    [`${name}-messages`, { ...at, holds: 'messages', type: `inet_proto . ${ends}`, properties: properties(true) }],
    [
      `${name}-flags`,
      {
        ...at,
        holds: 'flags',
        type: `${ends} . inet_service . inet_service . tcp_flag`,
        properties: properties(false),
      },
    ],
  ]
}

export const noRecording: Readonly<Record<RecordingName, Chain>> = {
  passed_in: [],
  passed_out: [],
  refused_in: [],
  refused_out: [],
}

export const fullRecording: Readonly<Record<RecordingName, Chain>> = {
  passed_in: linesOf('passed', 'in'),
  passed_out: linesOf('passed', 'out'),
  refused_in: linesOf('refused', 'in'),
  refused_out: linesOf('refused', 'out'),
}

function linesOf(fate: Fate, way: Way): Chain {
  return families.flatMap((family) => {
    const name = `${fate}-${way}-${family}`
    const ends = `${addressField(family, 'saddr')} . ${addressField(family, 'daddr')}`
    return [
      `tcp flags 0x1,0x2,0x4 update @${name}-flags { ${ends} . tcp sport . tcp dport . tcp flags }`,
      `meta l4proto { 6, 17 } update @${name} { meta l4proto . ${ends} . th sport . th dport }`,
      `meta l4proto != { 6, 17 } update @${name}-messages { meta l4proto . ${ends} }`,
    ]
  })
}
