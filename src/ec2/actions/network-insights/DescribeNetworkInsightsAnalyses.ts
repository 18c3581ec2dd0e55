/** DescribeNetworkInsightsAnalyses (spec 8.9): what was found, as the world stood when each was started. */

import type { Instant } from '../../../base/clock.ts'
import type { NetworkInsightsAnalysis } from '../../../model/network-insights.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type InputOf, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { find, findEach } from '../../input/lookup.ts'
import { list, type Rows, rowsFrom, tableRows } from '../../page.ts'
import { analysisStatus, isFound, viewAnalysis } from '../../view/network-insights.ts'

export const run: Run<'DescribeNetworkInsightsAnalyses'> = (input, { world }) => {
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 100 },
    ids: { given: input.NetworkInsightsAnalysisIds, set: 'networkInsightsAnalysisIds' },
    rows: during(rowsOf(world, input), input),
    filters,
    tags: ({ id }) => tagsOf(world, id),
  })
  return answer({ NetworkInsightsAnalyses: items.map((each) => viewAnalysis(world, each)), NextToken: nextToken })
}

type Input = InputOf<'DescribeNetworkInsightsAnalyses'>

function rowsOf(world: World, { NetworkInsightsAnalysisIds: ids, NetworkInsightsPathId }: Input) {
  const keyOf = ({ id }: NetworkInsightsAnalysis) => id
  const path = NetworkInsightsPathId ? find(world, 'networkInsightsPath', NetworkInsightsPathId).id : undefined
  if (ids) {
    const found = findEach(world, 'networkInsightsAnalysis', ids)
    return rowsFrom(
      found.filter((each) => path === undefined || each.path === path),
      keyOf,
    )
  }
  if (path === undefined) return tableRows(world.networkInsightsAnalysis)
  const own = linked(world, 'analyses of path', path)
  return rowsFrom(
    own.flatMap((id) => world.networkInsightsAnalysis.get(id) ?? []),
    keyOf,
  )
}

/** Those that were started within the times given, both included. */
function during(
  rows: Rows<NetworkInsightsAnalysis>,
  { AnalysisStartTime, AnalysisEndTime }: Input,
): Rows<NetworkInsightsAnalysis> {
  const isWithin = ({ startedAt }: NetworkInsightsAnalysis) => isBetween(startedAt, AnalysisStartTime, AnalysisEndTime)
  return { keyOf: rows.keyOf, after: (key) => Array.from(rows.after(key)).filter(isWithin) }
}

function isBetween(at: Instant, first: Instant | undefined, last: Instant | undefined): boolean {
  return (first === undefined || at >= first) && (last === undefined || at <= last)
}

const filters: FilterTable<NetworkInsightsAnalysis> = {
  'path-found': isFound,
  status: analysisStatus,
}
