/** Who the console speaks for and where: the account, the Region, and whether the server wants a sign-in first. */

import { signal } from '@preact/signals'
import type { SessionInfo } from '../../src/app/console/api.ts'
import { keep, kept } from './kept.ts'

export const session = signal<SessionInfo | undefined>(undefined)

export const region = signal(kept('region') ?? 'us-east-1')

export function chooseRegion(chosen: string): void {
  region.value = chosen
  keep('region', chosen)
}
