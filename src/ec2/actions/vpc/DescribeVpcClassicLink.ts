/** DescribeVpcClassicLink (spec 8.1): EC2-Classic is gone, so no VPC has it. */

import { tagsOf } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { viewTagsOf } from '../../view/tags.ts'

export const run: Run<'DescribeVpcClassicLink'> = (input, { world }) => {
  const { items } = list({
    input,
    rows: input.VpcIds ? rowsFrom(findEach(world, 'vpc', input.VpcIds), ({ id }) => id) : tableRows(world.vpc),
    filters: { 'is-classic-link-enabled': () => false },
    tags: ({ id }) => tagsOf(world, id),
  })
  return answer({
    Vpcs: items.map(({ id }) => ({ VpcId: id, ClassicLinkEnabled: false, Tags: viewTagsOf(world, id) })),
  })
}
