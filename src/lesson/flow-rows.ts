/**
 * The flows that are alive at a moment of a scene. Tracked ones are the engine's memory; untracked ones
 * are kept for show alone, and marked cut once the rules let them pass no more.
 */

import { standingOf } from '../engine/connection.ts'
import type { Moment } from '../engine/timeline.ts'
import { untrackedPair } from '../engine/tracking.ts'
import type { UntrackedFlows } from '../engine/untracked-flows.ts'
import type { Direction } from '../model/rule.ts'
import { formatFlow } from '../packet/notation.ts'

export interface FlowRow {
  readonly networkInterface: string
  /** Of the packet that opened it. */
  readonly direction: Direction
  readonly flow: string
  readonly isTracked: boolean
  /** `cut`: untracked, and its rules are gone. */
  readonly status: 'alive' | 'cut'
  /** Until it is forgotten if nothing more is sent; null for what is not remembered. */
  readonly secondsLeft: number | null
  /** The rules that admitted a tracked flow, or that let an untracked one pass. */
  readonly rules: readonly string[]
  /** None of the rules that admitted it would admit it again. */
  readonly isRevoked: boolean
}

export function flowRows({ engine, policies, now }: Moment, untracked: UntrackedFlows): FlowRow[] {
  const rows: FlowRow[] = []
  for (const connection of engine.connections(now)) {
    const { networkInterface, direction, opening, expiresAt } = connection
    const policy = policies.get(networkInterface, now)
    const by = policy ? standingOf(connection, policy) : []
    rows.push({
      networkInterface,
      direction,
      flow: formatFlow(opening),
      isTracked: true,
      status: 'alive',
      secondsLeft: Math.ceil((expiresAt - now) / 1000),
      rules: by.map(({ rule }) => rule),
      isRevoked: !by.some(({ isInForce }) => isInForce),
    })
  }
  for (const { networkInterface, direction, opening } of untracked.recent(now)) {
    const policy = policies.get(networkInterface, now)
    const pair = policy && untrackedPair(policy, opening, direction)
    rows.push({
      networkInterface,
      direction,
      flow: formatFlow(opening),
      isTracked: false,
      status: pair ? 'alive' : 'cut',
      secondsLeft: null,
      rules: pair ? Array.from(new Set([...pair.admitting, ...pair.answering].map(({ rule }) => rule))) : [],
      isRevoked: !pair,
    })
  }
  return rows
}
