/**
 * Estates of many interfaces, made from fixed seeds: 500 groups with rules of which nearly half name groups,
 * 100 subnets, and interfaces in roles of one to five groups, as one VPC may have.
 */

import { type Change, put } from '../src/model/change.ts'
import type { GroupId } from '../src/model/ids.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import type { Peer, Rule, Traffic } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'
import { Dice } from './dice.ts'

export interface Estate {
  readonly interfaces: number
  readonly groups: number
  /** Of each group, inbound. Most groups have the one outbound rule that AWS gives them. */
  readonly rulesEach: number
  readonly roles: number
}

const subnets = 100
const account = '123456789012'

export function estateWorld(estate: Estate): World {
  const dice = new Dice(`estate ${Object.values(estate).join(' ')}`)
  const ids = Array.from({ length: estate.groups }, (_, index): GroupId => `sg-${index}`)
  const lines = [
    ...ids.map((id) => `group ${id}`),
    ...Array.from({ length: subnets }, (_, index) => `subnet ${index} 10.0.${index}.0/24`),
    'interface pattern 10.0.200.1',
  ]
  const bare = lines.reduce((world, line) => apply(world, worldLine(line, world)), notationWorld())
  const main = { id: 'rtbassoc-main', kind: 'main' } as const
  const table = put('routeTable', { id: 'rtb-main', vpc: 'vpc-1', associations: [main], routes: [] })
  return apply(bare, [table, ...ruleChanges(ids, estate, dice), ...cardChanges(bare, ids, estate, dice)])
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
function cardChanges(world: World, ids: readonly GroupId[], { interfaces, roles }: Estate, dice: Dice): Change[] {
  const pattern = world.networkInterface.get('eni-pattern')
  if (!pattern) throw new Error('the lines make it')
  const groupsOf = Array.from({ length: roles }, () => {
    const count = 1 + dice.below(5)
    return [...new Set(Array.from({ length: count }, () => ids[dice.below(ids.length)] as GroupId))]
  })
  return [
    { kind: 'removed', of: 'networkInterface', id: pattern.id },
    ...Array.from({ length: interfaces }, (_, index) => {
      const subnet = index % subnets
      const address = `10.0.${subnet}.${4 + Math.floor(index / subnets)}`
      return put('networkInterface', {
        ...pattern,
        id: `eni-${index}`,
        subnet: `subnet-${subnet}`,
        privateAddresses: [{ address, isPrimary: true }],
        groups: groupsOf[dice.below(roles)] ?? [],
      })
    }),
  ]
}
