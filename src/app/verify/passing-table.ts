/** A table that is in a namespace while work is done, and what it counted. */

import { readTable } from '../../enforce/nftables/read-back.ts'
import { runTool } from '../system-tool.ts'
import { diversionTable } from './diversion.ts'

/** What a command begins with that is to run in a namespace. */
export type Enter = (namespace: string) => readonly string[]

/** Rejects with SystemFailure, and with what the work rejects with. */
export async function withTable<T>(inside: readonly string[], text: string, work: () => Promise<T>): Promise<T> {
  await runTool([...inside, 'nft', '-f', '-'], text)
  try {
    return await work()
  } finally {
    await runTool([...inside, 'nft', `delete table ${diversionTable}`]).catch(() => undefined)
  }
}

/** Whether what the table waits for has come. */
export async function hasArrived(inside: readonly string[]): Promise<boolean> {
  const listing = await runTool([...inside, 'nft', '-n', `list table ${diversionTable}`])
  return (readTable(listing).counters.get('arrived')?.packets ?? 0) > 0
}
