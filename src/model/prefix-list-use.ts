/** Who references a prefix list, and whether they could bear a larger one (spec 6.2, 6.4). */

import type { GroupId, PrefixListId, RouteTableId } from './ids.ts'
import type { PrefixList } from './prefix-list.ts'
import type { Quotas } from './quota.ts'
import type { RouteTable } from './routing.ts'
import type { Rule } from './rule.ts'
import { countRules, type WeightOf } from './rule-count.ts'
import type { SecurityGroup } from './security-group.ts'
import { linked, type World } from './world.ts'

/** The groups and route tables that reference a list, groups first. */
export function usersOf(world: World, list: PrefixListId): (GroupId | RouteTableId)[] {
  return [...linked(world, 'groups using prefix list', list), ...linked(world, 'route tables using prefix list', list)]
}

/** Those that would exceed their quota if references weighed what `weightOf` says. */
export function overburdened(
  world: World,
  list: PrefixList,
  weightOf: WeightOf,
  quotas: Quotas,
): (GroupId | RouteTableId)[] {
  return usersOf(world, list.id).filter((id) => {
    const group = world.securityGroup.get(id)
    if (group) return mostRules(group, weightOf) > quotas['rules-per-security-group']
    const table = world.routeTable.get(id)
    return table !== undefined && countRoutes(table, list.family, weightOf) > quotas['routes-per-route-table']
  })
}

/** The security-group rules of the world that name the list. */
export function rulesNaming(world: World, list: PrefixListId): number {
  const groups = linked(world, 'groups using prefix list', list).flatMap((id) => world.securityGroup.get(id) ?? [])
  return groups.reduce((count, { rules }) => count + countNaming(rules, list), 0)
}

export function countNaming(rules: readonly Rule[], list: PrefixListId): number {
  return rules.filter(({ peer }) => peer.kind === 'prefix-list' && peer.list === list).length
}

/** The routes of the world that lead to the list: a table has one at most. */
export function routesNaming(world: World, list: PrefixListId): number {
  return linked(world, 'route tables using prefix list', list).length
}

/** The most that either direction counts in either family. */
function mostRules(group: SecurityGroup, weightOf: WeightOf): number {
  const counts = (['ingress', 'egress'] as const).map((direction) => countRules(group.rules, direction, weightOf))
  return Math.max(...counts.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]))
}

function countRoutes({ routes }: RouteTable, family: 4 | 6, weightOf: WeightOf): number {
  return routes.reduce((count, { destination }) => {
    if (destination.kind === 'prefix-list') {
      const reference = weightOf(destination.list)
      return count + (reference.family === family ? reference.weight : 0)
    }
    return count + (destination.kind === (family === 4 ? 'ipv4' : 'ipv6') ? 1 : 0)
  }, 0)
}
