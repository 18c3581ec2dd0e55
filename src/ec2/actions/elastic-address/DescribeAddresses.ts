/** DescribeAddresses. It has no pages: the answer is all there is. */

import type { ElasticAddress } from '../../../model/elastic-address.ts'
import { tagsOf, type World } from '../../../model/world.ts'
import { answer, type InputOf, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { addressWithIp } from '../../input/elastic-address.ts'
import { findEach } from '../../input/lookup.ts'
import { list, type Rows, rowsFrom, tableRows } from '../../page.ts'
import { instanceOf, viewAddress } from '../../view/elastic-address.ts'

const onePage = { least: 1, most: Number.MAX_SAFE_INTEGER }

export const run: Run<'DescribeAddresses'> = (input, { world }) => {
  const { items } = list({
    input: { Filters: input.Filters },
    limits: onePage,
    rows: rowsOf(world, input),
    filters: filtersOf(world),
    tags: ({ id }) => tagsOf(world, id),
  })
  return answer({ Addresses: items.map((elastic) => viewAddress(world, elastic)) })
}

/** Both lists together name the union of what each names. */
function rowsOf(world: World, { AllocationIds, PublicIps }: InputOf<'DescribeAddresses'>): Rows<ElasticAddress> {
  if (!AllocationIds && !PublicIps) return tableRows(world.elasticAddress)
  const named = [
    ...findEach(world, 'elasticAddress', AllocationIds ?? []),
    ...(PublicIps ?? []).map((address) => addressWithIp(world, address)),
  ]
  return rowsFrom(named, ({ id }) => id)
}

function filtersOf(world: World): FilterTable<ElasticAddress> {
  const { account } = world.scope
  return {
    'allocation-id': ({ id }) => id,
    'association-id': ({ association }) => association?.id,
    domain: () => 'vpc',
    'instance-id': (elastic) => instanceOf(world, elastic),
    'network-border-group': ({ networkBorderGroup }) => networkBorderGroup,
    'network-interface-id': ({ association }) => association?.networkInterface,
    'network-interface-owner-id': ({ association }) => association && account,
    'private-ip-address': ({ association }) => association?.privateAddress,
    'public-ip': ({ publicAddress }) => publicAddress,
  }
}
