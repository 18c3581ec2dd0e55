/**
 * Rules that would each meet some of the needs, to choose from: of one group, for ports that were all seen, from
 * the addresses that were seen or from a group that one of them carries.
 */

import { groupedBy } from '../base/grouped.ts'
import type { GroupId } from '../model/ids.ts'
import { type Peer, peerText, type Rule } from '../model/rule.ts'
import { linked, type World } from '../model/world.ts'
import { type Cidr, containsAddress, sizeOf } from '../net/cidr.ts'
import { peerOfBlock } from '../reach/fix.ts'
import { coveringBlocks } from './covering-blocks.ts'
import { type RuleNeed, trafficOf } from './rule-needs.ts'
import type { CoverSet } from './set-cover.ts'

export interface Candidate extends CoverSet {
  readonly group: GroupId
  readonly rule: Omit<Rule, 'id'>
}

/** One of the needs that the same rules could meet. */
interface Numbered {
  readonly number: number
  readonly need: RuleNeed
}

/** A peer that some rule could have, with what it would meet by port. */
interface Option {
  readonly peer: Peer
  readonly addresses: number
  readonly byPort: Map<number, Set<number>>
}

/** `mostBlocks`: beyond so many sources on one port a few wider blocks stand for them. */
export function candidatesFor(needs: readonly RuleNeed[], world: World, mostBlocks: number): Candidate[] {
  const each = needs.flatMap((need, number) => need.groups.map((group) => ({ group, number, need })))
  const alike = groupedBy(each, ({ group, need }) => `${group} ${need.direction} ${need.protocol}`)
  return [...alike.values()].flatMap((members) => {
    const { group, need } = members[0]
    const carriers = Math.max(1, linked(world, 'interfaces of group', group).length)
    return optionsOf(members, world, mostBlocks).flatMap(({ peer, addresses, byPort }) =>
      runsOf([...byPort.keys()]).map(({ from, to }): Candidate => {
        const elements = new Set<number>()
        for (let port = from; port <= to; port++) for (const number of byPort.get(port) ?? []) elements.add(number)
        const rule = { direction: need.direction, traffic: trafficOf(need.protocol, from, to), peer }
        return { group, rule, elements: [...elements], cost: carriers * addresses * (to - from + 1) }
      }),
    )
  })
}

function optionsOf(members: readonly Numbered[], world: World, mostBlocks: number): Option[] {
  const options = new Map<string, Option>()
  const note = (peer: Peer, addresses: number, { number, need }: Numbered) => {
    const key = peerText(peer)
    const option = options.get(key) ?? { peer, addresses, byPort: new Map<number, Set<number>>() }
    options.set(key, option)
    option.byPort.set(need.port, (option.byPort.get(need.port) ?? new Set()).add(number))
  }
  for (const same of groupedBy(members, ({ need }) => `${need.port} ${need.peer.family}`).values()) {
    const blocks = blocksFor(same, mostBlocks)
    for (const member of same) {
      const block = blocks.find((one) => containsAddress(one, member.need.peer))
      if (block) note(peerOfBlock(block), Number(sizeOf(block)), member)
      for (const group of member.need.card?.groups ?? []) {
        const count = linked(world, 'interfaces of group', group).length
        note({ kind: 'group', group, owner: world.scope.account }, count, member)
      }
    }
  }
  return [...options.values()]
}

function blocksFor(same: readonly [Numbered, ...Numbered[]], mostBlocks: number): Cidr[] {
  const { family } = same[0].need.peer
  const addresses = same.map(({ need }) => need.peer)
  return coveringBlocks(addresses, mostBlocks, { family, first: 0n, length: 0 })
}

/** Ports without gaps, as ranges. */
function runsOf(ports: readonly number[]): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const port of [...ports].sort((a, b) => a - b)) {
    const before = runs.at(-1)
    if (before && port <= before.to + 1) before.to = port
    else runs.push({ from: port, to: port })
  }
  return runs
}
