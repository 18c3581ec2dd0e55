/** DescribeNetworkInsightsAccessScopes (spec 8.9): the only filters are those by tags. */

import { tagsOf } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { viewScope } from '../../view/access-scope.ts'

export const run: Run<'DescribeNetworkInsightsAccessScopes'> = (input, { world }) => {
  const { NetworkInsightsAccessScopeIds: ids } = input
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 100 },
    ids: { given: ids, set: 'networkInsightsAccessScopeIds' },
    rows: ids ? rowsFrom(findEach(world, 'accessScope', ids), ({ id }) => id) : tableRows(world.accessScope),
    filters: {},
    tags: ({ id }) => tagsOf(world, id),
  })
  return answer({ NetworkInsightsAccessScopes: items.map((each) => viewScope(world, each)), NextToken: nextToken })
}
