/** A packet that a rule admits and that arrives: from the internet or to it, else between interfaces. */

import type { Family } from '../../net/address.ts'
import { hasAddress } from '../../net/address-set.ts'
import { type Diagram, everything, nothing } from '../packet-set/diagram.ts'
import type { EndClass } from '../reachability/end.ts'
import type { HeldRule, Scene } from './scene.ts'
import { type Witness, witnessInside, witnessOutside } from './witness.ts'
import { onlyServices } from './world-open.ts'

interface Among {
  /** All that carry the group if absent. */
  readonly classes?: readonly EndClass[]
  /** All of the rule's if absent. */
  readonly services?: Diagram
}

export function witnessThrough(
  scene: Scene,
  held: HeldRule,
  { classes = scene.classesOf(held.group.id), services }: Among = {},
): Witness | undefined {
  for (const of of classes) {
    const found = throughOutside(scene, held, of, services)
    if (found) return found
  }
  const peers = peersOf(scene, held)
  for (const of of classes) {
    const found = throughInside(scene, held, { of, peers: peers[of.family], services })
    if (found) return found
  }
  return undefined
}

function throughOutside(
  scene: Scene,
  { allow }: HeldRule,
  of: EndClass,
  services: Diagram = everything,
): Witness | undefined {
  const { diagrams, reachability, internet } = scene
  const { family } = of
  if (allow.peerKind === 'group') return undefined
  const { reachable } = reachability.beyond(of, internet[family], allow.direction)
  const own = diagrams.intersection(reachable, scene.admitted([allow], family))
  const asked = onlyServices(scene, own, services, family)
  return witnessOutside(scene, { end: of.members[0], family, direction: allow.direction }, asked)
}

interface Inside {
  readonly of: EndClass
  readonly peers: readonly EndClass[]
  readonly services: Diagram | undefined
}

function throughInside(
  scene: Scene,
  held: HeldRule,
  { of, peers, services = everything }: Inside,
): Witness | undefined {
  const asked = scene.diagrams.intersection(scene.services(held.allow, of.family), services)
  for (const other of peers) {
    const [from, to] = held.allow.direction === 'ingress' ? [other, of] : [of, other]
    const { reachable } = scene.reachability.between(from, to)
    const found = witnessInside(from, to, scene.diagrams.intersection(reachable, asked))
    if (found) return found
  }
  return undefined
}

/** Classes of interfaces that the rule lets in or lets out to: their members are alike to it. */
function peersOf({ reachability }: Scene, { allow: { peers } }: HeldRule): Readonly<Record<Family, EndClass[]>> {
  const of = (family: Family) =>
    peers[family].length === 0
      ? []
      : reachability.classesOf(family).filter(({ members: [{ address }] }) => hasAddress(peers, address))
  return { 4: of(4), 6: of(6) }
}

/** Whether anything that begins at an interface of the group arrives inside by the rule, or nobody here can tell. */
export function isUsedInside(scene: Scene, held: HeldRule): boolean {
  const peers = peersOf(scene, held)
  return scene.classesOf(held.group.id).some((of) =>
    peers[of.family].some((other) => {
      const [from, to] = held.allow.direction === 'ingress' ? [other, of] : [of, other]
      const { reachable, undetermined } = scene.reachability.between(from, to)
      const { diagrams } = scene
      return (
        diagrams.intersection(diagrams.union(reachable, undetermined), scene.services(held.allow, of.family)) !==
        nothing
      )
    }),
  )
}
