/** The rules open to every address of a family, picked out once: untracked flows ask for them at each packet. */

import type { Direction } from '../model/rule.ts'
import type { Family } from '../net/address.ts'
import type { Allow, InterfacePolicy } from './policy.ts'

export interface OpenRules {
  readonly all: readonly Allow[]
  /** Those for every port of the protocol, for all protocols included. */
  readonly everyPort: Readonly<Record<'tcp' | 'udp', readonly Allow[]>>
}

type ByFamily = Readonly<Record<Family, OpenRules>>

/** By identity: a list of rules never changes. */
const known = new WeakMap<readonly Allow[], ByFamily>()

export function openRules(policy: Pick<InterfacePolicy, 'allows'>, direction: Direction, family: Family): OpenRules {
  const allows = policy.allows[direction]
  const found = known.get(allows)
  if (found) return found[family]
  const made = { 4: openAmong(allows, 4), 6: openAmong(allows, 6) }
  known.set(allows, made)
  return made[family]
}

function openAmong(allows: readonly Allow[], family: Family): OpenRules {
  const all = allows.filter(({ open }) => open === family)
  const on = (protocol: 'tcp' | 'udp') => all.filter(({ traffic }) => isEveryPort(traffic, protocol))
  return { all, everyPort: { tcp: on('tcp'), udp: on('udp') } }
}

function isEveryPort(traffic: Allow['traffic'], protocol: 'tcp' | 'udp'): boolean {
  if (traffic.protocol === 'all') return true
  return traffic.protocol === protocol && 'from' in traffic && traffic.from === 0 && traffic.to === 65_535
}
