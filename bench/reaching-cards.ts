/** Interfaces of an estate: as many as are wanted like the pattern of its world, spread over the subnets. */

import { type Change, put } from '../src/model/change.ts'
import type { GroupId } from '../src/model/ids.ts'
import type { World } from '../src/model/world.ts'

export const subnets = 100

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
