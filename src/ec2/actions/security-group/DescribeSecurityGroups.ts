/** DescribeSecurityGroups (spec 3.3). */

import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { SecurityGroup } from '../../../model/security-group.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { groupNamed } from '../../input/group.ts'
import { findEach } from '../../input/lookup.ts'
import { list, type Rows, rowsFrom, tableRows } from '../../page.ts'
import type {
  DescribeSecurityGroupsRequest,
  Filter,
  SecurityGroup as WireGroup,
} from '../../protocol/types.generated.ts'
import { groupFilters } from '../../view/group-filters.ts'
import { viewPermissions } from '../../view/permission.ts'
import { arnOf, viewTagsOf } from '../../view/tags.ts'
import { isExact } from '../../wildcard.ts'

export const run: Run<'DescribeSecurityGroups'> = (input, { world }) => {
  refuseMalformedVpc(input.Filters)
  const { items, nextToken } = list({
    input,
    ids: { given: input.GroupIds, set: 'groupIdSet' },
    rows: rowsOf(world, input),
    filters: groupFilters(world),
    tags: ({ id }) => tagsOf(world, id),
    ...(input.GroupIds || input.GroupNames ? {} : { indexes: indexesOf(world) }),
  })
  return answer({ SecurityGroups: items.map((group) => viewGroup(world, group)), NextToken: nextToken })
}

/** Ids and names add up: a group must be in both lists when both are given. */
function rowsOf(world: World, { GroupIds, GroupNames }: DescribeSecurityGroupsRequest): Rows<SecurityGroup> {
  const byId = GroupIds && findEach(world, 'securityGroup', GroupIds)
  const byName = GroupNames?.map((name) => groupNamed(world, name))
  const both = byId && byName ? byId.filter(({ id }) => byName.some((group) => group.id === id)) : (byId ?? byName)
  return both ? rowsFrom(both, ({ id }) => id) : tableRows(world.securityGroup)
}

function indexesOf(world: World) {
  const groups = (ids: readonly string[]) => ids.flatMap((id) => world.securityGroup.get(id) ?? [])
  return {
    'group-id': (id: string) => groups([id]),
    'vpc-id': (vpc: string) => groups(linked(world, 'groups in vpc', vpc)),
  }
}

/** AWS answers this filter alone with an error where others find nothing (spec 1.3). */
function refuseMalformedVpc(filters: readonly Filter[] | undefined): void {
  for (const { Name, Values = [] } of filters ?? []) {
    if (Name === 'vpc-id' && Values.some((value) => isExact(value) && !isIdOf('vpc', value)))
      reject('VpcIdFilterMalformed')
  }
}

function viewGroup(world: World, group: SecurityGroup): WireGroup {
  return {
    OwnerId: world.scope.account,
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpc,
    SecurityGroupArn: arnOf(world.scope, 'security-group', group.id),
    IpPermissions: viewPermissions(world, group, 'ingress'),
    IpPermissionsEgress: viewPermissions(world, group, 'egress'),
    Tags: viewTagsOf(world, group.id),
  }
}
