/** The policies of an interface in a timeline's notation: for tests that load rules and send packets of their own. */

import { playTimeline } from '../../src/engine/timeline.ts'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'
import type { InterfacePolicy } from '../../src/policy/policy.ts'

/** One for each line after which the interface is there, so the last is what holds at the end. */
export function policiesAlong(text: string, id: NetworkInterfaceId): InterfacePolicy[] {
  const policies: InterfacePolicy[] = []
  const results = playTimeline(text, {
    onLine: (moment) => {
      const policy = moment.policies.get(id, moment.now)
      if (policy !== undefined) policies.push(policy)
    },
  })
  for (const _ of results);
  return policies
}

export function policyOf(text: string, id: NetworkInterfaceId): InterfacePolicy {
  const policy = policiesAlong(text, id).at(-1)
  if (policy === undefined) throw new Error(`the text has no ${id}`)
  return policy
}
