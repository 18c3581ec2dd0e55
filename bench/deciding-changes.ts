/**
 * What a change costs a table of policies, up to and with the next decision; the world itself is not timed.
 * Times are of the clock on the wall: one hundredth of them tells more of a busy machine than of the table.
 */

import { invariant } from '../src/base/invariant.ts'
import { type Change, put } from '../src/model/change.ts'
import { prefixListVersionId } from '../src/model/prefix-list.ts'
import { apply, type World } from '../src/model/world.ts'
import { matchingRulesQuickly } from '../src/policy/index-allows.ts'
import { matchingRules } from '../src/policy/match.ts'
import { PolicyTable } from '../src/policy/policy-table.ts'
import { packetObjects } from './deciding-packets.ts'
import { anyTraffic, memberAddress, ruleCidrPeer, type Workload, worldOfWorkload } from './deciding-worlds.ts'
import { Dice } from './dice.ts'
import type { Figure } from './report.ts'

const changeCount = 2000
const warmUps = 500

type Edit = (world: World, time: number, dice: Dice) => readonly Change[]

interface Kind {
  readonly name: string
  readonly edit: Edit
  /** Microseconds that half of the changes may take. */
  readonly atMost: number | undefined
}

const kinds: readonly Kind[] = [
  { name: 'a rule comes or goes', edit: editRule, atMost: 10 },
  { name: 'an interface joins or leaves a group that rules name', edit: editMember, atMost: 1 },
  { name: 'an entry of a prefix list', edit: editList, atMost: undefined },
]

export function measureChanges(workloads: readonly Workload[]): Figure[] {
  return workloads.flatMap((workload) =>
    kinds
      .filter(({ edit }) => edit === editRule || workload.groups > 0)
      .flatMap(({ name, edit, atMost }) => {
        const [half, most] = spansOf(worldOfWorkload(workload, 'IPv4'), edit)
        const title = `${name}, ${workload.name}`
        const note = `the table's update and the next decision, ${changeCount} changes`
        const aim = (limit: number | undefined) => (limit === undefined ? undefined : { atMost: limit })
        return [
          { name: `${title}, p50`, value: half, unit: 'µs' as const, aim: aim(atMost), note },
          {
            name: `${title}, p99`,
            value: most,
            unit: 'µs' as const,
            aim: edit === editRule ? aim(100) : undefined,
            note: '',
          },
        ]
      }),
  )
}

/** Half of the changes, and 99 of 100, take no longer. */
function spansOf(start: World, edit: Edit): [number, number] {
  const dice = new Dice('changes')
  const table = new PolicyTable(start)
  const packets = packetObjects(policyIn(table).allows.ingress, 'IPv4', changeCount + warmUps)
  // Long enough for rules to be indexed, and their addresses after that.
  for (let time = 0; time < 200; time++) {
    for (const packet of packets) matchingRulesQuickly(policyIn(table), packet, 'ingress')
  }
  const spans: number[] = []
  let world = start
  for (const [time, packet] of packets.entries()) {
    const before = world
    const changes = edit(before, time, dice)
    world = apply(before, changes)
    const began = process.hrtime.bigint()
    table.update(before, world, changes)
    const found = matchingRulesQuickly(policyIn(table), packet, 'ingress')
    const span = Number(process.hrtime.bigint() - began) / 1000
    if (time >= warmUps) spans.push(span)
    const wanted = time % 100 === 0 ? matchingRules(policyIn(table), packet, 'ingress') : found
    invariant(wanted.length === found.length, 'a decision after a change is what the rules say')
  }
  spans.sort((one, other) => one - other)
  const at = (share: number) => spans[Math.floor(spans.length * share)] ?? Number.NaN
  return [at(0.5), at(0.99)]
}

function policyIn(table: PolicyTable) {
  const policy = table.get('eni-d')
  invariant(policy, 'the workload has it')
  return policy
}

function editRule(world: World, time: number, dice: Dice): readonly Change[] {
  const group = world.securityGroup.get(`sg-d${dice.below(world.networkInterface.get('eni-d')?.groups.length ?? 1)}`)
  invariant(group, 'the workload has it')
  if (time % 2 === 0 && group.rules.length > 1) {
    return [{ kind: 'rule-removed', group: group.id, rule: dice.of(group.rules).id }]
  }
  const rule = {
    id: `sgr-new${time}`,
    direction: 'ingress',
    traffic: anyTraffic(dice),
    peer: ruleCidrPeer(dice, 4),
  } as const
  return [{ kind: 'rule-added', group: group.id, rule }]
}

/** A newcomer joins with an address of its own, and leaves with the next change. */
function editMember(world: World, time: number, dice: Dice): readonly Change[] {
  const id = 'eni-newcomer'
  if (world.networkInterface.has(id)) return [{ kind: 'removed', of: 'networkInterface', id }]
  const card = world.networkInterface.get(`eni-m${time % 20}x0`)
  invariant(card, 'the workload has it')
  const address = memberAddress(dice, 4, time % 20)
  return [put('networkInterface', { ...card, id, privateAddresses: [{ address, isPrimary: true }] })]
}

function editList(world: World, time: number, dice: Dice): readonly Change[] {
  const list = world.prefixList.get(`pl-${dice.below(10)}`)
  const present = list && world.prefixListVersion.get(prefixListVersionId(list.id, list.version))
  invariant(list && present, 'the workload has them')
  const version = list.version + 1
  const cidr = `198.18.${time >> 8}.${time & 255}/32`
  const entries = [...present.entries.slice(1), { cidr }]
  return [
    put('prefixListVersion', { id: prefixListVersionId(list.id, version), list: list.id, version, entries }),
    put('prefixList', { ...list, version }),
  ]
}
