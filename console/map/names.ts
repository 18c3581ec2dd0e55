/** What a map's ends are called. */

import type { MapView } from '../../src/app/console/api.ts'
import { internet } from './layout.ts'

export function nameOf({ nodes }: MapView, key: string): string {
  return key === internet ? 'internet' : (nodes.find((node) => node.key === key)?.name ?? key)
}
