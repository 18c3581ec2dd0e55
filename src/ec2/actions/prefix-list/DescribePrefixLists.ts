/** DescribePrefixLists (spec 6.2), the older call: only the lists that AWS owns, and their CIDRs with them. */

import { type AwsPrefixList, awsPrefixLists, findAwsPrefixList } from '../../../model/aws-prefix-lists.ts'
import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { list, rowsFrom } from '../../page.ts'

export const run: Run<'DescribePrefixLists'> = (input, { world }) => {
  const { region } = world.scope
  const lists = input.PrefixListIds?.map((id) => named(region, id)) ?? awsPrefixLists(region)
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 1000 },
    ids: { given: input.PrefixListIds, set: 'prefixListIdSet' },
    rows: rowsFrom(lists, ({ id }) => id),
    filters: { 'prefix-list-id': ({ id }) => id, 'prefix-list-name': ({ name }) => name },
  })
  return answer({
    PrefixLists: items.map(({ id, name, cidrs }) => ({ PrefixListId: id, PrefixListName: name, Cidrs: cidrs })),
    NextToken: nextToken,
  })
}

function named(region: string, id: string): AwsPrefixList {
  if (!isIdOf('pl', id)) reject('PrefixListIdMalformed', { id })
  return findAwsPrefixList(region, id) ?? reject('AwsPrefixListNotFound', { id })
}
