/** DescribeNetworkInsightsAccessScopeAnalyses (spec 8.9): the only filters are those by tags. */

import type { AccessScopeAnalysis } from '../../../model/access-scope.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type InputOf, type Run } from '../../action.ts'
import { find, findEach } from '../../input/lookup.ts'
import { list, rowsFrom } from '../../page.ts'
import { viewScopeAnalysis } from '../../view/access-scope.ts'

export const run: Run<'DescribeNetworkInsightsAccessScopeAnalyses'> = (input, { world }) => {
  const { AnalysisStartTimeBegin: first, AnalysisStartTimeEnd: last } = input
  const found = selected(world, input).filter(
    ({ startedAt }) => (first === undefined || startedAt >= first) && (last === undefined || startedAt <= last),
  )
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 100 },
    ids: { given: input.NetworkInsightsAccessScopeAnalysisIds, set: 'networkInsightsAccessScopeAnalysisIds' },
    rows: rowsFrom(found, ({ id }) => id),
    filters: {},
    tags: ({ id }) => tagsOf(world, id),
  })
  const analyses = items.map((each) => viewScopeAnalysis(world, each))
  return answer({ NetworkInsightsAccessScopeAnalyses: analyses, NextToken: nextToken })
}

type Input = InputOf<'DescribeNetworkInsightsAccessScopeAnalyses'>

function selected(world: World, input: Input): AccessScopeAnalysis[] {
  const { NetworkInsightsAccessScopeAnalysisIds: ids, NetworkInsightsAccessScopeId } = input
  const scope = NetworkInsightsAccessScopeId ? find(world, 'accessScope', NetworkInsightsAccessScopeId).id : undefined
  if (ids) {
    const named = findEach(world, 'accessScopeAnalysis', ids)
    return named.filter((each) => scope === undefined || each.scope === scope)
  }
  if (scope === undefined) return Array.from(world.accessScopeAnalysis.values())
  return linked(world, 'analyses of access scope', scope).flatMap((id) => world.accessScopeAnalysis.get(id) ?? [])
}
