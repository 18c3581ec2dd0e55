/** The memory store against the contract; it has nothing of its own to prove. */

import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { storeContract } from './store.contract.ts'

storeContract('the memory store', async () => {
  const store = await openStore({ memory: true })
  return { open: async () => store, discard: async () => undefined }
})

test('the memory store says what it is', async () => {
  expect((await openStore({ memory: true })).description).toBe('memory')
})
