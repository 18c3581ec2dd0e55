/**
 * Which services are open to the world: to a quarter or more of the public addresses of a family, whatever
 * ranges, lists and rules it takes to say so. Literal text is never looked at: halves of the address space are
 * the whole, and all but a few blocks is as good as all. No organisation has a quarter of the addresses.
 */

import type { Family } from '../../net/address.ts'
import { type Diagram, type Diagrams, everything, intervalsOf, type Line, nothing } from '../packet-set/diagram.ts'
import { addressLines } from '../packet-set/lines.ts'
import { addressCount } from './address-count.ts'
import type { Scene } from './scene.ts'

/** One in so many addresses of the internet. */
const worldShare = 4n

const known = new WeakMap<Scene, Readonly<Record<Family, Map<Diagram, Diagram>>>>()

/** Of a diagram from outer addresses to services. */
export function worldOpen(scene: Scene, passage: Diagram, family: Family): Diagram {
  if (passage === nothing) return nothing
  const memory = known.get(scene) ?? { 4: new Map(), 6: new Map() }
  known.set(scene, memory)
  const found = memory[family].get(passage) ?? openIn(scene, passage, family)
  memory[family].set(passage, found)
  return found
}

function openIn({ diagrams, public: world, publicCount }: Scene, passage: Diagram, family: Family): Diagram {
  const outer = diagrams.intersection(passage, world[family])
  const isEnough = (count: bigint) => count * worldShare >= publicCount[family]
  if (!isEnough(addressCount(outer, family))) return nothing
  const parts = alike(diagrams, outer, addressLines[family])
  return diagrams.unionOf(parts.filter(({ size }) => isEnough(size)).map(({ services }) => services))
}

interface Part {
  readonly services: Diagram
  /** How many addresses have all of these services. */
  readonly size: bigint
}

/** Services that are open to the same addresses, together. */
function alike(diagrams: Diagrams, passage: Diagram, line: Line): Part[] {
  const sizes = new Map<Diagram, bigint>()
  for (const { below, first, last } of intervalsOf(passage, line)) {
    sizes.set(below, (sizes.get(below) ?? 0n) + BigInt(last) - BigInt(first) + 1n)
  }
  let parts: Part[] = []
  for (const [services, size] of sizes) {
    let rest: Diagram = services
    const next: Part[] = []
    for (const part of parts) {
      const common = diagrams.intersection(part.services, rest)
      const other = diagrams.difference(part.services, common)
      if (common !== nothing) next.push({ services: common, size: part.size + size })
      if (other !== nothing) next.push({ services: other, size: part.size })
      rest = diagrams.difference(rest, common)
    }
    parts = rest === nothing ? next : [...next, { services: rest, size }]
  }
  return parts
}

/** Outer addresses that have any of the services, and those services alone. */
export function onlyServices(scene: Scene, passage: Diagram, services: Diagram, family: Family): Diagram {
  const { diagrams } = scene
  return diagrams.intersection(passage, diagrams.within(addressLines[family], [addressLines[family]], services))
}

/** The share of the internet's addresses that have any service of the diagram, as people say it. */
export function shareText({ diagrams, public: world, publicCount }: Scene, passage: Diagram, family: Family): string {
  const line = addressLines[family]
  const asked = Array.from(intervalsOf(passage, line), ({ first, last }) => ({ first, last }))
  const reached = diagrams.intersection(world[family], diagrams.within(line, asked, everything))
  if (reached === world[family]) return `every public IPv${family} address`
  const tenths = (addressCount(reached, family) * 1000n) / publicCount[family]
  return `${Number(tenths) / 10} % of the public IPv${family} addresses`
}
