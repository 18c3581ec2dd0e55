/** The Availability Zone that a request for a subnet names, by name or by id (spec 8.2). */

import { type Zone, zonesOf } from '../../model/region.ts'
import { reject } from '../../model/rejection.ts'

export interface ZoneRequest {
  readonly AvailabilityZone?: string | undefined
  readonly AvailabilityZoneId?: string | undefined
}

/** Undefined when the request leaves the zone open. */
export function requestedZone({ AvailabilityZone, AvailabilityZoneId }: ZoneRequest, region: string): Zone | undefined {
  if (AvailabilityZone && AvailabilityZoneId) {
    reject('ParametersExclusive', { first: 'availabilityZone', second: 'availabilityZoneId' })
  }
  if (AvailabilityZone) return zoneBy('name', AvailabilityZone, region)
  if (AvailabilityZoneId) return zoneBy('id', AvailabilityZoneId, region)
  return undefined
}

function zoneBy(key: 'name' | 'id', value: string, region: string): Zone {
  const zones = zonesOf(region)
  const zone = zones.find((each) => each[key] === value)
  if (zone) return zone
  const choice = zones.map((each) => each[key]).join(', ')
  return reject('InvalidParameterValue', {
    value,
    name: key === 'name' ? 'availabilityZone' : 'availabilityZoneId',
    reason: `Subnets can currently only be created in the following availability zones: ${choice}.`,
  })
}
