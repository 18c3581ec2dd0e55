/** DeleteNetworkInsightsAccessScope (spec 8.9): its analyses go first. */

import { reject } from '../../../model/rejection.ts'
import { isLinked, removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteNetworkInsightsAccessScope'> = (input, { world }) => {
  const { id } = find(world, 'accessScope', input.NetworkInsightsAccessScopeId)
  if (isLinked(world, 'analyses of access scope', id)) reject('AnalysisExistsForAccessScope', { scope: id })
  return { changes: removal(world, 'accessScope', id), output: { NetworkInsightsAccessScopeId: id } }
}
