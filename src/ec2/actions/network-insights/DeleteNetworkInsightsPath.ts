/** DeleteNetworkInsightsPath (spec 8.9): its analyses go first. */

import { reject } from '../../../model/rejection.ts'
import { isLinked, removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteNetworkInsightsPath'> = (input, { world }) => {
  const { id } = find(world, 'networkInsightsPath', input.NetworkInsightsPathId)
  if (isLinked(world, 'analyses of path', id)) reject('AnalysisExistsForPath', { path: id })
  return { changes: removal(world, 'networkInsightsPath', id), output: { NetworkInsightsPathId: id } }
}
