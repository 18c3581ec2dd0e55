/**
 * Who can open a connection to whom, all pairs, from a world that nobody has looked at yet: beside walking
 * one packet a pair, which tells of one port only, for a sample of the pairs.
 */

import type { World } from '../src/model/world.ts'
import { type EndClass, placeOf } from '../src/reach/reachability/end.ts'
import { Reachability } from '../src/reach/reachability/reachability.ts'
import { journeyOf } from '../src/reach/reachability/way.ts'
import { walk } from '../src/reach/walk.ts'
import { median } from './compare.ts'
import { Dice } from './dice.ts'
import { type Estate, estateWorld } from './reaching-worlds.ts'
import type { Figure, Size } from './report.ts'

/** Some 5,000 and some 20,000 rules. */
const estates: readonly (Estate & { readonly atMost: number })[] = [
  { interfaces: 1000, groups: 128, rulesEach: 30, roles: 400, atMost: 1000 },
  { interfaces: 10_000, groups: 500, rulesEach: 30, roles: 400, atMost: 5000 },
]
const rounds = 5
const walkedPairs = 2000

export function measureReaching({ usualGroups }: Size): Figure[] {
  // The small sizes of the other parts go with the small estate.
  const chosen = usualGroups < 10_000 ? estates.slice(0, 1) : estates
  return chosen.flatMap((estate) => figuresOf(estate))
}

function figuresOf({ atMost, ...estate }: (typeof estates)[number]): Figure[] {
  const world = estateWorld(estate)
  const rules = Array.from(world.securityGroup.values()).reduce((sum, group) => sum + group.rules.length, 0)
  // A world of its own each time: nothing is known of it from the round before.
  const worlds = Array.from({ length: rounds }, () => estateWorld(estate))
  const taken = worlds.map((each) => timed(() => allPairs(each)))
  const value = median(taken.map(({ milliseconds }) => milliseconds))
  const open = taken[0]?.result ?? 0
  const perWalk = timed(() => walkSome(world)).milliseconds / walkedPairs
  const pairs = estate.interfaces * (estate.interfaces - 1)
  const name = `all pairs of ${estate.interfaces} interfaces, ${rules} rules`
  return [
    {
      name,
      value,
      unit: 'ms',
      aim: { atMost },
      note: `${open} of ${pairs} ordered pairs have something open; processor time`,
    },
    {
      name: `${name}, to one packet a pair walked`,
      value: (perWalk * pairs) / value,
      unit: 'times',
      aim: undefined,
      note: `faster; ${walkedPairs} pairs walked`,
    },
  ]
}

function allPairs(world: World): number {
  const reachability = new Reachability(world)
  let open = 0
  reachability.eachBlock(reachability.classes, reachability.classes, (from, to) => {
    // Nobody is their own peer.
    const isOwn = from[0].carrier === to[0].carrier
    const own = isOwn ? endsIn(from.filter((each) => to.includes(each))) : 0
    open += endsIn(from) * endsIn(to) - own
  })
  return open
}

function endsIn(classes: readonly EndClass[]): number {
  return classes.reduce((sum, { members }) => sum + members.length, 0)
}

function walkSome(world: World): void {
  const { terrain, classes } = new Reachability(world)
  const dice = new Dice('pairs')
  const anyEnd = () => {
    const members = classes[dice.below(classes.length)]?.members
    if (!members) throw new Error('the world has interfaces')
    return members[dice.below(members.length)] ?? members[0]
  }
  for (let count = 0; count < walkedPairs; count += 1) {
    const [sender, receiver] = [anyEnd(), anyEnd()]
    const pair = { from: placeOf(sender), to: placeOf(receiver), source: sender.address, destination: receiver.address }
    walk(terrain, journeyOf(pair, { kind: 'tcp', ports: { source: 40_000, destination: 443 }, flags: 2 }))
  }
}

function timed<T>(run: () => T): { readonly milliseconds: number; readonly result: T } {
  const before = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(before)
  return { milliseconds: (user + system) / 1000, result }
}
