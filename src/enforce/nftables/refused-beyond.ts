/**
 * Flows that passed an interface and were refused by the ACL behind it. The interface is looked at first, the ACL
 * after it: refusals of packets that the first look did not see yet wait for the next.
 */

import { flowKey } from '../../packet/flow-key.ts'
import type { SeenFlow } from './recorded-flows.ts'

interface Owed {
  readonly flow: SeenFlow
  packets: number
  bytes: number
}

export class RefusedBeyond {
  #owed: ReadonlyMap<string, Owed> = new Map()

  /** The flows of the interface with what the ACL refused of them counted as refused, and as passed no more. */
  settle(flows: readonly SeenFlow[], refusals: readonly SeenFlow[]): SeenFlow[] {
    const fresh = new Map<string, Owed>()
    for (const refusal of refusals) owe(fresh, refusal)
    const settled = flows.flatMap((flow) => this.#split(flow, fresh))
    // Who waited for a look in vain belongs to a time before the interface was recorded.
    this.#owed = new Map([...fresh].filter(([, { packets }]) => packets > 0))
    return settled.sort((a, b) => a.end - b.end)
  }

  #split(flow: SeenFlow, fresh: ReadonlyMap<string, Owed>): SeenFlow[] {
    if (flow.fate !== 'passed' || flow.way !== 'out') return [flow]
    const key = flowKey(flow.header)
    return [this.#owed.get(key), fresh.get(key)].reduce<readonly SeenFlow[]>(
      (parts, owed) => (owed === undefined ? parts : parts.flatMap((part) => split(part, owed))),
      [flow],
    ) as SeenFlow[]
  }
}

function owe(all: Map<string, Owed>, flow: SeenFlow): void {
  const key = flowKey(flow.header)
  const owed = all.get(key) ?? { flow, packets: 0, bytes: 0 }
  all.set(key, { flow, packets: owed.packets + flow.packets, bytes: owed.bytes + flow.bytes })
}

/** What the ACL refused of it, and the rest. */
function split(flow: SeenFlow, owed: Owed): SeenFlow[] {
  if (flow.fate === 'refused' || owed.packets === 0) return [flow]
  const packets = Math.min(owed.packets, flow.packets)
  const isAll = packets === flow.packets
  const bytes = isAll ? flow.bytes : Math.min(owed.bytes, flow.bytes)
  owed.packets -= packets
  owed.bytes -= bytes
  const refused: SeenFlow = { ...(isAll ? flow : owed.flow), fate: 'refused', packets, bytes }
  if (isAll) return [refused]
  return [refused, { ...flow, packets: flow.packets - packets, bytes: flow.bytes - bytes }]
}
