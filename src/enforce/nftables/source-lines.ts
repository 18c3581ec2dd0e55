/**
 * The lines that a packet's other end is held against, for rules whose ports and protocol it matches already. Each
 * matching line counts for its rules and goes on to the next, so that every rule that admits a packet counts it;
 * what ends the chain is the caller's matter.
 */

import type { RuleId } from '../../model/ids.ts'
import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import type { Allow } from '../../policy/policy.ts'
import {
  addressElements,
  addressField,
  addressType,
  familyMatch,
  type Range,
  rangeElement,
  rangeElements,
} from './element.ts'
import { countingLines, type Piece } from './layers.ts'
import { interval } from './program.ts'
import type { ProgramDraft } from './program-draft.ts'
import { type Segment, segmentsOf } from './segments.ts'

/** So many blocks are a line each; more are a map, whose cost does not grow with them. */
const mostBlockLines = 6

export interface Sources {
  readonly allows: readonly Allow[]
  readonly direction: Direction
  readonly families: readonly Family[]
  /** Follows the counters of each line. */
  readonly ending: string
}

export function sourceLines(draft: ProgramDraft, { allows, direction, families, ending }: Sources): string[] {
  return families.flatMap((family) => {
    const field = addressField(family, direction === 'ingress' ? 'saddr' : 'daddr')
    const held = allows.filter(({ peers }) => peers[family].length > 0)
    const named = held.filter(({ peerKind }) => peerKind === 'group' || peerKind === 'prefix-list')
    const blocks = held.filter((allow) => !named.includes(allow))
    return [
      ...blockLines(draft, { blocks, family, field, ending }),
      ...byPeer(named).map(([first, rules]) => {
        const set = draft.sharedSet(sharedName(first, family), sharedSet(first, family))
        return `${field} @${set} ${draft.count(rules)} ${ending}`
      }),
    ]
  })
}

function sharedName({ peer }: Allow, family: Family): string {
  return `${peer}_${family}`
}

/** A group's members are hosts in a hash set, which an address joins without a look at the others. */
function sharedSet({ peerKind, peers }: Allow, family: Family) {
  const isGroup = peerKind === 'group'
  const elements = isGroup ? addressElements(peers, family) : rangeElements(peers, family)
  return { kind: 'set', type: addressType(family), properties: isGroup ? [] : interval, elements } as const
}

interface Blocks {
  readonly blocks: readonly Allow[]
  readonly family: Family
  readonly field: string
  readonly ending: string
}

function blockLines(draft: ProgramDraft, { blocks, family, field, ending }: Blocks): readonly string[] {
  const peers = byPeer(blocks)
  if (peers.length <= mostBlockLines) {
    return peers.map(([{ open, peers: held }, rules]) => {
      const [range] = held[family]
      const match =
        open === family || range === undefined ? familyMatch(family) : `${field} ${rangeElement(range, family)}`
      return `${match} ${draft.count(rules)} ${ending}`
    })
  }
  const pieces = piecesOf(blocks, family)
  return countingLines(draft, { match: '', key: field, type: addressType(family), pieces, ending })
}

/** The rules of each peer, in order. */
function byPeer(allows: readonly Allow[]): [Allow, RuleId[]][] {
  const peers = new Map<string, [Allow, RuleId[]]>()
  for (const allow of allows) {
    const known = peers.get(allow.peer)
    if (known) known[1].push(allow.rule)
    else peers.set(allow.peer, [allow, [allow.rule]])
  }
  return [...peers.values()]
}

/** Blocks lie in each other or apart; their ends, numbered, are cut like ports. */
function piecesOf(blocks: readonly Allow[], family: Family): Piece[] {
  const ranges = blocks.flatMap(({ peers, rule }) => peers[family].map((range) => ({ ...range, rule })))
  const starts = [...new Set(ranges.flatMap(({ first, last }) => [first, last + 1n]))].sort(ascending)
  const place = new Map(starts.map((start, index) => [start, index]))
  const placeOf = (bits: bigint) => place.get(bits) ?? 0
  const spans = ranges.map(({ first, last, rule }) => ({
    from: placeOf(first),
    to: placeOf(last + 1n) - 1,
    value: rule,
  }))
  return segmentsOf(spans).flatMap((segment) => pieceOf(segment, starts, family))
}

function pieceOf({ from, to, values }: Segment<RuleId>, starts: readonly bigint[], family: Family): Piece[] {
  const [first, next] = [starts[from], starts[to + 1]]
  if (first === undefined || next === undefined) return []
  const range: Range = { first, last: next - 1n }
  return [{ element: rangeElement(range, family), rules: values }]
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
