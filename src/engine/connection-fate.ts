/**
 * Whether a choice ends a tracked flow that no rule admits any more. AWS documents that a revoked rule
 * does not; it is silent on rules lost by membership and on flows that nobody answered (data-plane 8: 7, 13).
 */

import { matchingRulesQuickly } from '../policy/index-allows.ts'
import { hasTraffic } from '../policy/match.ts'
import type { InterfacePolicy, RuleRef } from '../policy/policy.ts'
import type { Connection } from './connection.ts'
import type { EngineDefaults } from './defaults.ts'
import { isAnswered, type ProtocolState } from './protocol-state.ts'

type Choices = Pick<EngineDefaults, 'lostMembership' | 'oneWayFlow'>
type Flow = Pick<Connection, 'opening' | 'direction' | 'by'> & { readonly state: ProtocolState }

export function isCut(flow: Flow, policy: InterfacePolicy, { lostMembership, oneWayFlow }: Choices): boolean {
  if (matchingRulesQuickly(policy, flow.opening, flow.direction).length > 0) return false
  if (oneWayFlow === 'cuts' && !isAnswered(flow.state)) return true
  return lostMembership === 'cuts' && flow.by.every((ref) => isLostMembership(ref, policy, flow))
}

/** The rule stands as it was: its group was detached, or the group or prefix list that it names changed. */
function isLostMembership({ rule, group }: RuleRef, policy: InterfacePolicy, { opening, direction }: Flow): boolean {
  if (!policy.groups.includes(group)) return true
  const standing = policy.allows[direction].find((each) => each.rule === rule)
  const isByName = standing?.peerKind === 'group' || standing?.peerKind === 'prefix-list'
  return isByName && hasTraffic(standing.traffic, opening.payload)
}
