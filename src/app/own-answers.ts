/** What the paths below /_sallyport answer for the caller whom a request names, as JSON. */

import type { EndpointParts } from '../ec2/endpoint.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import type { World } from '../model/world.ts'
import { applyState } from './apply-state.ts'
import type { Enforcement } from './enforcement/service.ts'
import type { FlowLogs } from './flow-logs.ts'
import type { Lab } from './lab/lab.ts'
import { listInstances, readInstanceLog } from './lab/lab-paths.ts'
import { type JsonAnswer, liveAnswer, worldAnswer } from './live-answer.ts'
import type { LiveEngines } from './live-engines.ts'
import { type KernelFlows, listAllConnections, listRecords, sendPackets } from './live-paths.ts'
import { Verifier } from './verify/verifier.ts'
import { answerVerify } from './verify/verify-path.ts'

export interface OwnAnswers {
  /** Puts the state that is the body of POST /_sallyport/state into the caller's world. Rejects with a Rejection. */
  applyState(request: SignedRequest): Promise<JsonAnswer>
  /** Sends packets through the caller's rules: the body of POST /_sallyport/packets. Rejects with a Rejection. */
  packets(request: SignedRequest): Promise<JsonAnswer>
  /** The caller's live flows. Rejects with a Rejection. */
  connections(request: SignedRequest): Promise<JsonAnswer>
  /** The latest records of one of the caller's flow logs. Rejects with a Rejection. */
  flowLogs(request: SignedRequest): Promise<JsonAnswer>
  /** Which interfaces are enforced; a POST is an agent's report. Rejects with a Rejection. */
  enforcement(request: SignedRequest): Promise<JsonAnswer>
  /** How often the kernels let something through by each rule. Rejects with a Rejection. */
  ruleUse(request: SignedRequest): Promise<JsonAnswer>
  /** An interface's policy, for who enforces it; waits for the next one if asked to. Rejects with a Rejection. */
  policy(request: SignedRequest): Promise<JsonAnswer>
  /** The caller's instances as they run. Rejects with a Rejection. */
  instances(request: SignedRequest): Promise<JsonAnswer>
  /** What one of them printed. Rejects with a Rejection. */
  instanceLog(request: SignedRequest): Promise<JsonAnswer>
  /** Who reaches whom, by the engine and by packets really sent: POST /_sallyport/verify. Rejects with a Rejection. */
  verify(request: SignedRequest): Promise<JsonAnswer>
}

interface OwnParts {
  readonly parts: EndpointParts
  readonly engines: LiveEngines
  readonly flowLogs: FlowLogs
  readonly enforcement: Enforcement
  readonly lab: Lab | undefined
  readonly settled: () => Promise<void>
}

export function ownAnswers({ parts, engines, flowLogs, enforcement, lab, settled }: OwnParts): OwnAnswers {
  const newest = (world: World) => parts.ledger.find(world.scope) ?? world
  const verifier = new Verifier({ lab, settled, newest })
  const live = { parts, engines }
  const kernelFlows: KernelFlows = (world, now, only) => enforcement.flows(world, now, only)
  return {
    applyState: (request) => worldAnswer(parts, request, (world) => applyState(parts, request, world)),
    packets: (request) => liveAnswer(live, request, (engine, now) => sendPackets(engine, request, now)),
    flowLogs: (request) => liveAnswer(live, request, (engine) => listRecords(engine, request, flowLogs)),
    connections: (request) =>
      liveAnswer(live, request, (engine, now) => listAllConnections(engine, request, { now, kernelFlows })),
    enforcement: (request) =>
      worldAnswer(parts, request, (world, now) =>
        request.method === 'POST' ? enforcement.report(world, request, now) : enforcement.standings(world, now),
      ),
    ruleUse: (request) => worldAnswer(parts, request, (world, now) => enforcement.ruleUse(world, now)),
    policy: (request) => worldAnswer(parts, request, (world) => enforcement.policy(world, request)),
    instances: (request) => liveAnswer(live, request, ({ terrain }) => listInstances(lab, terrain.world)),
    instanceLog: (request) => liveAnswer(live, request, ({ terrain }) => readInstanceLog(lab, terrain.world, request)),
    verify: (request) => worldAnswer(parts, request, (world) => answerVerify(verifier, world, request)),
  }
}
