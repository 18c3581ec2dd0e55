/** DescribeNetworkInsightsPaths (spec 8.9). */

import type { NetworkInsightsPath, PathFilter, PortSpan } from '../../../model/network-insights.ts'
import { tagsOf } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { viewPath } from '../../view/network-insights.ts'

export const run: Run<'DescribeNetworkInsightsPaths'> = (input, { world }) => {
  const { NetworkInsightsPathIds: ids } = input
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 100 },
    ids: { given: ids, set: 'networkInsightsPathIds' },
    rows: ids
      ? rowsFrom(findEach(world, 'networkInsightsPath', ids), ({ id }) => id)
      : tableRows(world.networkInsightsPath),
    filters,
    tags: ({ id }) => tagsOf(world, id),
  })
  return answer({ NetworkInsightsPaths: items.map((path) => viewPath(world, path)), NextToken: nextToken })
}

const filters: FilterTable<NetworkInsightsPath> = {
  source: ({ source }) => source,
  destination: ({ destination }) => destination,
  protocol: ({ protocol }) => protocol,
  ...filtersAt('filter-at-source', ({ filterAtSource }) => filterAtSource),
  ...filtersAt('filter-at-destination', ({ filterAtDestination }) => filterAtDestination),
}

function filtersAt(
  name: string,
  filterOf: (path: NetworkInsightsPath) => PathFilter | undefined,
): FilterTable<NetworkInsightsPath> {
  return {
    [`${name}.source-address`]: (path) => filterOf(path)?.sourceAddress,
    [`${name}.source-port-range`]: (path) => spanText(filterOf(path)?.sourcePorts),
    [`${name}.destination-address`]: (path) => filterOf(path)?.destinationAddress,
    [`${name}.destination-port-range`]: (path) => spanText(filterOf(path)?.destinationPorts),
  }
}

/** `80` and `80-90` */
function spanText(span: PortSpan | undefined): string | undefined {
  if (!span) return undefined
  return span.from === span.to ? String(span.from) : `${span.from}-${span.to}`
}
