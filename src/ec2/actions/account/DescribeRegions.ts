/** DescribeRegions (spec 8.7). The caller's own region is listed even if AWS has none of that name. */

import { regionNames } from '../../../model/region.ts'
import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { type FilterTable, matcher } from '../../filter.ts'

export const run: Run<'DescribeRegions'> = (input, { world }) => {
  const known = new Set([...regionNames, world.scope.region])
  const unknown = input.RegionNames?.find((name) => !known.has(name))
  if (unknown !== undefined) reject('RegionUnknown', { region: unknown })
  const asked = input.RegionNames ? new Set(input.RegionNames) : known
  const regions = [...known].filter((name) => asked.has(name)).filter(matcher(input.Filters, filters))
  return answer({
    Regions: regions.map((name) => ({
      RegionName: name,
      Endpoint: endpointOf(name),
      OptInStatus: 'opt-in-not-required',
    })),
  })
}

const filters: FilterTable<string> = {
  endpoint: endpointOf,
  'opt-in-status': () => 'opt-in-not-required',
  'region-name': (name) => name,
}

function endpointOf(region: string): string {
  return `ec2.${region}.amazonaws.com`
}
