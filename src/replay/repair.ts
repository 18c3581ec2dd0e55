/**
 * The fewest rules to add so that nothing seen and accepted is denied, of equally few those that open least, and
 * the ACL entries that are wanted besides; then all that was seen is judged again under them.
 */

import { groupedBy } from '../base/grouped.ts'
import { type Change, put } from '../model/change.ts'
import type { GroupId } from '../model/ids.ts'
import type { NetworkAclEntry } from '../model/network-acl.ts'
import type { Rule } from '../model/rule.ts'
import { apply, type World } from '../model/world.ts'
import { type Cidr, containsAddress, formatCidr } from '../net/cidr.ts'
import { freeNumberBefore, freeRuleId } from '../reach/fix.ts'
import { aclEntryCommand, authorizeCommand } from '../reach/fix-command.ts'
import { clientPorts } from '../reach/probes.ts'
import { coveringBlocks } from './covering-blocks.ts'
import { heavier, noWeight, type Weight } from './flow.ts'
import type { Replay } from './replay.ts'
import { type Bounds, boundsAfter, type Reproof, reproved } from './reproof.ts'
import { candidatesFor } from './rule-candidates.ts'
import { type AclNeed, needsOf } from './rule-needs.ts'
import { coverOf } from './set-cover.ts'

export interface Addition extends Weight {
  readonly command: string
  readonly changes: readonly Change[]
}

export interface Repair {
  readonly rules: readonly Addition[]
  /** With fewer rules it cannot be done, each being of one group and for seen ports only. */
  readonly atLeast: number
  readonly entries: readonly Addition[]
  readonly changed: Bounds
  readonly proof: Reproof
}

/** Undefined where nothing is newly denied. */
export function repairOf(replay: Replay, bounds: Bounds, mostBlocks: number): Repair | undefined {
  const needs = needsOf(replay, bounds.certain)
  if (needs.rules.length + needs.entries.length === 0) return undefined
  const candidates = candidatesFor(needs.rules, bounds.certain, mostBlocks)
  const { chosen, atLeast } = coverOf(needs.rules.length, candidates)
  let world = bounds.certain
  const rules = chosen.map((place): Addition => {
    const { group, rule, elements } = candidates[place] as (typeof candidates)[number]
    const added = ruleAddition(world, group, rule)
    world = apply(world, added.changes)
    return {
      ...added,
      ...elements.reduce<Weight>((sum, need) => heavier(sum, needs.rules[need] ?? noWeight), noWeight),
    }
  })
  const entries = entriesFor(needs.entries, world, mostBlocks)
  const changed = boundsAfter(
    bounds,
    [...rules, ...entries].flatMap(({ changes }) => changes),
  )
  return { rules, atLeast, entries, changed, proof: reproved(replay, changed) }
}

export function ruleAddition(world: World, group: GroupId, fields: Omit<Rule, 'id'>): Addition {
  const rule: Rule = { id: freeRuleId(world), ...fields }
  return { ...noWeight, command: authorizeCommand(group, rule), changes: [{ kind: 'rule-added', group, rule }] }
}

function entriesFor(needs: readonly AclNeed[], start: World, mostBlocks: number): Addition[] {
  let world = start
  const additions: Addition[] = []
  const key = ({ acl, direction, denying, protocol, port, peer }: AclNeed) =>
    `${acl} ${direction} ${denying} ${protocol} ${port} ${peer.family}`
  for (const same of groupedBy(needs, key).values()) {
    const within = { family: same[0].peer.family, first: 0n, length: 0 }
    const addresses = same.map(({ peer }) => peer)
    for (const block of coveringBlocks(addresses, mostBlocks, within)) {
      const addition = entryAddition(world, same[0], block)
      if (!addition) continue
      world = apply(world, addition.changes)
      const met = same.filter(({ peer }) => containsAddress(block, peer))
      additions.push({ ...addition, ...met.reduce<Weight>((sum, need) => heavier(sum, need), noWeight) })
    }
  }
  return additions
}

/** Undefined where no number before the entry that denies is free. */
function entryAddition(world: World, need: AclNeed, block: Cidr): Addition | undefined {
  const acl = world.networkAcl.get(need.acl)
  const number = acl && freeNumberBefore(acl, need.direction, need.denying)
  if (!acl || number === undefined) return undefined
  const entry: NetworkAclEntry = {
    number,
    direction: need.direction,
    action: 'allow',
    protocol: need.protocol,
    family: block.family,
    cidr: formatCidr(block),
    ...entryTraffic(need),
  }
  const changes = [put('networkAcl', { ...acl, entries: [...acl.entries, entry] })]
  return { ...noWeight, command: aclEntryCommand(acl.id, entry), changes }
}

function entryTraffic({ protocol, port }: AclNeed): Pick<NetworkAclEntry, 'ports' | 'icmp'> {
  if (protocol === 1 || protocol === 58) return { icmp: { type: -1, code: -1 } }
  if (protocol !== 6 && protocol !== 17) return {}
  return { ports: port === 'of clients' ? clientPorts : { from: port, to: port } }
}
