/**
 * Enforces the groups of one network interface on a device of this host: asks the endpoint for the policy, brings it
 * into force, and asks for the next. While the endpoint is away the last rules stay; before the first ones nothing
 * passes.
 */

import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { policyFromJson } from '../../policy/policy-json.ts'
import { ask, type Remote, RemoteFailure } from '../remote.ts'
import { AgentWitness } from './agent-witness.ts'
import type { AgentReport } from './enforcement-paths.ts'
import { type EnforcementState, Enforcer } from './enforcer.ts'
import type { PolicyAnswer } from './policy-feed.ts'
import type { Seat } from './program-loader.ts'

export interface AgentOptions {
  readonly remote: Remote
  readonly networkInterface: NetworkInterfaceId
  readonly seat: Seat
  /** Milliseconds in which connections older than the rules are taken over. */
  readonly adoptFor: number
  readonly onEvent: (event: AgentEvent) => void
  readonly signal: AbortSignal
}

export type AgentEvent =
  | { readonly kind: 'state'; readonly state: EnforcementState }
  | { readonly kind: 'endpoint'; readonly isThere: boolean; readonly why: string }
  | { readonly kind: 'rules'; readonly count: number; readonly milliseconds: number }

/** How long a question for changes waits at the endpoint, and how soon a failed one is asked again. */
const patience = 20_000
const retryAfter = 500
const firstPatience = 3000
const reportEvery = 5000
const verifyEvery = 30_000

export class Agent {
  readonly #options: AgentOptions
  readonly #enforcer: Enforcer
  readonly #witness: AgentWitness
  #policy: InterfacePolicy | undefined
  #tag: string | undefined
  #isThere: boolean | undefined
  #adoptUntil = 0
  /** The interface is not at the endpoint: said with the state, whatever the rules are. */
  #missing: string | undefined

  constructor(options: AgentOptions) {
    this.#options = options
    this.#witness = new AgentWitness(options.seat)
    this.#enforcer = new Enforcer(options.seat, { onState: (state) => this.#told(state) })
  }

  get state(): EnforcementState {
    const { state } = this.#enforcer
    return this.#missing !== undefined && state.kind === 'enforced' ? { kind: 'degraded', why: this.#missing } : state
  }

  /** Until the signal. */
  async run(): Promise<void> {
    const { signal, adoptFor } = this.#options
    this.#adoptUntil = Date.now() + adoptFor
    // Connections that are to be taken over would not survive a closed device: then the rules come first, or soon not.
    if (adoptFor > 0) await this.#once(0, AbortSignal.any([signal, AbortSignal.timeout(firstPatience)]))
    await this.#enforcer.shut()
    await Promise.all([
      this.#followChanges(signal),
      this.#reportEvery(signal),
      this.#verifyEvery(signal),
      this.#endAdoption(signal),
    ])
    await this.#report(true).catch(() => undefined)
    this.#enforcer.release()
  }

  async #followChanges(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const isWell = await this.#once(patience)
      if (!isWell) await pause(retryAfter, signal)
    }
  }

  /** Asks, and enforces what it is told. False if the endpoint did not answer. */
  async #once(wait: number, signal = this.#options.signal): Promise<boolean> {
    const answer = await this.#ask(wait, signal)
    if (answer === undefined) return false
    this.#missing = answer.policy ? undefined : `${this.#options.networkInterface} does not exist at the endpoint`
    if (answer.tag === this.#tag || !answer.policy) return answer.policy !== undefined
    const start = performance.now()
    const policy = policyFromJson(answer.policy)
    const isAdopting = Date.now() < this.#adoptUntil
    await this.#enforcer.load({ policy, isRecording: answer.isRecording, isAdopting })
    await this.#witness.record(answer.isRecording, this.#tag === undefined && this.#policy === undefined)
    this.#policy = policy
    this.#tag = answer.tag
    const count = policy.allows.ingress.length + policy.allows.egress.length
    this.#options.onEvent({ kind: 'rules', count, milliseconds: performance.now() - start })
    await this.#enforcer.prove()
    return true
  }

  async #ask(wait: number, signal: AbortSignal): Promise<PolicyAnswer | undefined> {
    const { remote, networkInterface } = this.#options
    const query = new URLSearchParams({ 'network-interface': networkInterface, patience: String(wait) })
    if (this.#tag !== undefined) query.set('after', this.#tag)
    try {
      const answer = await ask(remote, { method: 'GET', target: `/_sallyport/policy?${query}`, signal })
      this.#endpointIs(true, '')
      return answer as PolicyAnswer
    } catch (thrown) {
      if (this.#options.signal.aborted) return undefined
      if (!(thrown instanceof RemoteFailure)) throw thrown
      this.#endpointIs(false, thrown.message)
      return undefined
    }
  }

  #endpointIs(isThere: boolean, why: string): void {
    if (this.#isThere === isThere) return
    this.#isThere = isThere
    this.#options.onEvent({ kind: 'endpoint', isThere, why })
    if (isThere) void this.#report(false).catch(() => undefined)
  }

  /** From then on a segment in mid-stream of an unknown connection is refused. */
  async #endAdoption(signal: AbortSignal): Promise<void> {
    const left = this.#adoptUntil - Date.now()
    if (left <= 0) return
    await pause(left, signal)
    this.#tag = undefined
    if (!signal.aborted) await this.#once(0)
  }

  async #reportEvery(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#report(false).catch(() => undefined)
      await pause(reportEvery, signal)
    }
  }

  async #verifyEvery(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.#enforcer.state.kind === 'enforced' ? verifyEvery : reportEvery, signal)
      if (!signal.aborted) await this.#enforcer.verify()
    }
  }

  #told(state: EnforcementState): void {
    this.#options.onEvent({ kind: 'state', state })
    void this.#report(false).catch(() => undefined)
  }

  /** One at a time: what a report tells is told once. */
  #report(isLast: boolean): Promise<void> {
    const done = this.#reporting.then(() => this.#tell(isLast))
    this.#reporting = done.catch(() => undefined)
    return done
  }
  #reporting: Promise<void> = Promise.resolve()

  async #tell(isLast: boolean): Promise<void> {
    const { remote, networkInterface, seat } = this.#options
    const counters = Object.fromEntries(await this.#enforcer.counters().catch(() => new Map<string, never>()))
    const testimony = await this.#witness.testimony(this.#policy)
    const report: AgentReport = {
      networkInterface,
      host: hostname(),
      device: seat.device,
      state: this.state,
      counters,
      testimony,
      ...(isLast ? { isLast } : {}),
    }
    await ask(remote, { method: 'POST', target: '/_sallyport/enforcement', body: JSON.stringify(report) })
    this.#witness.told(testimony)
  }

  /** Takes the rules off the device. */
  remove(): Promise<void> {
    return this.#enforcer.remove()
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
