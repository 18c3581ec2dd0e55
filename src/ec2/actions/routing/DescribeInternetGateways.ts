/** DescribeInternetGateways (spec 8.6). */

import type { InternetGateway } from '../../../model/routing.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { attachedState, viewInternetGateway } from '../../view/internet-gateway.ts'

export const run: Run<'DescribeInternetGateways'> = (input, { world }) => {
  const { InternetGatewayIds: ids } = input
  const ofVpc = (vpc: string) =>
    linked(world, 'gateways of vpc', vpc).flatMap((id) => world.internetGateway.get(id) ?? [])
  const { items, nextToken } = list({
    input,
    ids: { given: ids, set: 'internetGatewayIdSet' },
    rows: ids ? rowsFrom(findEach(world, 'internetGateway', ids), ({ id }) => id) : tableRows(world.internetGateway),
    filters: filtersOf(world),
    tags: ({ id }) => tagsOf(world, id),
    indexes: { 'attachment.vpc-id': ofVpc },
  })
  return answer({
    InternetGateways: items.map((gateway) => viewInternetGateway(world, gateway)),
    NextToken: nextToken,
  })
}

function filtersOf(world: World): FilterTable<InternetGateway> {
  return {
    'attachment.state': ({ attachedTo }) => attachedTo && attachedState,
    'attachment.vpc-id': ({ attachedTo }) => attachedTo,
    'internet-gateway-id': ({ id }) => id,
    'owner-id': () => world.scope.account,
  }
}
