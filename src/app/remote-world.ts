/** The world of a running endpoint, of one account and region. */

import { stateOf, worldFromState } from '../model/state.ts'
import type { World } from '../model/world.ts'
import type { Applied } from './apply-state.ts'
import { ask, type Remote } from './remote.ts'

/** Rejects with RemoteFailure. */
export async function fetchWorld(remote: Remote): Promise<World> {
  return worldFromState(await ask(remote, { method: 'GET', target: '/_sallyport/state' }))
}

/** Rejects with RemoteFailure, and then nothing has changed. */
export async function pushWorld(
  remote: Remote,
  world: World,
  { replaces }: { readonly replaces: boolean },
): Promise<Applied> {
  const target = `/_sallyport/state${replaces ? '?replace=1' : ''}`
  return (await ask(remote, { method: 'POST', target, body: JSON.stringify(stateOf(world)) })) as Applied
}
