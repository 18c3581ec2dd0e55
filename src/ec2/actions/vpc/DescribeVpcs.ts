/** DescribeVpcs (spec 8.1). */

import type { Vpc } from '../../../model/vpc.ts'
import { tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { viewVpc } from '../../view/vpc.ts'

export const run: Run<'DescribeVpcs'> = (input, { world }) => {
  const { items, nextToken } = list({
    input,
    ids: { given: input.VpcIds, set: 'vpcSet' },
    rows: input.VpcIds ? rowsFrom(findEach(world, 'vpc', input.VpcIds), ({ id }) => id) : tableRows(world.vpc),
    filters: filtersOf(world),
    tags: ({ id }) => tagsOf(world, id),
  })
  return answer({ Vpcs: items.map((vpc) => viewVpc(world, vpc)), NextToken: nextToken })
}

function filtersOf(world: World): FilterTable<Vpc> {
  const { account } = world.scope
  const isDefault = (vpc: Vpc) => vpc.isDefault
  return {
    cidr: (vpc) => vpc.cidrBlocks[0]?.cidr,
    'cidr-block-association.cidr-block': (vpc) => vpc.cidrBlocks.map(({ cidr }) => cidr),
    'cidr-block-association.association-id': (vpc) => vpc.cidrBlocks.map(({ associationId }) => associationId),
    'cidr-block-association.state': (vpc) => vpc.cidrBlocks.map(() => 'associated'),
    'dhcp-options-id': (vpc) => vpc.dhcpOptions,
    'ipv6-cidr-block-association.ipv6-cidr-block': (vpc) => vpc.ipv6CidrBlocks.map(({ cidr }) => cidr),
    'ipv6-cidr-block-association.ipv6-pool': (vpc) => vpc.ipv6CidrBlocks.map(() => 'Amazon'),
    'ipv6-cidr-block-association.association-id': (vpc) => vpc.ipv6CidrBlocks.map((block) => block.associationId),
    'ipv6-cidr-block-association.state': (vpc) => vpc.ipv6CidrBlocks.map(() => 'associated'),
    'is-default': isDefault,
    // The older spelling, which scripts still use.
    isDefault,
    'owner-id': () => account,
    state: () => 'available',
    'vpc-id': (vpc) => vpc.id,
  }
}
