/** What estates stand on: one VPC of 100 subnets, and as many interfaces as are wanted, spread over them. */

import { type Change, put } from '../src/model/change.ts'
import type { GroupId } from '../src/model/ids.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import { apply, type World } from '../src/model/world.ts'

export const subnets = 100

/** With the groups, and one interface that others are made like. */
export function bareEstate(groups: readonly string[]): World {
  const lines = [
    ...groups.map((group) => `group ${group}`),
    ...Array.from({ length: subnets }, (_, index) => `subnet ${index} 10.0.${index}.0/24`),
    'interface pattern 10.0.200.1',
  ]
  const world = lines.reduce((made, line) => apply(made, worldLine(line, made)), notationWorld())
  const main = { id: 'rtbassoc-main', kind: 'main' } as const
  return apply(world, [put('routeTable', { id: 'rtb-main', vpc: 'vpc-1', associations: [main], routes: [] })])
}

/** `world` is a bare estate. */
export function cardChanges(
  world: World,
  interfaces: number,
  groupsAt: (index: number) => readonly GroupId[],
): Change[] {
  const pattern = world.networkInterface.get('eni-pattern')
  if (!pattern) throw new Error('the lines make it')
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
        groups: [...groupsAt(index)],
      })
    }),
  ]
}
