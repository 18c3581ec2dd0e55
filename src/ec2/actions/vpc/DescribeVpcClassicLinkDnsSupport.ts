/** DescribeVpcClassicLinkDnsSupport (spec 8.1): EC2-Classic is gone, so no VPC has it. */

import { answer, type Run } from '../../action.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'

export const run: Run<'DescribeVpcClassicLinkDnsSupport'> = (input, { world }) => {
  const { items, nextToken } = list({
    input,
    ids: { given: input.VpcIds, set: 'vpcIds' },
    rows: input.VpcIds ? rowsFrom(findEach(world, 'vpc', input.VpcIds), ({ id }) => id) : tableRows(world.vpc),
    filters: {},
  })
  return answer({ Vpcs: items.map(({ id }) => ({ VpcId: id, ClassicLinkDnsSupported: false })), NextToken: nextToken })
}
