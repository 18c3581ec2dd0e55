/**
 * What the console's pages ask of the running system. Everything is decided by the endpoint and the engines
 * that serve the API itself; only previews and traces work on copies.
 */

import { randomUUID } from 'node:crypto'
import { formatInstant, hours, type Instant } from '../../base/clock.ts'
import { callAction, type EndpointParts } from '../../ec2/endpoint.ts'
import { isRegionName, regionNames } from '../../model/region.ts'
import { Rejection, reject } from '../../model/rejection.ts'
import type { Scope, World } from '../../model/world.ts'
import type { Background } from '../background/background.ts'
import { TooMuch } from '../background/desk.ts'
import type { Answer, Given, WorkName } from '../background/work.ts'
import { BadInput } from '../bad-input.ts'
import type { FlowLogs } from '../flow-logs.ts'
import type { HeldFlow, LiveEngine, LiveEngines, Witnessed } from '../live-engines.ts'
import { listRecords, type Records, sendPackets } from '../live-paths.ts'
import { version } from '../version.ts'
import type {
  ArrowView,
  Call,
  ConnectionList,
  EnforcementView,
  Events,
  MapView,
  Preview,
  Problem,
  SessionInfo,
  Topic,
  TraceView,
} from './api.ts'
import type { LintView, PolicyTestsView, ReplayView } from './checks-api.ts'
import { callOf, callsOf, type Members, numberOf, textOf } from './input.ts'
import { previewCalls } from './preview.ts'
import { LiveRecords } from './records.ts'
import { type LogUpload, replayView } from './replayed.ts'
import { Sessions } from './sessions.ts'
import { Trace } from './tracer.ts'

/** What is known of real traffic at enforced interfaces. */
export interface RealTraffic {
  flows(world: World, now: Instant): Promise<readonly HeldFlow[]>
  view(world: World, now: Instant): EnforcementView
}

export interface ConsoleParts {
  readonly real: RealTraffic
  readonly parts: EndpointParts
  readonly engines: LiveEngines
  readonly flowLogs: FlowLogs
  readonly background: Background
}

/** Told of what happens in a scope; each name with its data, `world` when objects changed. */
export type Emit = <T extends Topic | 'world'>(name: T, data: T extends Topic ? Events[T] : object) => void

interface KeptTrace {
  readonly scope: Scope
  readonly trace: Trace
  readonly usedAt: Instant
}

const mostTraces = 50
/** At a time: each keeps tables of its own. */
const mostReplays = 3
const traceLifetime = hours(1)
const mostConnections = 500
const longestWait = 10 * 86_400
const tick = 250
/** Connections that idle out do so unseen: they are told again after so many ticks without an event. */
const quietTicks = 20

export class Console {
  readonly sessions: Sessions
  readonly #parts: EndpointParts
  readonly #engines: LiveEngines
  readonly #flowLogs: FlowLogs
  readonly #real: RealTraffic
  readonly #background: Background
  readonly #records = new LiveRecords()
  readonly #traces = new Map<string, KeptTrace>()
  #replays = 0

  constructor({ parts, engines, flowLogs, real, background }: ConsoleParts) {
    this.sessions = new Sessions(parts.authentication, parts.clock)
    this.#parts = parts
    this.#engines = engines
    this.#flowLogs = flowLogs
    this.#real = real
    this.#background = background
  }

  /** To be told of each verdict of the live engines. */
  witness(witnessed: Witnessed): void {
    this.#records.witness(witnessed)
  }

  sessionInfo(account: string | undefined): SessionInfo {
    const needsSignIn = this.sessions.areNeeded
    return { account: account ?? '', needsSignIn, isSignedIn: account !== undefined, regions: regionNames, version }
  }

  /** Throws BadInput for text that names no Region. */
  scopeOf(account: string, region: string): Scope {
    if (!isRegionName(region)) throw new BadInput(`'${region.slice(0, 40)}' is no Region.`)
    return { account, region }
  }

  async call(scope: Scope, body: Members): Promise<{ readonly output: object }> {
    const { action, input } = callOf(body)
    return { output: await callAction(action, input, { parts: this.#parts, scope }) }
  }

  async preview(scope: Scope, body: Members): Promise<Preview> {
    const live = await this.#live(scope)
    const now = this.#parts.clock()
    const real = await this.#real.flows(live.terrain.world, now)
    const { quotas } = this.#parts
    return previewCalls(callsOf(body), { live, real, now, quotas, background: this.#background })
  }

  async map(scope: Scope, body: Members): Promise<MapView | Problem> {
    return this.#askOf(scope, 'map', body)
  }

  async arrow(scope: Scope, body: Members): Promise<ArrowView | Problem> {
    return this.#askOf(scope, 'arrow', body)
  }

  async policyTests(scope: Scope, body: Members): Promise<PolicyTestsView | Problem> {
    return this.#askOf(scope, 'policy-tests', body)
  }

  async lint(scope: Scope, body: Members): Promise<LintView | Problem> {
    return this.#askOf(scope, 'lint', body, this.#parts.clock())
  }

  async replay(scope: Scope, upload: LogUpload): Promise<ReplayView | Problem> {
    if (this.#replays >= mostReplays) return { problem: 'Other logs are being judged: try again when one is done.' }
    this.#replays += 1
    try {
      return await replayView((await this.#live(scope)).terrain.world, upload, this.#background)
    } finally {
      this.#replays -= 1
    }
  }

  async connections(scope: Scope): Promise<ConnectionList> {
    return this.#connectionList(await this.#live(scope))
  }

  /** Sends packets through the live rules: the body is that of POST /_sallyport/packets. */
  async send(scope: Scope, body: Members): Promise<object> {
    const live = await this.#live(scope)
    const reports = sendPackets(live, { target: '', body: JSON.stringify(body) }, this.#parts.clock())
    await this.#parts.ledger.settled()
    return { reports }
  }

  async delivered(scope: Scope, flowLog: string): Promise<Records> {
    const target = `/?flow-log=${encodeURIComponent(flowLog)}`
    return listRecords(await this.#live(scope), { target, body: '' }, this.#flowLogs)
  }

  async openTrace(scope: Scope, body: Members): Promise<TraceView> {
    const question = {
      from: textOf(body, 'from'),
      to: textOf(body, 'to'),
      protocol: textOf(body, 'protocol'),
      port: numberOf(body, 'port', 65_535) ?? null,
    }
    const { world } = (await this.#live(scope)).terrain
    const trace = await Trace.open(randomUUID(), question, world, this.#parts.clock())
    this.#keep({ scope, trace, usedAt: this.#parts.clock() })
    return trace.view()
  }

  async stepTrace(scope: Scope, body: Members): Promise<TraceView> {
    const trace = this.#traceOf(scope, textOf(body, 'id'))
    const packet = numberOf(body, 'packet', 100)
    const wait = numberOf(body, 'wait', longestWait)
    if (packet !== undefined) trace.send(packet)
    else if (wait !== undefined) trace.wait(wait)
    else await trace.call(callOf(body['call']) satisfies Call)
    return trace.view()
  }

  /** Begins to tell, the state as it is first; gives back what ends it. */
  async follow(scope: Scope, topics: ReadonlySet<Topic>, emit: Emit): Promise<() => void> {
    const live = await this.#live(scope)
    let seen = 0
    let ticks = 0
    let world: World | undefined
    let quiet = quietTicks
    let isOver = false
    const look = () => {
      const news = this.#records.since(scope, seen)
      const newest = live.terrain.world
      const isNew = newest !== world || news.seen !== seen
      if (newest !== world) emit('world', { version: newest.version })
      if (topics.has('records') && news.records.length > 0) emit('records', news.records)
      quiet = isNew ? quietTicks : quiet + 1
      if (topics.has('connections') && quiet >= quietTicks) {
        quiet = 0
        // The kernel's part takes a moment.
        void this.#connectionList(live).then((list) => isOver || emit('connections', list))
      }
      ticks += 1
      if (topics.has('enforcement') && (ticks % quietTicks === 1 || isNew)) {
        emit('enforcement', this.#real.view(newest, this.#parts.clock()))
      }
      seen = news.seen
      world = newest
    }
    const timer = setInterval(() => this.#guarded(look), tick)
    this.#guarded(look)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }

  /** The engine's flows, and then the kernels'. */
  async #connectionList(live: LiveEngine): Promise<ConnectionList> {
    const now = this.#parts.clock()
    const real = await this.#real.flows(live.terrain.world, now)
    const connections = [...live.flows(now), ...real.map(({ shown }) => shown)]
    const shown = connections.slice(-mostConnections)
    return { at: formatInstant(now), connections: shown, hidden: connections.length - shown.length }
  }

  /** Tells the operator of a fault of ours. */
  fail(requestId: string, failure: unknown): void {
    const facts = { requestId, action: 'console', caller: undefined, status: 500, code: 'InternalError' }
    this.#parts.onAnswer({ ...facts, failure })
  }

  /** While the store recovers the world is Unavailable: nothing is told until it is back. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (thrown) {
      if (!(thrown instanceof Rejection)) this.fail(randomUUID(), thrown)
    }
  }

  /** What takes long is asked of another thread, and a world that is too large for it is a problem to tell. */
  async #askOf<K extends WorkName>(scope: Scope, name: K, ...given: Given<K>): Promise<Answer<K> | Problem> {
    const { world } = (await this.#live(scope)).terrain
    try {
      return await this.#background.ask(name, [world], ...given)
    } catch (thrown) {
      if (thrown instanceof TooMuch) return { problem: thrown.message }
      throw thrown
    }
  }

  /** Any question to a Region makes its default network, as on AWS. */
  async #live(scope: Scope): Promise<LiveEngine> {
    if (!this.#parts.ledger.find(scope)) await callAction('DescribeVpcs', {}, { parts: this.#parts, scope })
    await this.#parts.ledger.settled()
    return this.#engines.of(scope)
  }

  #keep(kept: KeptTrace): void {
    for (const [id, { usedAt }] of this.#traces) {
      if (kept.usedAt - usedAt > traceLifetime || this.#traces.size >= mostTraces) this.#traces.delete(id)
    }
    this.#traces.set(kept.trace.id, kept)
  }

  #traceOf({ account, region }: Scope, id: string): Trace {
    const kept = this.#traces.get(id)
    if (!kept || kept.scope.account !== account || kept.scope.region !== region) reject('TraceUnknown')
    this.#traces.delete(id)
    this.#traces.set(id, { ...kept, usedAt: this.#parts.clock() })
    return kept.trace
  }
}
