/** Ports that no rule, ACL entry or exemption tells apart are one class, named by its lowest port. */

import type { World } from '../model/world.ts'
import { dhcpPorts, exemptPorts } from '../policy/exempt.ts'

/** Where guesses and repairs cut as well. */
const ownEdges = [0, 1024, 32_768]

/** Of the lowest port of each class, the last one. */
export function lastOfClasses(classes: Uint16Array): ReadonlyMap<number, number> {
  return new Map(Array.from(classes, (lowest, port) => [lowest, port]))
}

/** Each a class of its own: a DHCP or NTP client is exempt by its own port as well. */
const apart = [...exemptPorts, ...dhcpPorts.flat()]

/** Of every port, the lowest of its class. */
export function portClasses(worlds: readonly World[]): Uint16Array {
  const starts = new Set([...ownEdges, ...apart.flatMap((port) => [port, port + 1])])
  const cut = ({ from, to }: { readonly from: number; readonly to: number }) => starts.add(from).add(to + 1)
  for (const world of worlds) {
    for (const { rules } of world.securityGroup.values()) {
      for (const { traffic } of rules) if ('from' in traffic) cut(traffic)
    }
    for (const { entries } of world.networkAcl.values()) for (const { ports } of entries) if (ports) cut(ports)
  }
  const classes = new Uint16Array(65_536)
  // Each start overwrites what the one before it filled to the end.
  for (const start of [...starts].sort((a, b) => a - b)) classes.fill(start, start)
  return classes
}
