/**
 * Makes a difference so: what goes is unplugged before its guard leaves, what comes is guarded before it is
 * plugged in. Rejects when the system refuses a step; an interface whose guard fails is left out alone.
 */

import {
  type Difference,
  difference,
  type Facts,
  type Known,
  withoutCables,
} from '../../enforce/namespaces/difference.ts'
import { printBirth, printFilters, printPlug, printRemoval, printUnplug } from '../../enforce/namespaces/print.ts'
import type { Cable } from '../../enforce/namespaces/topology.ts'
import type { Holder } from './holder.ts'
import type { Guard, Seat } from './seat.ts'

export interface Hands {
  readonly holder: Holder
  readonly guard: Guard
}

export interface Refused {
  readonly cable: Cable
  readonly cause: unknown
}

export async function applyFacts(known: Known, after: Facts, hands: Hands): Promise<readonly Refused[]> {
  const { holder } = hands
  const change = difference(known, after)
  await unmake(change, hands)
  await holder.run(printBirth(change.added))
  await holder.run(printFilters(change))
  const refused = await guardAll(change.added.cables, hands)
  const present = withoutCables(after, new Set(refused.map(({ cable }) => cable)))
  await holder.run(printPlug(difference(known, present).added))
  return refused
}

async function unmake({ removed }: Difference, { holder, guard }: Hands): Promise<void> {
  await holder.run(printUnplug(removed.cables))
  for (const { seat } of removed.cables) if (seat) await guard.detach(seat.networkInterface)
  await holder.run(printRemoval(removed))
}

/** Loading rules is a process each: more at once than there are processors gains nothing. */
const atOnce = 4

async function guardAll(cables: readonly Cable[], { holder, guard }: Hands): Promise<readonly Refused[]> {
  const waiting = cables.flatMap((cable) => seatOf(cable, holder) ?? [])
  const refused: Refused[] = []
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { cable, seat } = next
      await guard.attach(seat).catch((cause: unknown) => refused.push({ cable, cause }))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return refused
}

function seatOf(cable: Cable, holder: Holder): { cable: Cable; seat: Seat } | undefined {
  if (!cable.seat) return undefined
  const [{ namespace, device }] = cable.ends
  return { cable, seat: { ...cable.seat, device, enter: holder.enter(namespace) } }
}
