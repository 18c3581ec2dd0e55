/** The policy of an interface as a running endpoint tells it. */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { policyFromJson } from '../../policy/policy-json.ts'
import { ask, type Remote, RemoteFailure } from '../remote.ts'
import type { PolicyAnswer } from './policy-feed.ts'

/** Rejects with RemoteFailure. */
export async function fetchPolicy(remote: Remote, networkInterface: NetworkInterfaceId): Promise<InterfacePolicy> {
  const target = `/_sallyport/policy?network-interface=${networkInterface}`
  const { policy } = (await ask(remote, { method: 'GET', target })) as PolicyAnswer
  if (policy === undefined) throw new RemoteFailure(`There is no network interface '${networkInterface}'.`)
  return policyFromJson(policy)
}
