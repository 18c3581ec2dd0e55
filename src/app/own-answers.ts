/** What the paths below /_sallyport answer for the caller whom a request names, as JSON. */

import type { EndpointParts } from '../ec2/endpoint.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import type { Enforcement } from './enforcement/service.ts'
import type { FlowLogs } from './flow-logs.ts'
import type { Lab } from './lab/lab.ts'
import { listInstances, readInstanceLog } from './lab/lab-paths.ts'
import { type JsonAnswer, liveAnswer, worldAnswer } from './live-answer.ts'
import type { LiveEngines } from './live-engines.ts'
import { type KernelFlows, listAllConnections, listRecords, sendPackets } from './live-paths.ts'

export interface OwnAnswers {
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
}

interface OwnParts {
  readonly parts: EndpointParts
  readonly engines: LiveEngines
  readonly flowLogs: FlowLogs
  readonly enforcement: Enforcement
  readonly lab: Lab | undefined
}

export function ownAnswers({ parts, engines, flowLogs, enforcement, lab }: OwnParts): OwnAnswers {
  const live = { parts, engines }
  const kernelFlows: KernelFlows = (world, now, only) => enforcement.flows(world, now, only)
  return {
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
  }
}
