/**
 * Waits of a timeline are emulated, not waited for: where time passes, each kernel entry is deleted whose flow the
 * engine let expire, and each other entry whose own kernel timeout is no longer than its silence. So the kernel's
 * verdicts before and after a gap are its own, but that a timer ends when it does is the engine's word.
 */

import type { Instant } from '../../base/clock.ts'
import { type KernelFlow, keysOf } from '../../enforce/conntrack.ts'
import type { Moment } from '../../engine/timeline.ts'
import type { NetworkInterfaceId } from '../../model/ids.ts'
import { type FlowKey, flowKey } from '../../packet/flow-key.ts'
import { parsePacket } from '../../packet/notation.ts'
import { reversed } from '../../packet/packet.ts'
import type { KernelInterface } from './kernel-interface.ts'

type PerInterface<T> = ReadonlyMap<NetworkInterfaceId, T>

/** What a line of a timeline took from the connection tables before its packet came. */
export interface Gap {
  /** Milliseconds since the line before. */
  readonly length: number
  /** Flows that the engine held and holds no more: they expired, or the line forgot them. */
  readonly lost: PerInterface<ReadonlySet<FlowKey>>
  /** Milliseconds since each flow's last packet, under the keys of both its orientations. */
  readonly silence: PerInterface<ReadonlyMap<FlowKey, number>>
}

interface Known {
  /** When the engine's connection ends, unless a packet comes. */
  held: Map<FlowKey, Instant>
  readonly lastPacket: Map<FlowKey, Instant>
}

/** Follows a timeline line by line. It must be told of each line at once: an engine knows no past. */
export class EngineMemory {
  readonly #known = new Map<NetworkInterfaceId, Known>()
  #now: Instant | undefined

  /** The gap before the moment's line. */
  after(moment: Moment): Gap {
    const { now, result } = moment
    const live = liveAt(moment)
    const lost = new Map<NetworkInterfaceId, ReadonlySet<FlowKey>>()
    const silence = new Map<NetworkInterfaceId, ReadonlyMap<FlowKey, number>>()
    for (const [id, { held, lastPacket }] of this.#known) {
      const isGone = ([key, end]: readonly [FlowKey, Instant]) => end <= now || (!result && !live.get(id)?.has(key))
      lost.set(id, new Set([...held].filter(isGone).map(([key]) => key)))
      silence.set(id, new Map(Array.from(lastPacket, ([key, at]) => [key, now - at])))
    }
    const length = now - (this.#now ?? now)
    this.#now = now
    for (const [id, held] of live) this.#of(id).held = held
    for (const [id, known] of this.#known) if (!live.has(id)) known.held = new Map()
    if (result) this.#notePacket(result.networkInterface, result.packet, now)
    return { length, lost, silence }
  }

  #notePacket(id: NetworkInterfaceId, text: string, now: Instant): void {
    const packet = parsePacket(text)
    const { lastPacket } = this.#of(id)
    for (const each of [packet, reversed(packet)]) lastPacket.set(flowKey(each), now)
  }

  #of(id: NetworkInterfaceId): Known {
    const known = this.#known.get(id) ?? { held: new Map(), lastPacket: new Map() }
    this.#known.set(id, known)
    return known
  }
}

function liveAt({ engine, now }: Moment): Map<NetworkInterfaceId, Map<FlowKey, Instant>> {
  const live = new Map<NetworkInterfaceId, Map<FlowKey, Instant>>()
  for (const { networkInterface, opening, expiresAt } of engine.connections(now)) {
    const flows = live.get(networkInterface) ?? new Map<FlowKey, Instant>()
    live.set(networkInterface, flows.set(flowKey(opening), expiresAt))
  }
  return live
}

/** Brings the kernel's tables to where the gap leaves them; to be awaited before the line's packet is sent. */
export async function expireAsEngineSays(gap: Gap, interfaces: PerInterface<KernelInterface>): Promise<void> {
  for (const [id, kernelInterface] of interfaces) {
    kernelInterface.age(gap.length)
    const lost = gap.lost.get(id) ?? new Set<FlowKey>()
    if (gap.length === 0 && lost.size === 0) continue
    const silence = gap.silence.get(id) ?? new Map<FlowKey, number>()
    for (const flow of await kernelInterface.conntrack()) {
      if (isOver(flow, lost, silence)) await kernelInterface.forgetFlow(flow)
    }
  }
}

/** The mark's low bits say what the program under test made of a flow: zero is an untracked one. */
const trackedBits = 3

function isOver(flow: KernelFlow, lost: ReadonlySet<FlowKey>, silence: ReadonlyMap<FlowKey, number>): boolean {
  const keys = keysOf(flow)
  if (keys.some((key) => lost.has(key))) return true
  if ((flow.mark & trackedBits) !== 0) return false
  // The kernel prints whole seconds, rounded down.
  return keys.some((key) => (silence.get(key) ?? 0) >= (flow.timeout + 1) * 1000)
}
