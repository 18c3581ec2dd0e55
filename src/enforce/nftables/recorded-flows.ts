/** What was seen of each flow between two looks at the recording sets: their counters only go up. */

import { after, type Instant, instant, seconds } from '../../base/clock.ts'
import type { Quoted } from '../../packet/packet.ts'
import { flagBits, type Tallies, type Tally } from './recorded.ts'
import { type Fate, type FlagName, flagNames, type Way } from './recording.ts'

/** Packets of one flow and direction with one fate, between two looks. */
export interface SeenFlow {
  readonly fate: Fate
  readonly way: Way
  /** Of TCP, with the flags that a flow log records. */
  readonly header: Quoted
  readonly packets: number
  readonly bytes: number
  /** Of the first and the last packet, as close as can be told. */
  readonly start: Instant
  readonly end: Instant
}

export class RecordedFlows {
  #before: Tallies['flows']
  #lookedAt: Instant

  /** Whatever was counted before `since` is old. */
  constructor(since: Instant, before: Tallies['flows'] = new Map()) {
    this.#before = before
    this.#lookedAt = since
  }

  /** What is new in this look, in the order of last packets. */
  next({ flows }: Pick<Tallies, 'flows'>, now: Instant): SeenFlow[] {
    const seen = [...flows.values()].flatMap((tally) => this.#newOf(tally, now) ?? [])
    // Sets are listed one after the other: a flag that came in between goes with the flow's next packets.
    const isStill = (tally: Tally) => this.#before.get(tally.key)?.packets === tally.packets
    this.#before = new Map(
      Array.from(flows, ([key, tally]) => [key, isStill(tally) ? (this.#before.get(key) ?? tally) : tally]),
    )
    this.#lookedAt = now
    return seen.sort((a, b) => a.end - b.end)
  }

  /** A flow that counts less than it did was forgotten in between and began anew. */
  #newOf(tally: Tally, now: Instant): SeenFlow | undefined {
    const known = this.#before.get(tally.key)
    const before = known && known.packets <= tally.packets && known.bytes <= tally.bytes ? known : undefined
    const packets = tally.packets - (before?.packets ?? 0)
    if (packets === 0) return undefined
    const last = instant(Math.max(this.#lookedAt, after(now, seconds(-tally.idle))))
    const { fate, way } = tally
    return {
      fate,
      way,
      header: withFlags(tally.header, flagsSince(tally, before)),
      packets,
      bytes: tally.bytes - (before?.bytes ?? 0),
      start: before === undefined || packets === 1 ? last : this.#lookedAt,
      end: last,
    }
  }
}

function flagsSince({ flags }: Tally, before: Tally | undefined): number {
  const isNew = (name: FlagName) => flags[name] !== (before?.flags[name] ?? 0)
  return flagNames.filter(isNew).reduce((bits, name) => bits | flagBits[name], 0)
}

function withFlags(header: Quoted, flags: number): Quoted {
  const { payload } = header
  return payload.kind === 'tcp' ? { ...header, payload: { ...payload, flags } } : header
}
