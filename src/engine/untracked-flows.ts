/**
 * Untracked flows as they were last seen: for people to look at, and for the choices `halved-pair keeps` and
 * `narrowed-rule keeps`. No other verdict rests on them: an untracked flow has no state, and its packets are
 * judged by the rules one by one (data-plane 2.2).
 */

import { after, type Instant, seconds } from '../base/clock.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import { flowKey } from '../packet/flow-key.ts'
import { type Packet, reversed } from '../packet/packet.ts'
import type { Meeting } from './meeting.ts'
import { firstState, nextState, type ProtocolState } from './protocol-state.ts'
import { isOver } from './tcp-state.ts'
import { opposite } from './tracking.ts'
import type { Verdict } from './verdict.ts'

export interface UntrackedFlow {
  readonly networkInterface: NetworkInterfaceId
  /** The direction of the packet that opened it, as far as was seen. */
  readonly direction: Direction
  readonly opening: Packet
  readonly openedAt: Instant
  readonly lastSeen: Instant
  readonly state: ProtocolState
}

/** The oldest make room. */
const mostFlows = 4096
const shownFor = seconds(600)

export class UntrackedFlows {
  readonly #flows = new Map<string, UntrackedFlow>()

  /** Notes a packet of an untracked flow; one that a connection took over, or that is closed, goes. */
  note(meeting: Meeting, { because }: Verdict): void {
    const { packet, policy, direction } = meeting
    const own = keyOf(policy.id, direction, packet)
    if (because.kind === 'rules') this.#flows.delete(own)
    if (because.kind !== 'untracked') return
    const mirrored = keyOf(policy.id, opposite(direction), reversed(packet))
    const isAnswer = this.#flows.has(mirrored) || (because.isAnswer && !this.#flows.has(own))
    const key = isAnswer ? mirrored : own
    const flow = flowAfter(this.#flows.get(key), meeting, isAnswer)
    this.#flows.delete(key)
    if (flow.state.protocol === 'tcp' && isOver(flow.state.state)) return
    this.#flows.set(key, flow)
    const [oldest] = this.#flows.keys()
    if (this.#flows.size > mostFlows && oldest !== undefined) this.#flows.delete(oldest)
  }

  /** The flow that the packet would belong to, on either side, when it was last untracked. */
  find({ packet, policy, direction }: Pick<Meeting, 'packet' | 'policy' | 'direction'>): UntrackedFlow | undefined {
    const own = this.#flows.get(keyOf(policy.id, direction, packet))
    return own ?? this.#flows.get(keyOf(policy.id, opposite(direction), reversed(packet)))
  }

  delete({ networkInterface, direction, opening }: UntrackedFlow): void {
    this.#flows.delete(keyOf(networkInterface, direction, opening))
  }

  /** Those seen in the last ten minutes, longest unseen first. */
  *recent(now: Instant): IterableIterator<UntrackedFlow> {
    for (const flow of this.#flows.values()) if (now < after(flow.lastSeen, shownFor)) yield flow
  }

  forget(networkInterface: NetworkInterfaceId): void {
    for (const [key, flow] of this.#flows) if (flow.networkInterface === networkInterface) this.#flows.delete(key)
  }
}

function keyOf(networkInterface: NetworkInterfaceId, direction: Direction, packet: Packet): string {
  return `${networkInterface} ${direction} ${flowKey(packet)}`
}

function flowAfter(
  before: UntrackedFlow | undefined,
  { packet, policy, direction, now }: Meeting,
  isAnswer: boolean,
): UntrackedFlow {
  const { payload } = packet
  const role = isAnswer ? 'reply' : 'original'
  if (before) return { ...before, lastSeen: now, state: nextState(before.state, role, payload) }
  return {
    networkInterface: policy.id,
    direction: isAnswer ? opposite(direction) : direction,
    opening: isAnswer ? reversed(packet) : packet,
    openedAt: now,
    lastSeen: now,
    state: firstState(payload),
  }
}
