/**
 * What is known of enforcement: of each interface that somebody enforces, whether its rules are in force, since
 * when, and how often each rule was used. Kept in memory: it is true for as long as somebody reports.
 */

import { after, type Instant, seconds } from '../../base/clock.ts'
import type { KernelConnection } from '../../enforce/kernel-connections.ts'
import type { Count } from '../../enforce/nftables/read-back.ts'
import type { NetworkInterfaceId, RuleId } from '../../model/ids.ts'
import type { Scope } from '../../model/world.ts'
import type { EnforcementState } from './enforcer.ts'
import { scopeKey } from './live-policies.ts'
import type { Where } from './shown.ts'

/** What a rule let in since it is enforced. */
export interface Hit extends Count {
  readonly lastUsed: Instant | undefined
}

export interface Standing {
  readonly networkInterface: NetworkInterfaceId
  readonly where: Where
  readonly state: EnforcementState
  readonly since: Instant
  readonly hits: ReadonlyMap<string, Hit>
}

export interface Report {
  readonly networkInterface: NetworkInterfaceId
  readonly where: Where
  readonly state: EnforcementState
  /** As the kernel counts them; absent when nobody looked. */
  readonly counters?: ReadonlyMap<string, Count>
  /** As an agent saw them; who enforces here is asked when they are wanted. */
  readonly connections?: readonly KernelConnection[]
}

interface Entry {
  where: Where
  state: EnforcementState
  since: Instant
  heardAt: Instant
  connections: readonly KernelConnection[]
  readonly hits: Map<string, Hit>
  readonly counted: Map<string, Count>
}

/** An agent reports every few seconds; one that was not heard for so long may be gone. */
const silence = seconds(20)

export class EnforcementBoard {
  readonly #scopes = new Map<string, Map<NetworkInterfaceId, Entry>>()

  report(scope: Scope, report: Report, now: Instant): void {
    const { networkInterface, where, state, counters, connections = [] } = report
    const entries = this.#scopes.get(scopeKey(scope)) ?? new Map<NetworkInterfaceId, Entry>()
    this.#scopes.set(scopeKey(scope), entries)
    const entry = entries.get(networkInterface) ?? freshEntry(where, state, now)
    entries.set(networkInterface, entry)
    if (JSON.stringify(state) !== JSON.stringify(entry.state)) Object.assign(entry, { state, since: now })
    Object.assign(entry, { where, heardAt: now, connections })
    if (counters) for (const [name, count] of counters) note(entry, name, count, now)
  }

  remove(scope: Scope, networkInterface: NetworkInterfaceId): void {
    this.#scopes.get(scopeKey(scope))?.delete(networkInterface)
  }

  /** By interface id. */
  standings(scope: Scope, now: Instant): Standing[] {
    const entries = this.#scopes.get(scopeKey(scope)) ?? new Map<NetworkInterfaceId, Entry>()
    return Array.from(entries, ([networkInterface, entry]) => standingOf(networkInterface, entry, now)).sort((a, b) =>
      a.networkInterface < b.networkInterface ? -1 : 1,
    )
  }

  /** Undefined where nobody enforces it. */
  stateOf(scope: Scope, networkInterface: NetworkInterfaceId, now: Instant): EnforcementState | undefined {
    const entry = this.#scopes.get(scopeKey(scope))?.get(networkInterface)
    return entry && standingOf(networkInterface, entry, now).state
  }

  /** What agents told of live connections, as far as it may still be true. */
  connections(scope: Scope, now: Instant): [NetworkInterfaceId, KernelConnection[]][] {
    return [...(this.#scopes.get(scopeKey(scope)) ?? [])].map(([id, { connections, heardAt }]) => {
      const age = Math.floor((now - heardAt) / 1000)
      const alive = connections.map((each) => ({ ...each, secondsLeft: each.secondsLeft - age }))
      return [id, alive.filter(({ secondsLeft }) => secondsLeft > 0)]
    })
  }

  /** Every scope that somebody enforces something of. */
  get scopes(): Scope[] {
    return [...this.#scopes.keys()].map((key) => {
      const [account = '', region = ''] = key.split('/')
      return { account, region }
    })
  }
}

function freshEntry(where: Where, state: EnforcementState, now: Instant): Entry {
  return { where, state, since: now, heardAt: now, connections: [], hits: new Map(), counted: new Map() }
}

function standingOf(networkInterface: NetworkInterfaceId, entry: Entry, now: Instant): Standing {
  const { where, state, since, heardAt, hits } = entry
  const isSilent = where.kind === 'host' && now > after(heardAt, silence)
  if (!isSilent) return { networkInterface, where, state, since, hits }
  const why = `the agent on ${where.host} was not heard for ${Math.round((now - heardAt) / 1000)} s; its last word was: ${state.kind}`
  return { networkInterface, where, state: { kind: 'degraded', why }, since: heardAt, hits }
}

/** A counter that is lower than it was began anew, with a new table. */
function note({ hits, counted }: Entry, name: string, count: Count, now: Instant): void {
  const last = counted.get(name) ?? { packets: 0, bytes: 0 }
  const isNew = count.packets < last.packets
  const more = isNew ? count : { packets: count.packets - last.packets, bytes: count.bytes - last.bytes }
  counted.set(name, count)
  const before = hits.get(name) ?? { packets: 0, bytes: 0, lastUsed: undefined }
  hits.set(name, {
    packets: before.packets + more.packets,
    bytes: before.bytes + more.bytes,
    lastUsed: more.packets > 0 ? now : before.lastUsed,
  })
}

/** The hits of rules alone, without the frame's own counters. */
export function ruleHits({ hits }: Standing): (readonly [RuleId, Hit])[] {
  return [...hits].filter((each): each is [RuleId, Hit] => each[0].startsWith('sgr-'))
}
