/** The rule, the ACL entry or the route that a hop names, as components and explanations show it. */

import type { NetworkAclEntry } from '../../model/network-acl.ts'
import { blocksOfRoute, routesOf } from '../../model/route-lookup.ts'
import type { PlacedRoute } from '../../model/routing.ts'
import type { Rule } from '../../model/rule.ts'
import { findRule, type World } from '../../model/world.ts'
import { parseAddress } from '../../net/address.ts'
import { containsAddress } from '../../net/cidr.ts'
import type { RuleRef } from '../../policy/policy.ts'
import type { HopOf } from '../hop.ts'

export type CitedRule = Pick<Rule, 'direction' | 'traffic' | 'peer'>

export function ruleCited(world: World, { rule: id }: RuleRef): CitedRule | undefined {
  const rule = findRule(world, id)?.rule
  return rule && { direction: rule.direction, traffic: rule.traffic, peer: rule.peer }
}

/** The final deny is not stored: AWS shows it under the number behind all that can be given. */
export function entryCited(world: World, { acl, direction, entry, peer }: HopOf<'acl'>): NetworkAclEntry | undefined {
  const family = peer.includes(':') ? 6 : 4
  if (entry === '*') {
    const everywhere = family === 4 ? { number: 32_767, cidr: '0.0.0.0/0' } : { number: 32_768, cidr: '::/0' }
    return { ...everywhere, direction, action: 'deny', protocol: -1, family }
  }
  return world.networkAcl.get(acl)?.entries.find((each) => each.number === entry && each.direction === direction)
}

export function routeCited(world: World, { table: id, via, destination }: HopOf<'route'>): PlacedRoute | undefined {
  const table = id && world.routeTable.get(id)
  const address = parseAddress(destination)
  if (!table || !address || via === undefined) return undefined
  // The hop names the route's target; of several routes to it, the one that holds the address most closely.
  return routesOf(world, table)
    .filter((route) => targetText(route) === via)
    .flatMap((route) => blocksOfRoute(world, route).map((block) => ({ route, block })))
    .filter(({ block }) => containsAddress(block, address))
    .sort((a, b) => b.block.length - a.block.length)[0]?.route
}

function targetText({ target }: PlacedRoute): string {
  return target.kind === 'local' ? 'local' : target.id
}
