/**
 * StartNetworkInsightsAccessScopeAnalysis (spec 8.9). What is found in a small network is there when the next call
 * asks for it; of a large one the analysis is `running` until it is found.
 */

import type { AccessScopeAnalysis } from '../../../model/access-scope.ts'
import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewScopeStarted } from '../../view/access-scope.ts'

export const run: Run<'StartNetworkInsightsAccessScopeAnalysis'> = (input, context) => {
  const { world, now, entropy, quotas, insights } = context
  const tags = tagsFor(input.TagSpecifications, 'network-insights-access-scope-analysis', quotas)
  const scope = find(world, 'accessScope', input.NetworkInsightsAccessScopeId)
  const verdict = insights.analyseScope(world, scope.content)
  const id = newId(entropy, 'nisa')
  const analysis: AccessScopeAnalysis = { id, scope: scope.id, startedAt: now, ...(verdict && { verdict }) }
  const changes = [put('accessScopeAnalysis', analysis), ...tagged(id, tags)]
  return { changes, output: { NetworkInsightsAccessScopeAnalysis: viewScopeStarted(apply(world, changes), analysis) } }
}
