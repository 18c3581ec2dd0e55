/** GetManagedPrefixListAssociations (spec 6.2): one row for each group or route table that references the list. */

import { usersOf } from '../../../model/prefix-list-use.ts'
import { answer, type Run } from '../../action.ts'
import { findAnyPrefixList } from '../../input/prefix-list.ts'
import { list, rowsFrom } from '../../page.ts'

export const run: Run<'GetManagedPrefixListAssociations'> = (input, { world }) => {
  const found = findAnyPrefixList(world, input.PrefixListId)
  const { items, nextToken } = list({
    input,
    limits: { least: 5, most: 255 },
    rows: rowsFrom(usersOf(world, found.list.id), (id) => id),
    filters: {},
  })
  return answer({
    PrefixListAssociations: items.map((id) => ({ ResourceId: id, ResourceOwner: world.scope.account })),
    NextToken: nextToken,
  })
}
