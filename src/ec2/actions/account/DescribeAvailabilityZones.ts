/** DescribeAvailabilityZones (spec 8.7). */

import { findZone, type Zone, zonesOf } from '../../../model/region.ts'
import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { type FilterTable, matcher, matchingNothing } from '../../filter.ts'
import type { AvailabilityZone } from '../../protocol/types.generated.ts'

export const run: Run<'DescribeAvailabilityZones'> = (input, { world }) => {
  const { region } = world.scope
  const { ZoneNames, ZoneIds } = input
  for (const name of ZoneNames ?? []) if (findZone(region, name)?.name !== name) reject('ZoneNameUnknown', { name })
  for (const id of ZoneIds ?? []) if (findZone(region, id)?.id !== id) reject('ZoneIdUnknown', { id })
  const zones = zonesOf(region)
    .filter(({ name, id }) => (ZoneNames?.includes(name) ?? true) && (ZoneIds?.includes(id) ?? true))
    .filter(matcher(input.Filters, filtersOf(region)))
  return answer({ AvailabilityZones: zones.map((zone) => viewZone(region, zone)) })
}

function filtersOf(region: string): FilterTable<Zone> {
  return {
    'group-long-name': ({ groupLongName }) => groupLongName,
    'group-name': ({ groupName }) => groupName,
    'opt-in-status': () => 'opt-in-not-required',
    'region-name': () => region,
    state: () => 'available',
    'zone-id': ({ id }) => id,
    'zone-name': ({ name }) => name,
    'zone-type': () => 'availability-zone',
    ...matchingNothing('message', 'parent-zone-id', 'parent-zone-name'),
  }
}

function viewZone(region: string, { name, id, groupName, groupLongName }: Zone): AvailabilityZone {
  return {
    OptInStatus: 'opt-in-not-required',
    Messages: [],
    RegionName: region,
    ZoneName: name,
    ZoneId: id,
    GroupName: groupName,
    NetworkBorderGroup: region,
    ZoneType: 'availability-zone',
    GroupLongName: groupLongName,
    State: 'available',
  }
}
