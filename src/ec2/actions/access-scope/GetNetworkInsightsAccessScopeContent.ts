/** GetNetworkInsightsAccessScopeContent (spec 8.9). */

import { answer, type Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { viewScopeContent } from '../../view/access-scope.ts'

export const run: Run<'GetNetworkInsightsAccessScopeContent'> = (input, { world }) => {
  const scope = find(world, 'accessScope', input.NetworkInsightsAccessScopeId)
  return answer({ NetworkInsightsAccessScopeContent: viewScopeContent(scope) })
}
