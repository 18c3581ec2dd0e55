/** What the server tells of enforcement, for who shows it: every few seconds, and when the world changes. */

import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals'
import type { EnforcementView } from '../../src/app/console/api.ts'
import { listen } from '../api/events.ts'
import { region } from '../shell/session.ts'

/** Undefined until it was told for the first time. */
export function useEnforcement(): ReadonlySignal<EnforcementView | undefined> {
  const heard = useSignal<EnforcementView | undefined>(undefined)
  useSignalEffect(() => {
    if (region.value) heard.value = undefined
    return listen('enforcement', (view) => {
      heard.value = view
    })
  })
  return heard
}
