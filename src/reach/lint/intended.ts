/** The register of what is meant to be public, as sets: they are subtracted, and what remains is still told. */

import type { SecurityGroup } from '../../model/security-group.ts'
import type { Family } from '../../net/address.ts'
import { addressSet } from '../../net/address-set.ts'
import { parseCidr } from '../../net/cidr.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import { addressLines, addressRanges } from '../packet-set/lines.ts'
import { UnknownPlace } from '../place.ts'
import type { End } from '../reachability/end.ts'
import { type Selection, selectionOf } from '../reachability/selection.ts'
import { servicesUnion } from './admin-services.ts'
import type { Scene } from './scene.ts'
import type { Intended } from './settings.ts'

/** An entry of the register in one world. */
interface Meant {
  readonly entry: Intended
  readonly ends: ReadonlySet<End>
  readonly groups: ReadonlySet<string>
  /** From outer addresses to services. */
  readonly set: Readonly<Record<Family, Diagram>>
}

const known = new WeakMap<Scene, readonly Meant[]>()

function registerOf(scene: Scene): readonly Meant[] {
  const found = known.get(scene) ?? (scene.settings.intended ?? []).map((entry) => meant(scene, entry))
  known.set(scene, found)
  return found
}

function meant(scene: Scene, entry: Intended): Meant {
  const groups = scene.groups.filter((group) => group.id === entry.to || group.name === entry.to).map(({ id }) => id)
  const named = [entry.to, ...groups].map((name) => selected(scene, name))
  const ends = named.flatMap(({ inside }) => inside.flatMap(({ members }) => members))
  return {
    entry,
    ends: new Set(ends),
    groups: new Set(groups),
    set: { 4: setOf(scene, entry, 4), 6: setOf(scene, entry, 6) },
  }
}

function selected(scene: Scene, name: string): Selection {
  try {
    return selectionOf(scene.reachability, name)
  } catch (thrown) {
    if (thrown instanceof UnknownPlace) return { inside: [], outside: [] }
    throw thrown
  }
}

function setOf({ diagrams }: Scene, { from, services }: Intended, family: Family): Diagram {
  const line = addressLines[family]
  const block = from === undefined ? undefined : parseCidr(from)?.cidr
  const ranges = from === undefined ? [line] : addressRanges(addressSet(block ? [block] : []), family)
  return diagrams.within(line, ranges, servicesUnion(diagrams, services))
}

/** What is meant to reach the end. */
export function meantFor(scene: Scene, end: End, family: Family): Diagram {
  const own = registerOf(scene).filter(({ ends }) => ends.has(end))
  return own.length === 0 ? nothing : scene.diagrams.unionOf(own.map(({ set }) => set[family]))
}

/** What is meant to reach whoever carries the group. */
export function meantForGroup(scene: Scene, group: SecurityGroup, family: Family): Diagram {
  const own = registerOf(scene).filter(({ groups }) => groups.has(group.id))
  return own.length === 0 ? nothing : scene.diagrams.unionOf(own.map(({ set }) => set[family]))
}

/** Entries whose end nobody knows. */
export function unknownIntended(scene: Scene): Intended[] {
  return registerOf(scene)
    .filter(({ ends, groups }) => ends.size === 0 && groups.size === 0)
    .map(({ entry }) => entry)
}
