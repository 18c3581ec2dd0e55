/** The rules that let a packet by on its way: what a person would look at first. */

import type { RuleRef } from '../policy/policy.ts'
import type { Terrain } from './host.ts'
import type { Diagram } from './packet-set/diagram.ts'
import { samplePayload } from './packet-set/packet-set.ts'
import { journeyOf, type Pair } from './reachability/way.ts'
import { walk } from './walk.ts'

/** Of both ends, in the order of the way; each once. */
export function rulesBehind(
  terrain: Terrain,
  { example, services }: { readonly example: Pair; readonly services: Diagram },
): RuleRef[] {
  const hops = walk(terrain, journeyOf(example, samplePayload(services)))
  const rules = hops.flatMap((hop) => (hop.kind === 'rules' ? hop.rules : []))
  return rules.filter(({ rule }, index) => index === rules.findIndex((each) => each.rule === rule))
}
