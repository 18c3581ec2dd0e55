/** What the paths below /_sallyport that are about enforcement do with a request. */

import { formatInstant, type Instant } from '../../base/clock.ts'
import type { SignedRequest } from '../../ec2/protocol/signature.ts'
import type { Count } from '../../enforce/nftables/read-back.ts'
import type { SeenFlow } from '../../enforce/nftables/recorded-flows.ts'
import { type GroupId, isIdOf, type NetworkInterfaceId, type RuleId } from '../../model/ids.ts'
import { peerText, trafficKey } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import { BadInput } from '../bad-input.ts'
import { readTestimony, type Testimony } from './agent-witness.ts'
import { type EnforcementBoard, ruleHits, type Standing } from './board.ts'
import type { EnforcementState } from './enforcer.ts'
import type { EnforcementListing, InterfaceStanding, RuleListing, RuleUse } from './shown.ts'

export function listStandings(board: EnforcementBoard, world: World, now: Instant): EnforcementListing {
  return { at: formatInstant(now), interfaces: board.standings(world.scope, now).map((each) => shown(world, each)) }
}

function shown(world: World, { networkInterface, where, state, since, hits }: Standing): InterfaceStanding {
  return {
    networkInterface,
    instance: world.networkInterface.get(networkInterface)?.attachment?.instance ?? null,
    where,
    state: state.kind,
    why: state.kind === 'enforced' ? null : state.why,
    since: formatInstant(since),
    refused: { ingress: hits.get('refused-in')?.packets ?? 0, egress: hits.get('refused-out')?.packets ?? 0 },
  }
}

/** Every rule of the world's groups, with what the kernels counted for it. */
export function listRuleUse(board: EnforcementBoard, world: World, now: Instant): RuleListing {
  const standings = board.standings(world.scope, now)
  const used = new Map<RuleId, { packets: number; bytes: number; lastUsed: Instant | undefined }>()
  for (const standing of standings) {
    for (const [rule, hit] of ruleHits(standing)) {
      const sum = used.get(rule) ?? { packets: 0, bytes: 0, lastUsed: undefined }
      used.set(rule, {
        packets: sum.packets + hit.packets,
        bytes: sum.bytes + hit.bytes,
        lastUsed: later(sum.lastUsed, hit.lastUsed),
      })
    }
  }
  const carriers = (group: GroupId) =>
    standings.filter(({ networkInterface }) => world.networkInterface.get(networkInterface)?.groups.includes(group))
  const rules = [...world.securityGroup.values()].flatMap(({ id, rules: own }) =>
    own.map((rule): RuleUse => {
      const hit = used.get(rule.id)
      return {
        rule: rule.id,
        group: id,
        direction: rule.direction,
        allows: `${trafficKey(rule.traffic)} ${rule.direction === 'ingress' ? 'from' : 'to'} ${peerText(rule.peer)}`,
        packets: hit?.packets ?? 0,
        bytes: hit?.bytes ?? 0,
        lastUsed: hit?.lastUsed === undefined ? null : formatInstant(hit.lastUsed),
        interfaces: carriers(id).length,
      }
    }),
  )
  return { at: formatInstant(now), rules }
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}

/** What an agent tells every few seconds. */
export interface AgentReport {
  readonly networkInterface: NetworkInterfaceId
  readonly host: string
  readonly device: string
  readonly state: EnforcementState
  readonly counters: Readonly<Record<string, Count>>
  readonly testimony?: Testimony
  /** The agent ends: nobody enforces the interface any more, or its rules stay on without anybody. */
  readonly isLast?: boolean
}

/** A report as it was taken: where it is from, and what it says of flows. */
export interface TakenReport {
  readonly networkInterface: NetworkInterfaceId
  readonly flows: readonly SeenFlow[]
  readonly hasLost: boolean
}

/** Throws BadInput. */
export function takeReport(
  board: EnforcementBoard,
  world: World,
  { body }: Pick<SignedRequest, 'body'>,
  now: Instant,
): TakenReport {
  const { networkInterface, host, device, state, counters, testimony, isLast } = readReport(body)
  const told = readTestimony(testimony ?? {})
  if (!told) throw new BadInput('This is no report of an agent.')
  if (!world.networkInterface.has(networkInterface))
    throw new BadInput(`There is no network interface '${networkInterface}'.`)
  if (isLast) board.remove(world.scope, networkInterface)
  else {
    const report = { networkInterface, where: { kind: 'host', host, device } as const, state }
    const { connections } = told
    board.report(world.scope, { ...report, counters: new Map(Object.entries(counters)), connections }, now)
  }
  return { networkInterface, flows: told.flows, hasLost: testimony?.hasLost === true }
}

function readReport(body: SignedRequest['body']): AgentReport {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const value = parsed(text)
  if (!isReport(value)) throw new BadInput('This is no report of an agent.')
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isReport(value: unknown): value is AgentReport {
  if (typeof value !== 'object' || value === null) return false
  const { networkInterface, host, device, state, counters, testimony } = value as Partial<
    Record<keyof AgentReport, unknown>
  >
  return (
    typeof networkInterface === 'string' &&
    isIdOf('eni', networkInterface) &&
    typeof host === 'string' &&
    typeof device === 'string' &&
    isState(state) &&
    typeof counters === 'object' &&
    counters !== null &&
    Object.values(counters).every(isCount) &&
    (testimony === undefined || (typeof testimony === 'object' && testimony !== null))
  )
}

function isState(value: unknown): value is EnforcementState {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'enforced') return true
  return (value.kind === 'degraded' || value.kind === 'off') && 'why' in value && typeof value.why === 'string'
}

function isCount(value: unknown): value is Count {
  if (typeof value !== 'object' || value === null) return false
  const { packets, bytes } = value as Partial<Record<keyof Count, unknown>>
  return Number.isSafeInteger(packets) && Number.isSafeInteger(bytes)
}
