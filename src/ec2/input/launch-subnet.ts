/** Where an instance is launched: the subnet asked for, or a default subnet of the default VPC. */

import { findZone } from '../../model/region.ts'
import { reject } from '../../model/rejection.ts'
import type { Subnet } from '../../model/subnet.ts'
import { linked, type World } from '../../model/world.ts'
import type { Placement } from '../protocol/types.generated.ts'
import { findDefaultVpc } from './group.ts'
import { find } from './lookup.ts'

/** AWS picks among the zones as it likes; here it is the first of those that have a default subnet. */
export function launchSubnet(id: string | undefined, placement: Placement | undefined, world: World): Subnet {
  const zone = zoneAskedFor(placement, world)
  if (!id) return defaultSubnet(zone, world)
  const subnet = find(world, 'subnet', id)
  if (zone !== undefined && zone !== subnet.zone) reject('LaunchZoneConflict', { zone, subnet: subnet.id })
  return subnet
}

function zoneAskedFor(placement: Placement | undefined, world: World): string | undefined {
  const zone = placement?.AvailabilityZone || placement?.AvailabilityZoneId
  if (!zone) return undefined
  return findZone(world.scope.region, zone)?.name ?? reject('ZoneNameUnknown', { name: zone })
}

function defaultSubnet(zone: string | undefined, world: World): Subnet {
  const vpc = findDefaultVpc(world) ?? reject('DefaultSubnetVpcMissing')
  const subnets = linked(world, 'subnets in vpc', vpc.id)
    .flatMap((id) => world.subnet.get(id) ?? [])
    .filter(({ isDefaultForZone }) => isDefaultForZone)
    .sort((a, b) => (a.zone < b.zone ? -1 : 1))
  const [first] = subnets
  if (!first) reject('DefaultSubnetsMissing', { vpc: vpc.id })
  if (zone === undefined) return first
  return subnets.find((subnet) => subnet.zone === zone) ?? reject('DefaultSubnetOfZoneMissing', { zone })
}
