/** The lab of a running system: its logs are kept beside a store that has a directory. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../base/clock.ts'
import type { StoreTarget } from '../../store/open-store.ts'
import type { StoredLedger } from '../ledger.ts'
import type { Privilege } from './holder.ts'
import { Lab, type LabEvent } from './lab.ts'
import type { Guard } from './seat.ts'

export interface LabOptions {
  /** Whether instances are run, as network namespaces of this machine. Default `none`. */
  readonly dataPlane?: 'none' | 'namespaces'
  /** Who guards their interfaces instead of the groups. */
  readonly guard?: Guard
  /** Told when instances cease to be as the worlds say, and when they are again. */
  readonly onLab?: (event: LabEvent) => void
}

interface Parts {
  readonly ledger: StoredLedger
  readonly clock: Clock
  readonly guard: Guard
  readonly options: LabOptions & { readonly store: StoreTarget }
}

/** The ledger is closed when it rejects, with SystemFailure. */
export async function openLab(privilege: Privilege, { ledger, clock, guard, options }: Parts): Promise<Lab> {
  const { store, onLab = () => undefined } = options
  const logFolder = 'directory' in store ? join(store.directory, 'instances') : undefined
  try {
    if (logFolder !== undefined) mkdirSync(logFolder, { recursive: true, mode: 0o700 })
    return await Lab.open({ ledger, privilege, guard, clock, logFolder, onEvent: onLab })
  } catch (cause) {
    await ledger.close()
    throw cause
  }
}
