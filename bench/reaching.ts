/**
 * Who can open a connection to whom, all pairs, from a world that nobody has looked at yet: beside walking
 * one packet a pair, which tells of one port only, for a sample of the pairs. And all of it as the lines of a table.
 */

import { tableLines } from '../src/cli/reach/table.ts'
import type { World } from '../src/model/world.ts'
import { everything } from '../src/reach/packet-set/diagram.ts'
import { type EndClass, placeOf } from '../src/reach/reachability/end.ts'
import { labelsBy } from '../src/reach/reachability/labels.ts'
import { reachabilityRows } from '../src/reach/reachability/listing.ts'
import { Reachability } from '../src/reach/reachability/reachability.ts'
import { selectionOf } from '../src/reach/reachability/selection.ts'
import { journeyOf } from '../src/reach/reachability/way.ts'
import { walk } from '../src/reach/walk.ts'
import { median } from './compare.ts'
import { Dice } from './dice.ts'
import { type Services, servicesWorld } from './reaching-services.ts'
import { type Estate, estateWorld } from './reaching-worlds.ts'
import type { Figure, Size } from './report.ts'

/** Some 5,000 and some 20,000 rules. */
const large: Estate = { interfaces: 10_000, groups: 500, rulesEach: 30, roles: 400 }
const estates: readonly (readonly [Estate, { readonly atMost: number }])[] = [
  [{ interfaces: 1000, groups: 128, rulesEach: 30, roles: 400 }, { atMost: 1000 }],
  [large, { atMost: 5000 }],
]
const rounds = 5
const walkedPairs = 2000

/** Rows of random rules have little in common: there are as many as there can be. */
const listings: readonly { readonly name: string; readonly world: () => World; readonly atMost: number }[] = [
  listing({ interfaces: 1000, services: 100 }, 1000),
  listing({ interfaces: 10_000, services: 400 }, 5000),
  { name: 'of the 10000 interfaces above', world: () => estateWorld(large), atMost: 10_000 },
]
const listed = 3

function listing(services: Services, atMost: number): (typeof listings)[number] {
  const name = `of ${services.interfaces} interfaces of ${services.services} services`
  return { name, world: () => servicesWorld(services), atMost }
}

export function measureReaching({ usualGroups }: Size): Figure[] {
  // The small sizes of the other parts go with the small estate.
  const isSmall = usualGroups < 10_000
  const [some, lists] = isSmall ? [estates.slice(0, 1), listings.slice(0, 1)] : [estates, listings]
  return [...some.flatMap(([estate, aim]) => figuresOf(estate, aim)), ...lists.map((each) => listingFigure(each))]
}

function listingFigure({ name, world, atMost }: (typeof listings)[number]): Figure {
  const worlds = Array.from({ length: listed }, world)
  const taken = worlds.map((each) => timed(() => listAll(each)))
  const { rows, characters } = taken[0]?.result ?? { rows: 0, characters: 0 }
  const beforeFirst = median(taken.map(({ result }) => result.beforeFirst))
  return {
    name: `every row ${name}, by their groups`,
    value: median(taken.map(({ milliseconds }) => milliseconds)),
    unit: 'ms',
    aim: { atMost },
    note: `${rows} rows, ${Math.round(characters / 1e6)} MB of table, the first after ${Math.round(beforeFirst)} ms; processor time`,
  }
}

/** What `sallyport reach` does once it has its world. */
function listAll(world: World) {
  const begun = process.cpuUsage()
  const reachability = new Reachability(world)
  const all = selectionOf(reachability, undefined)
  const labels = labelsBy(world, 'group')
  const rows = reachabilityRows(reachability, { from: all, to: all, labels, on: everything })
  const lines = tableLines(rows)
  let characters = lines.next().value?.length ?? 0
  const { user, system } = process.cpuUsage(begun)
  let count = 0
  for (const line of lines) {
    count += 1
    characters += line.length
  }
  return { rows: count, characters, beforeFirst: (user + system) / 1000 }
}

function figuresOf(estate: Estate, aim: { readonly atMost: number }): Figure[] {
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
      aim,
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
