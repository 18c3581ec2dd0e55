/** Puts the running system together: the real store, clock and entropy behind the endpoint. */

import { instant } from '../base/clock.ts'
import type { Authentication } from '../ec2/caller.ts'
import type { EndpointResponse } from '../ec2/endpoint.ts'
import { type Answered, type EndpointParts, handle } from '../ec2/endpoint.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import type { Quotas } from '../model/quota.ts'
import { openStore, type StoreTarget } from '../store/open-store.ts'
import { openLedger, type StoreEvent } from './ledger.ts'
import { systemEntropy } from './random.ts'
import { version } from './version.ts'

export interface SystemOptions {
  readonly store: StoreTarget
  readonly quotas: Quotas
  readonly authentication: Authentication
  readonly onAnswer: (answered: Answered) => void
  readonly onStore: (event: StoreEvent) => void
}

export interface Health {
  readonly status: 'serving' | 'recovering'
  readonly version: string
  readonly store: string
  readonly uptimeSeconds: number
  /** The number of the last durable change, over all accounts and regions. */
  readonly worldVersion: number
}

export interface System {
  /** Signatures are verified, so that callers are who they say they are. */
  readonly verifiesCallers: boolean
  handle(request: SignedRequest): Promise<EndpointResponse>
  health(): Health
  /** Waits for what is under way, then closes the store. */
  close(): Promise<void>
}

/** Opens the store and reads it. Rejects with StoreFailure, whose message says what to do. */
export async function assemble(options: SystemOptions): Promise<System> {
  const clock = () => instant(Date.now())
  const startedAt = clock()
  const store = await openStore(options.store)
  const ledger = await openLedger({ store, clock, onStore: options.onStore }).catch(async (cause) => {
    await store.close()
    throw cause
  })
  const { quotas, authentication, onAnswer } = options
  const parts: EndpointParts = { ledger, clock, entropy: systemEntropy(), quotas, authentication, onAnswer }
  return {
    verifiesCallers: authentication.credentials !== undefined,
    handle: (request) => handle(request, parts),
    health: () => ({
      status: ledger.state,
      version,
      store: store.description,
      uptimeSeconds: (clock() - startedAt) / 1000,
      worldVersion: ledger.head,
    }),
    close: () => ledger.close(),
  }
}
