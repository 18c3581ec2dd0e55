/** DescribeStaleSecurityGroups (spec 3.11). */

import type { Direction, Rule } from '../../../model/rule.ts'
import type { SecurityGroup } from '../../../model/security-group.ts'
import { isStale } from '../../../model/stale-rule.ts'
import { linked, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { list, rowsFrom } from '../../page.ts'
import type { StaleIpPermission, StaleSecurityGroup } from '../../protocol/types.generated.ts'
import { mergedPermissions } from '../../view/permission.ts'

interface Row {
  readonly group: SecurityGroup
  readonly stale: readonly Rule[]
}

export const run: Run<'DescribeStaleSecurityGroups'> = (input, { world }) => {
  const vpc = find(world, 'vpc', input.VpcId)
  const groups = linked(world, 'groups in vpc', vpc.id).flatMap((id) => world.securityGroup.get(id) ?? [])
  const rows = groups
    .map((group): Row => ({ group, stale: group.rules.filter((rule) => isStale(world, group, rule)) }))
    .filter(({ stale }) => stale.length > 0)
  const { items, nextToken } = list<Row>({
    input: { MaxResults: input.MaxResults, NextToken: input.NextToken },
    limits: { least: 5, most: 255 },
    rows: rowsFrom(rows, ({ group }) => group.id),
    filters: {},
  })
  return answer({ StaleSecurityGroupSet: items.map((row) => viewStale(world, row)), NextToken: nextToken })
}

function viewStale(world: World, { group, stale }: Row): StaleSecurityGroup {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpc,
    StaleIpPermissions: stalePermissions(world, group, ofDirection(stale, 'ingress')),
    StaleIpPermissionsEgress: stalePermissions(world, group, ofDirection(stale, 'egress')),
  }
}

function ofDirection(rules: readonly Rule[], direction: Direction): Rule[] {
  return rules.filter((rule) => rule.direction === direction)
}

/** A stale pair is recorded without the owner of the group that is gone. */
function stalePermissions(world: World, group: SecurityGroup, rules: readonly Rule[]): StaleIpPermission[] {
  return mergedPermissions(world, group, rules).map(({ IpProtocol, FromPort, ToPort, UserIdGroupPairs }) => ({
    IpProtocol,
    FromPort,
    ToPort,
    UserIdGroupPairs: UserIdGroupPairs?.map((pair) => ({ ...pair, UserId: undefined })),
    IpRanges: [],
    PrefixListIds: [],
  }))
}
