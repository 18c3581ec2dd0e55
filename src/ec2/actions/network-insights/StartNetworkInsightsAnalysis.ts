/**
 * StartNetworkInsightsAnalysis (spec 8.9): the path's question, answered of the world as it stands. As with AWS
 * this call says `running`; the next describe has the result, unless the network is large.
 */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import type { NetworkInsightsAnalysis } from '../../../model/network-insights.ts'
import { reject } from '../../../model/rejection.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { componentFilter } from '../../input/insights-ids.ts'
import { find } from '../../input/lookup.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewStarted } from '../../view/network-insights.ts'
import { viewTagsOf } from '../../view/tags.ts'

export const run: Run<'StartNetworkInsightsAnalysis'> = (input, { world, now, entropy, quotas, insights }) => {
  const tags = tagsFor(input.TagSpecifications, 'network-insights-analysis', quotas)
  const path = find(world, 'networkInsightsPath', input.NetworkInsightsPathId)
  const {
    FilterInArns: filterInArns = [],
    FilterOutArns: filterOutArns = [],
    AdditionalAccounts: accounts = [],
  } = input
  const [account] = accounts
  if (account !== undefined) {
    const reason = 'Accounts do not meet here.'
    reject('InvalidParameterValue', { value: account, name: 'additionalAccount', reason })
  }
  if (world.networkInsightsAnalysis.size >= quotas['network-insights-analyses-per-region']) {
    reject('NetworkInsightsAnalysisLimitExceeded')
  }
  const verdict = insights.analysePath(world, path, componentFilter(world, { filterInArns, filterOutArns }))
  const id = newId(entropy, 'nia')
  const analysis: NetworkInsightsAnalysis = {
    ...{ id, path: path.id, filterInArns, filterOutArns, startedAt: now },
    ...(verdict && { verdict }),
  }
  const changes = [put('networkInsightsAnalysis', analysis), ...tagged(id, tags)]
  const after = apply(world, changes)
  return {
    changes,
    output: { NetworkInsightsAnalysis: { ...viewStarted(after, analysis), Tags: viewTagsOf(after, id) } },
  }
}
