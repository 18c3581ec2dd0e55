/** Puts the running system together: the real store, clock and entropy behind the endpoint. */

import { randomUUID } from 'node:crypto'
import { instant } from '../base/clock.ts'
import type { Authentication } from '../ec2/caller.ts'
import type { EndpointResponse } from '../ec2/endpoint.ts'
import { type Answered, type EndpointParts, handle, readWorld } from '../ec2/endpoint.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import { type EngineDefaults, engineDefaults } from '../engine/defaults.ts'
import type { Quotas } from '../model/quota.ts'
import { stateOf } from '../model/state.ts'
import { openStore, type StoreTarget } from '../store/open-store.ts'
import { Analyses } from './analyses.ts'
import { Background } from './background/background.ts'
import { Console } from './console/console.ts'
import { Enforcement } from './enforcement/service.ts'
import { startFlowLogs } from './flow-log-service.ts'
import type { Lab } from './lab/lab.ts'
import { type LabOptions, openLab } from './lab/open-lab.ts'
import { probe } from './lab/probe.ts'
import { openLedger, type StoredLedger, type StoreEvent } from './ledger.ts'
import { Classroom } from './lesson/classroom.ts'
import { LiveEngines, type Witness } from './live-engines.ts'
import { type OwnAnswers, ownAnswers } from './own-answers.ts'
import { systemEntropy } from './random.ts'
import { version } from './version.ts'

export interface SystemOptions extends LabOptions {
  readonly store: StoreTarget
  readonly quotas: Quotas
  readonly authentication: Authentication
  readonly onAnswer: (answered: Answered) => void
  readonly onStore: (event: StoreEvent) => void
  /** What the packet engine does where AWS says nothing. */
  readonly engine?: EngineDefaults
  /** Told of flow log files that could not be written. */
  readonly onFlowLogFailure?: (cause: unknown) => void
}

export interface Health {
  readonly status: 'serving' | 'recovering'
  readonly version: string
  readonly store: string
  readonly uptimeSeconds: number
  /** The number of the last durable change, over all accounts and regions. */
  readonly worldVersion: number
}

export interface System extends OwnAnswers {
  /** Signatures are verified, so that callers are who they say they are. */
  readonly verifiesCallers: boolean
  handle(request: SignedRequest): Promise<EndpointResponse>
  /** The state of the world of the request's caller, as JSON. Rejects with a Rejection. */
  state(request: SignedRequest): Promise<string>
  /** For Prometheus. */
  metrics(): string
  /** What the console's pages ask. */
  readonly console: Console
  /** What the lesson's pages ask. */
  readonly classroom: Classroom
  health(): Health
  /** Once what runs instances and filters them is as the newest worlds say, or has refused to. */
  settled(): Promise<void>
  /** Answers at once who waits for something to change: the system is about to be closed. */
  stopWaiting(): void
  /** Waits for what is under way, then closes the store. */
  close(): Promise<void>
}

/** Opens the store and reads it. Rejects with StoreFailure or SystemFailure, whose message says what to do. */
export async function assemble(options: SystemOptions): Promise<System> {
  const clock = () => instant(Date.now())
  const startedAt = clock()
  const privilege =
    options.dataPlane === 'namespaces'
      ? await probe({ name: '--data-plane namespaces', tools: { setpriv: 'util-linux' } })
      : undefined
  const store = await openStore(options.store)
  const onStore = (event: StoreEvent) => {
    // Worlds that were read again come without a step.
    lab?.wake()
    enforcement.wake()
    options.onStore(event)
  }
  const ledger = await openLedger({ store, clock, onStore }).catch(async (cause) => {
    await store.close()
    throw cause
  })
  const enforcement = new Enforcement(ledger, { clock, onCounted: (counted) => flowLogs.logs.tally(counted) })
  const guard = options.guard ?? enforcement.guard
  const lab = privilege && (await openLab(privilege, { ledger, clock, guard, options }))
  const { quotas, authentication, onAnswer, engine = engineDefaults } = options
  const onFailure = options.onFlowLogFailure ?? (() => undefined)
  const entropy = systemEntropy()
  const enforcementOf: EndpointParts['enforcementOf'] = (scope, id, now) =>
    enforcement.board.stateOf(scope, id, now)?.kind
  const background = new Background()
  const analyses = new Analyses({ ledger, clock, background, onFailure: (cause) => console.fail(randomUUID(), cause) })
  const { insights } = analyses
  const parts: EndpointParts = { ledger, clock, entropy, quotas, authentication, enforcementOf, insights, onAnswer }
  const gather = () => enforcement.gather()
  const flowLogs = startFlowLogs({ ledger, clock, entropy, store: options.store, choices: engine, onFailure, gather })
  const witness: Witness = (witnessed) => {
    flowLogs.logs.witness(witnessed)
    console.witness(witnessed)
  }
  const engines = new LiveEngines(ledger, { clock, witness, choices: engine })
  const settled = () => settledIn(lab, enforcement)
  const console = new Console({ parts, engines, flowLogs: flowLogs.logs, real: enforcement, background })
  return {
    verifiesCallers: authentication.credentials !== undefined,
    handle: (request) => handle(request, parts),
    state: async (request) => `${JSON.stringify(stateOf(await readWorld(request, parts)))}\n`,
    ...ownAnswers({ parts, engines, flowLogs: flowLogs.logs, enforcement, lab, settled }),
    metrics: () => enforcement.metrics(clock()),
    console,
    classroom: new Classroom(clock),
    health: () => healthOf(ledger, store.description, clock() - startedAt),
    settled,
    stopWaiting: () => enforcement.stopWaiting(),
    async close() {
      await lab?.close()
      analyses.stop()
      await background.close()
      enforcement.stop()
      await flowLogs.stop()
      await ledger.close()
    },
  }
}

function healthOf({ state, head }: Pick<StoredLedger, 'state' | 'head'>, store: string, milliseconds: number): Health {
  return { status: state, version, store, uptimeSeconds: milliseconds / 1000, worldVersion: head }
}

async function settledIn(lab: Lab | undefined, enforcement: Enforcement): Promise<void> {
  await lab?.settled()
  await enforcement.settled()
}
