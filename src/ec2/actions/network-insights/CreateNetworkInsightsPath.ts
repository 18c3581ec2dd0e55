/** CreateNetworkInsightsPath (spec 8.9): a question that can be asked again and again. */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import type { NetworkInsightsPath } from '../../../model/network-insights.ts'
import { reject } from '../../../model/rejection.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { pathFrom } from '../../input/insights-path.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewPath } from '../../view/network-insights.ts'

export const run: Run<'CreateNetworkInsightsPath'> = (input, { world, now, entropy, quotas }) => {
  const tags = tagsFor(input.TagSpecifications, 'network-insights-path', quotas)
  const asked = pathFrom(world, input)
  if (world.networkInsightsPath.size >= quotas['network-insights-paths-per-region']) {
    reject('NetworkInsightsPathLimitExceeded')
  }
  const path: NetworkInsightsPath = { id: newId(entropy, 'nip'), ...asked, createdAt: now }
  const changes = [put('networkInsightsPath', path), ...tagged(path.id, tags)]
  return { changes, output: { NetworkInsightsPath: viewPath(apply(world, changes), path) } }
}
