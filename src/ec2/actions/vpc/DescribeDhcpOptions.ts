/** DescribeDhcpOptions (spec 8.1): the default set, which is the only one there is. */

import { dhcpOptionsIn } from '../../../model/dhcp-options.ts'
import { type DhcpOptionsId, isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { list, rowsFrom } from '../../page.ts'
import type { DhcpOptions } from '../../protocol/types.generated.ts'
import { privateDomain } from '../../view/dns-name.ts'
import { viewTagsOf } from '../../view/tags.ts'

export const run: Run<'DescribeDhcpOptions'> = (input, { world }) => {
  const { account, region } = world.scope
  const options = defaultOptions(region)
  const { items, nextToken } = list<DhcpOptionsId>({
    input,
    ids: { given: input.DhcpOptionsIds, set: 'dhcpOptionsSet' },
    rows: rowsFrom(asked(world, input.DhcpOptionsIds), (id) => id),
    filters: {
      'dhcp-options-id': (id) => id,
      key: () => Object.keys(options),
      value: () => Object.values(options),
      'owner-id': () => account,
    },
    tags: (id) => tagsOf(world, id),
  })
  return answer({ DhcpOptions: items.map((id) => viewDhcpOptions(world, id)), NextToken: nextToken })
}

function defaultOptions(region: string): Readonly<Record<string, string>> {
  return { 'domain-name': privateDomain(region), 'domain-name-servers': 'AmazonProvidedDNS' }
}

function asked(world: World, ids: readonly string[] | undefined): DhcpOptionsId[] {
  const known = dhcpOptionsIn(world)
  return (ids ?? known).map((id) => {
    if (!isIdOf('dopt', id)) reject('DhcpOptionsIdMalformed', { id })
    return known.includes(id) ? id : reject('DhcpOptionsNotFound', { id })
  })
}

function viewDhcpOptions(world: World, id: DhcpOptionsId): DhcpOptions {
  const { account, region } = world.scope
  return {
    DhcpOptionsId: id,
    DhcpConfigurations: Object.entries(defaultOptions(region)).map(([key, value]) => ({
      Key: key,
      Values: [{ Value: value }],
    })),
    OwnerId: account,
    Tags: viewTagsOf(world, id),
  }
}
