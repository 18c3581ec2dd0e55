/** DeleteNetworkInsightsAnalysis (spec 8.9). */

import { removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteNetworkInsightsAnalysis'> = (input, { world }) => {
  const { id } = find(world, 'networkInsightsAnalysis', input.NetworkInsightsAnalysisId)
  return { changes: removal(world, 'networkInsightsAnalysis', id), output: { NetworkInsightsAnalysisId: id } }
}
