/** CreateNetworkInsightsAccessScope (spec 8.9): which connections are of interest, and which are meant to be. */

import type { AccessScope } from '../../../model/access-scope.ts'
import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { scopeContentFrom } from '../../input/access-scope.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewScope, viewScopeContent } from '../../view/access-scope.ts'

export const run: Run<'CreateNetworkInsightsAccessScope'> = (input, { world, now, entropy, quotas }) => {
  const tags = tagsFor(input.TagSpecifications, 'network-insights-access-scope', quotas)
  const content = scopeContentFrom(world, input)
  const scope: AccessScope = { id: newId(entropy, 'nis'), content, createdAt: now }
  const changes = [put('accessScope', scope), ...tagged(scope.id, tags)]
  return {
    changes,
    output: {
      NetworkInsightsAccessScope: viewScope(apply(world, changes), scope),
      NetworkInsightsAccessScopeContent: viewScopeContent(scope),
    },
  }
}
