/** DescribeManagedPrefixLists (spec 6.2): the account's lists, and AWS's own among them. */

import { tagsOf } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { type AnyPrefixList, everyPrefixList, findAnyPrefixList } from '../../input/prefix-list.ts'
import { list, rowsFrom } from '../../page.ts'
import { viewAwsPrefixList, viewPrefixList } from '../../view/prefix-list.ts'

export const run: Run<'DescribeManagedPrefixLists'> = (input, { world }) => {
  const lists = input.PrefixListIds?.map((id) => findAnyPrefixList(world, id)) ?? everyPrefixList(world)
  const { items, nextToken } = list<AnyPrefixList>({
    input,
    limits: { least: 1, most: 100 },
    ids: { given: input.PrefixListIds, set: 'prefixListIdSet' },
    rows: rowsFrom(lists, (row) => row.list.id),
    filters: {
      'owner-id': ({ owner }) => (owner === 'AWS' ? 'AWS' : world.scope.account),
      'prefix-list-id': (row) => row.list.id,
      'prefix-list-name': (row) => row.list.name,
    },
    tags: (row) => tagsOf(world, row.list.id),
  })
  return answer({
    PrefixLists: items.map((row) =>
      row.owner === 'AWS' ? viewAwsPrefixList(world, row.list) : viewPrefixList(world, row.list),
    ),
    NextToken: nextToken,
  })
}
