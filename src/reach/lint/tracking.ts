/** Which flows rules leave untracked, as sets: an open rule on one side, an open one for all ports on the other (data-plane 2.2). */

import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { openRules } from '../../policy/open-rules.ts'
import type { Allow, InterfacePolicy } from '../../policy/policy.ts'
import { type Diagram, type Diagrams, nothing } from '../packet-set/diagram.ts'
import { servicesNamed } from '../packet-set/service-name.ts'
import { trafficServices } from '../packet-set/services.ts'

export type Allows = InterfacePolicy['allows']

export interface UntrackedBy {
  /** Admits the flow's opening side, from or to everybody. */
  readonly rule: Allow
  /** Open rules for all ports of the other direction. */
  readonly answering: readonly Allow[]
  readonly direction: Direction
  readonly family: Family
  /** On which the flows are untracked. */
  readonly services: Diagram
}

export function untrackedBy(diagrams: Diagrams, allows: Allows): UntrackedBy[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    ([4, 6] as const).flatMap((family) => openedIn(diagrams, allows, direction, family)),
  )
}

function openedIn(diagrams: Diagrams, allows: Allows, direction: Direction, family: Family): UntrackedBy[] {
  const other = direction === 'ingress' ? 'egress' : 'ingress'
  const answers = openRules({ allows }, other, family).everyPort
  const { all } = openRules({ allows }, direction, family)
  return all.flatMap((rule) => {
    const paired = (['tcp', 'udp'] as const).filter((protocol) => answers[protocol].length > 0)
    const own = trafficServices(diagrams, rule.traffic)
    const services = diagrams.unionOf(
      paired.map((protocol) => diagrams.intersection(own, servicesNamed(diagrams, protocol))),
    )
    if (services === nothing) return []
    const answering = [...new Set(paired.flatMap((protocol) => answers[protocol]))]
    return [{ rule, answering, direction, family, services }]
  })
}

/** Equal for rules that leave the same flows untracked. */
export function trackingKey(diagrams: Diagrams, allows: Allows): string {
  const found = untrackedBy(diagrams, allows)
  return (['ingress', 'egress'] as const)
    .flatMap((direction) =>
      ([4, 6] as const).map((family) => {
        const own = found.filter((each) => each.direction === direction && each.family === family)
        return diagrams.unionOf(own.map(({ services }) => services)).id
      }),
    )
    .join()
}
