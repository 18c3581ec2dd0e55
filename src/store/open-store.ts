/** Opens the store that the configuration names; the drivers of the others are never loaded. */

import { MemoryStore } from './memory-store.ts'
import type { Store } from './store.ts'

export type StoreTarget = { readonly memory: true } | { readonly directory: string } | { readonly url: string }

export async function openStore(target: StoreTarget): Promise<Store> {
  if ('memory' in target) return new MemoryStore()
  if ('directory' in target) return (await import('./sqlite-store.ts')).openSqliteStore(target.directory)
  return (await import('./postgres-store.ts')).openPostgresStore(target.url)
}
