/** DescribeNetworkInterfaces (spec 8.3). */

import type { NetworkInterface } from '../../../model/network-interface.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { interfaceFilters } from '../../view/interface-filters.ts'
import { viewInterface } from '../../view/network-interface.ts'
import { ownTags, viewTags } from '../../view/tags.ts'

export const run: Run<'DescribeNetworkInterfaces'> = (input, { world, enforcementOf }) => {
  const tags = ({ id }: NetworkInterface) => [...tagsOf(world, id), ...ownTags(enforcementOf(id))]
  const given = input.NetworkInterfaceIds
  const { items, nextToken } = list({
    input,
    ids: { given, set: 'networkInterfaceIdsSet' },
    rows: given
      ? rowsFrom(findEach(world, 'networkInterface', given), ({ id }) => id)
      : tableRows(world.networkInterface),
    filters: interfaceFilters(world),
    tags,
    ...(given ? {} : { indexes: indexesOf(world) }),
  })
  return answer({
    NetworkInterfaces: items.map((card) => ({ ...viewInterface(world, card), TagSet: viewTags(tags(card)) })),
    NextToken: nextToken,
  })
}

function indexesOf(world: World): Readonly<Record<string, (value: string) => readonly NetworkInterface[]>> {
  const found = (ids: readonly string[]) => ids.flatMap((id) => world.networkInterface.get(id) ?? [])
  return {
    'network-interface-id': (id) => found([id]),
    'attachment.attachment-id': (id) => found(linked(world, 'interface with attachment', id)),
    'attachment.instance-id': (id) => found(linked(world, 'interfaces of instance', id)),
    'group-id': (id) => found(linked(world, 'interfaces of group', id)),
    'subnet-id': (id) => found(linked(world, 'interfaces in subnet', id)),
    'vpc-id': (id) => found(linked(world, 'interfaces in vpc', id)),
  }
}
