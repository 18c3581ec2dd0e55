/** What a group's rules count against its quota: per direction and per address family (spec 7). */

import type { PrefixListId } from './ids.ts'
import type { Direction, Rule } from './rule.ts'

export interface RuleCount {
  readonly ipv4: number
  readonly ipv6: number
}

/** What a prefix list weighs, and in which family: its MaxEntries, however many entries it has (spec 6.4). */
export type WeightOf = (list: PrefixListId) => { readonly family: 4 | 6; readonly weight: number }

/** A group reference counts in both families; a prefix list in its own, with its weight. */
export function countRules(rules: readonly Rule[], direction: Direction, weightOf: WeightOf): RuleCount {
  let ipv4 = 0
  let ipv6 = 0
  for (const { direction: each, peer } of rules) {
    if (each !== direction) continue
    const { family, weight } =
      peer.kind === 'prefix-list' ? weightOf(peer.list) : { family: familyOf(peer.kind), weight: 1 }
    if (family !== 6) ipv4 += weight
    if (family !== 4) ipv6 += weight
  }
  return { ipv4, ipv6 }
}

function familyOf(kind: 'ipv4' | 'ipv6' | 'group'): 4 | 6 | 'both' {
  return kind === 'group' ? 'both' : kind === 'ipv4' ? 4 : 6
}
