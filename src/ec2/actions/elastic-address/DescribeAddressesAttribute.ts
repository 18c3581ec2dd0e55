/** DescribeAddressesAttribute. The attribute is the reverse DNS record, which no address here has. */

import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'

export const run: Run<'DescribeAddressesAttribute'> = (input, { world }) => {
  const { AllocationIds: given, Attribute = 'domain-name', MaxResults, NextToken } = input
  if (Attribute !== 'domain-name') {
    reject('InvalidParameterValue', { value: Attribute, name: 'attribute', reason: 'Unknown attribute.' })
  }
  const { items, nextToken } = list({
    input: { MaxResults, NextToken },
    limits: { least: 1, most: 1000 },
    rows: given ? rowsFrom(findEach(world, 'elasticAddress', given), ({ id }) => id) : tableRows(world.elasticAddress),
    filters: {},
  })
  return answer({
    Addresses: items.map(({ id, publicAddress }) => ({ AllocationId: id, PublicIp: publicAddress })),
    NextToken: nextToken,
  })
}
