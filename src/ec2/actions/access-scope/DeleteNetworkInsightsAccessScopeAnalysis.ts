/** DeleteNetworkInsightsAccessScopeAnalysis (spec 8.9). */

import { removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteNetworkInsightsAccessScopeAnalysis'> = (input, { world }) => {
  const { id } = find(world, 'accessScopeAnalysis', input.NetworkInsightsAccessScopeAnalysisId)
  return {
    changes: removal(world, 'accessScopeAnalysis', id),
    output: { NetworkInsightsAccessScopeAnalysisId: id },
  }
}
