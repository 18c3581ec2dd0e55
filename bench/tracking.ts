/** Connection tracking: the table beside C and beside a Map, memory, and what comes and goes. */

import { type Generator, inChild } from './process.ts'
import type { Figure, Size } from './report.ts'
import { measureChurn } from './tracking-churn.ts'
import type { Taken } from './tracking-memory.ts'
import { measureTable } from './tracking-table.ts'

export async function measureTracking(_: Generator, size: Size): Promise<Figure[]> {
  const memory = [await measureMemory(size.usualConnections, 4), await measureMemory(size.usualConnections, 6)]
  return [...(await measureTable(size)), ...memory, ...(await measureChurn(size))]
}

/** An IPv6 connection has 24 bytes more of addresses and has no aim. */
async function measureMemory(connections: number, family: 4 | 6): Promise<Figure> {
  const { resident, counted, alive } = await inChild<Taken>('tracking-memory.ts', connections, family)
  const note = `resident, of ${alive} opened through the engine; heap and array buffers count ${counted.toFixed(1)}`
  const aim = family === 4 && connections >= 1_000_000 ? { atMost: 64 } : undefined
  return { name: `memory of a tracked IPv${family} connection`, value: resident, unit: 'bytes', aim, note }
}
