/** The world of a running endpoint, of one account and region. */

import { worldFromState } from '../model/state.ts'
import type { World } from '../model/world.ts'
import { ask, type Remote } from './remote.ts'

/** Rejects with RemoteFailure. */
export async function fetchWorld(remote: Remote): Promise<World> {
  return worldFromState(await ask(remote, { method: 'GET', target: '/_sallyport/state' }))
}
