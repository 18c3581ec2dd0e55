/**
 * The quick second opinion on `matchingRules`: the rules of a direction are indexed once they were asked
 * about often enough to pay for it. match.ts is the truth; index-allows.property.test.ts holds the two equal.
 */

import type { Direction } from '../model/rule.ts'
import type { Packet } from '../packet/packet.ts'
import { IndexOverlay } from './index-overlay.ts'
import { admits, matchingRules, peerOf } from './match.ts'
import type { Allow, InterfacePolicy } from './policy.ts'
import { indexRules, type RuleIndex } from './rule-index.ts'

type Header = Pick<Packet, 'source' | 'destination' | 'payload'>

/** Below so many rules of a direction, going through them one by one is as quick. */
const fewestRules = 8
/** Making an index takes as long as about so many questions, and one more for each range of addresses. */
const leastPatience = 256

interface Memory {
  /** How many more questions are answered before an index is made; 0 when that was done. */
  patience: number
  readonly fullPatience: number
  index: RuleIndex | IndexOverlay | undefined
}

/** By identity: a list of rules never changes, another policy has another or has the same one. */
const memories = new WeakMap<readonly Allow[], Memory>()

/** What `matchingRules` answers, at once for rules that are asked about often. */
export function matchingRulesQuickly(policy: InterfacePolicy, packet: Header, direction: Direction): readonly Allow[] {
  const allows = policy.allows[direction]
  if (allows.length < fewestRules) return matchingRules(policy, packet, direction)
  const memory = memoryOf(allows)
  if (memory.patience > 0) {
    memory.patience -= 1
    if (memory.patience === 0) memory.index = indexRules(allows) ?? memory.index
  }
  const peer = peerOf(packet, direction)
  const { payload } = packet
  return memory.index ? memory.index.matching(peer, payload) : allows.filter((allow) => admits(allow, peer, payload))
}

/** Rules that came of others by a few changes take over what is known of those. */
export function inheritIndex(before: readonly Allow[], after: readonly Allow[]): void {
  const known = memories.get(before)
  if (!known || memories.has(after)) return
  const base = known.index instanceof IndexOverlay ? known.index.base : known.index
  const overlay = base && IndexOverlay.over(base, after)
  const { fullPatience } = known
  memories.set(after, { patience: known.patience || fullPatience, fullPatience, index: overlay })
}

function memoryOf(allows: readonly Allow[]): Memory {
  const known = memories.get(allows)
  if (known) return known
  const patience = patienceFor(allows)
  const memory: Memory = { patience, fullPatience: patience, index: undefined }
  memories.set(allows, memory)
  return memory
}

function patienceFor(allows: readonly Allow[]): number {
  return allows.reduce((sum, { peers }) => sum + peers[4].length + peers[6].length, leastPatience)
}
