/** Ports that no rule and no ACL entry of the worlds tells apart are one class, named by its lowest port. */

import type { World } from '../model/world.ts'

/** Where guesses and repairs cut as well. */
const ownEdges = [0, 1024, 32_768]

/** Of the lowest port of each class, the last one. */
export function lastOfClasses(classes: Uint16Array): ReadonlyMap<number, number> {
  return new Map(Array.from(classes, (lowest, port) => [lowest, port]))
}

/** Of every port, the lowest of its class. */
export function portClasses(worlds: readonly World[]): Uint16Array {
  const starts = new Set(ownEdges)
  const cut = ({ from, to }: { readonly from: number; readonly to: number }) => starts.add(from).add(to + 1)
  for (const world of worlds) {
    for (const { rules } of world.securityGroup.values()) {
      for (const { traffic } of rules) if ('from' in traffic) cut(traffic)
    }
    for (const { entries } of world.networkAcl.values()) for (const { ports } of entries) if (ports) cut(ports)
  }
  const classes = new Uint16Array(65_536)
  let lowest = 0
  for (let port = 0; port < classes.length; port++) {
    if (starts.has(port)) lowest = port
    classes[port] = lowest
  }
  return classes
}
