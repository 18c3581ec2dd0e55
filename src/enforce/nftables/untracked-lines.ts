/**
 * Lines for flows that are open to all addresses both ways (data-plane 2.2): each packet passes by the rules alone
 * and leaves no mark, so that a withdrawal cuts the flow at once.
 */

import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { openRules } from '../../policy/open-rules.ts'
import type { Allow, InterfacePolicy } from '../../policy/policy.ts'
import { families, familyMatch, portElement } from './element.ts'
import { countingLines } from './layers.ts'
import { interval } from './program.ts'
import type { ProgramDraft } from './program-draft.ts'
import { type Segment, segmentsOf } from './segments.ts'

const protocols = ['tcp', 'udp'] as const
type Protocol = (typeof protocols)[number]

/** So many port segments are a line each. */
const mostPortLines = 4

/** What passes in this direction: the opening side of its own pairs, and the answers of the other direction's. */
export function untrackedLines(draft: ProgramDraft, policy: InterfacePolicy, direction: Direction): string[] {
  const other = direction === 'ingress' ? 'egress' : 'ingress'
  return families.flatMap((family) =>
    protocols.flatMap((protocol) => {
      const own = openSegments(policy, direction, family, protocol)
      const theirs = openSegments(policy, other, family, protocol)
      return [...openingLines(draft, own, family, protocol), ...answerLines(draft, theirs, family, protocol)]
    }),
  )
}

/** The ports of the direction's open rules; none if the other direction is not open on all ports. */
function openSegments(policy: InterfacePolicy, direction: Direction, family: Family, protocol: Protocol) {
  const other = direction === 'ingress' ? 'egress' : 'ingress'
  if (openRules(policy, other, family).everyPort[protocol].length === 0) return []
  const { all } = openRules(policy, direction, family)
  return segmentsOf(all.flatMap((allow) => spanOf(allow, protocol)))
}

function spanOf(allow: Allow, protocol: Protocol) {
  const { traffic } = allow
  if (traffic.protocol === 'all') return [{ from: 0, to: 65_535, value: allow }]
  return traffic.protocol === protocol && 'from' in traffic
    ? [{ from: traffic.from, to: traffic.to, value: allow }]
    : []
}

type Segments = readonly Segment<Allow>[]

function openingLines(draft: ProgramDraft, segments: Segments, family: Family, protocol: Protocol): readonly string[] {
  if (segments.length <= mostPortLines) {
    return segments.map((segment) => {
      const counters = draft.count(segment.values.map(({ rule }) => rule))
      return `${familyMatch(family)} ${portMatch(protocol, 'dport', segment)} ${counters} accept`
    })
  }
  const pieces = segments.map((segment) => ({
    element: portElement(segment),
    rules: segment.values.map(({ rule }) => rule),
  }))
  return countingLines(draft, {
    match: familyMatch(family),
    key: `${protocol} dport`,
    type: 'inet_service',
    pieces,
    ending: 'accept',
  })
}

function answerLines(draft: ProgramDraft, segments: Segments, family: Family, protocol: Protocol): readonly string[] {
  const ports = segmentsOf(segments.map(({ from, to }) => ({ from, to, value: protocol })))
  const [only, ...more] = ports
  if (only === undefined) return []
  if (more.length === 0) return [`${familyMatch(family)} ${portMatch(protocol, 'sport', only)} accept`]
  const set = draft.set('p', {
    kind: 'set',
    type: 'inet_service',
    properties: interval,
    elements: ports.map(portElement),
  })
  return [`${familyMatch(family)} ${protocol} sport @${set} accept`]
}

function portMatch(protocol: Protocol, end: 'sport' | 'dport', ports: { readonly from: number; readonly to: number }) {
  const isAll = ports.from === 0 && ports.to === 65_535
  return isAll ? `meta l4proto ${protocol === 'tcp' ? 6 : 17}` : `${protocol} ${end} ${portElement(ports)}`
}
