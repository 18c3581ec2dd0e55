/**
 * Estates of many interfaces, made from fixed seeds: 500 groups with rules of which nearly half name groups,
 * 100 subnets, and interfaces in roles of one to five groups, as one VPC may have.
 */

import type { Change } from '../src/model/change.ts'
import type { GroupId } from '../src/model/ids.ts'
import type { Peer, Rule, Traffic } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'
import { Dice } from './dice.ts'
import { bareEstate, cardChanges, subnets } from './reaching-ground.ts'

export interface Estate {
  readonly interfaces: number
  readonly groups: number
  /** Of each group, inbound. Most groups have the one outbound rule that AWS gives them. */
  readonly rulesEach: number
  readonly roles: number
}

const account = '123456789012'

export function estateWorld(estate: Estate): World {
  const dice = new Dice(`estate ${Object.values(estate).join(' ')}`)
  const ids = Array.from({ length: estate.groups }, (_, index): GroupId => `sg-${index}`)
  const bare = bareEstate(ids)
  const rules = ruleChanges(ids, estate, dice)
  const cards = cardChanges(bare, estate.interfaces, roleGroups(ids, estate.roles, dice))
  return apply(bare, [...rules, ...cards])
}

function ruleChanges(ids: readonly GroupId[], { rulesEach }: Estate, dice: Dice): Change[] {
  let number = 0
  const rule = (direction: Rule['direction'], traffic: Traffic, peer: Peer): Rule => {
    number += 1
    return { id: `sgr-${number}`, direction, traffic, peer }
  }
  return ids.flatMap((group) => {
    const inbound = Array.from({ length: rulesEach }, () => rule('ingress', anyTraffic(dice), anyPeer(ids, dice)))
    const isOpen = dice.below(10) < 7
    const outbound = isOpen
      ? [rule('egress', { protocol: 'all' }, { kind: 'ipv4', cidr: '0.0.0.0/0' })]
      : Array.from({ length: rulesEach }, () => rule('egress', anyTraffic(dice), anyPeer(ids, dice)))
    return [...inbound, ...outbound].map((each): Change => ({ kind: 'rule-added', group, rule: each }))
  })
}

function anyTraffic(dice: Dice): Traffic {
  const from = dice.below(65_000)
  const kind = dice.below(10)
  if (kind === 0) return { protocol: 'all' }
  return { protocol: kind < 8 ? 'tcp' : 'udp', from, to: kind < 6 ? from : from + dice.below(500) }
}

function anyPeer(ids: readonly GroupId[], dice: Dice): Peer {
  const kind = dice.below(100)
  if (kind < 45) return { kind: 'group', group: ids[dice.below(ids.length)] as GroupId, owner: account }
  if (kind < 80) return { kind: 'ipv4', cidr: `10.0.${dice.below(subnets)}.0/24` }
  if (kind < 90) return { kind: 'ipv4', cidr: `10.0.${dice.below(subnets)}.${dice.below(8) * 32}/27` }
  return { kind: 'ipv4', cidr: `${1 + dice.below(9)}.${dice.below(256)}.0.0/16` }
}

/** Interfaces have the groups of their role. */
function roleGroups(ids: readonly GroupId[], roles: number, dice: Dice): () => readonly GroupId[] {
  const groupsOf = Array.from({ length: roles }, () => {
    const count = 1 + dice.below(5)
    return [...new Set(Array.from({ length: count }, () => ids[dice.below(ids.length)] as GroupId))]
  })
  return () => groupsOf[dice.below(roles)] ?? []
}
