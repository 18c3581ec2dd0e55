/** DescribeVpcPeeringConnections (spec 4). */

import { formatInstant, type Instant } from '../../../base/clock.ts'
import type { Peering } from '../../../model/peering.ts'
import { isVisibleAt, peeringsOf } from '../../../model/peering-lookup.ts'
import { tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findPeering } from '../../input/peering.ts'
import { list, rowsFrom } from '../../page.ts'
import type {
  VpcPeeringConnectionVpcInfo,
  VpcPeeringConnection as WirePeering,
} from '../../protocol/types.generated.ts'
import { viewPeering } from '../../view/peering.ts'

export const run: Run<'DescribeVpcPeeringConnections'> = (input, { world, now }) => {
  const { VpcPeeringConnectionIds: ids } = input
  const found = ids
    ? ids.map((id) => findPeering(world, id, now))
    : [...world.peering.values()].filter((peering) => isVisibleAt(peering, now))
  const ofVpc = (vpc: string) => peeringsOf(world, vpc).filter((peering) => isVisibleAt(peering, now))
  const { items, nextToken } = list({
    input,
    ids: { given: ids, set: 'vpcPeeringConnectionIdSet' },
    rows: rowsFrom(found, ({ id }) => id),
    filters: filtersOf(world, now),
    tags: ({ id }) => tagsOf(world, id),
    indexes: { 'requester-vpc-info.vpc-id': ofVpc, 'accepter-vpc-info.vpc-id': ofVpc },
  })
  return answer({
    VpcPeeringConnections: items.map((peering) => viewPeering(world, peering, now)),
    NextToken: nextToken,
  })
}

function filtersOf(world: World, now: Instant): FilterTable<Peering> {
  const reading = (read: (shown: WirePeering) => string | readonly string[] | undefined) => {
    return (peering: Peering) => read(viewPeering(world, peering, now))
  }
  return {
    'accepter-vpc-info.cidr-block': reading(({ AccepterVpcInfo }) => blocksOf(AccepterVpcInfo)),
    'accepter-vpc-info.owner-id': ({ accepter }) => accepter.owner,
    'accepter-vpc-info.vpc-id': ({ accepter }) => accepter.vpc,
    'expiration-time': reading(({ ExpirationTime }) => ExpirationTime && formatInstant(ExpirationTime)),
    'requester-vpc-info.cidr-block': reading(({ RequesterVpcInfo }) => blocksOf(RequesterVpcInfo)),
    'requester-vpc-info.owner-id': ({ requester }) => requester.owner,
    'requester-vpc-info.vpc-id': ({ requester }) => requester.vpc,
    'status-code': reading(({ Status }) => Status?.Code),
    'status-message': reading(({ Status }) => Status?.Message),
    'vpc-peering-connection-id': ({ id }) => id,
  }
}

function blocksOf(side: VpcPeeringConnectionVpcInfo | undefined): string[] {
  return (side?.CidrBlockSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? [])
}
