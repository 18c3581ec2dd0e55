/** DescribeSubnets (spec 8.2). */

import { subnetsIn } from '../../../model/address-block.ts'
import { findZone } from '../../../model/region.ts'
import type { Subnet } from '../../../model/subnet.ts'
import { tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { availableAddressCount, viewSubnet } from '../../view/subnet.ts'
import { arnOf } from '../../view/tags.ts'

export const run: Run<'DescribeSubnets'> = (input, { world }) => {
  const { SubnetIds } = input
  const { items, nextToken } = list({
    input,
    ids: { given: SubnetIds, set: 'subnetSet' },
    rows: SubnetIds ? rowsFrom(findEach(world, 'subnet', SubnetIds), ({ id }) => id) : tableRows(world.subnet),
    filters: filtersOf(world),
    tags: ({ id }) => tagsOf(world, id),
    ...(!SubnetIds && { indexes: indexesOf(world) }),
  })
  return answer({ Subnets: items.map((subnet) => viewSubnet(world, subnet)), NextToken: nextToken })
}

function indexesOf(world: World): Readonly<Record<string, (value: string) => readonly Subnet[]>> {
  return {
    'subnet-id': (id) => [world.subnet.get(id) ?? []].flat(),
    'vpc-id': (id) => subnetsIn(world, id as Subnet['vpc']),
  }
}

function filtersOf(world: World): FilterTable<Subnet> {
  const { account, region } = world.scope
  const zone = (subnet: Subnet) => subnet.zone
  const zoneId = (subnet: Subnet) => findZone(region, subnet.zone)?.id
  const cidr = (subnet: Subnet) => subnet.cidr
  const isDefaultForZone = (subnet: Subnet) => subnet.isDefaultForZone
  return {
    'availability-zone': zone,
    availabilityZone: zone,
    'availability-zone-id': zoneId,
    availabilityZoneId: zoneId,
    'available-ip-address-count': (subnet) => availableAddressCount(world, subnet),
    'cidr-block': cidr,
    cidr,
    cidrBlock: cidr,
    'customer-owned-ipv4-pool': () => undefined,
    'default-for-az': isDefaultForZone,
    defaultForAz: isDefaultForZone,
    'enable-dns64': (subnet) => subnet.enableDns64,
    'enable-lni-at-device-index': () => undefined,
    'ipv6-cidr-block-association.ipv6-cidr-block': (subnet) => subnet.ipv6CidrBlocks.map((block) => block.cidr),
    'ipv6-cidr-block-association.association-id': (subnet) =>
      subnet.ipv6CidrBlocks.map(({ associationId }) => associationId),
    'ipv6-cidr-block-association.state': (subnet) => subnet.ipv6CidrBlocks.map(() => 'associated'),
    'ipv6-native': (subnet) => subnet.cidr === undefined,
    'map-customer-owned-ip-on-launch': () => false,
    'map-public-ip-on-launch': (subnet) => subnet.mapPublicIpOnLaunch,
    'outpost-arn': () => undefined,
    'owner-id': () => account,
    'private-dns-name-options-on-launch.hostname-type': (subnet) => subnet.hostnameType,
    'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': (subnet) => subnet.resourceNameDnsA,
    'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': (subnet) => subnet.resourceNameDnsAaaa,
    state: () => 'available',
    'subnet-arn': (subnet) => arnOf(world.scope, 'subnet', subnet.id),
    'subnet-id': (subnet) => subnet.id,
    'vpc-id': (subnet) => subnet.vpc,
  }
}
