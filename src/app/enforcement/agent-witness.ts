/**
 * What an agent saw of real traffic, as its report tells it: the connections that are alive, and what was counted
 * for flow logs. What a report could not deliver goes with the next.
 */

import { type Instant, instant } from '../../base/clock.ts'
import { NotationError } from '../../base/words.ts'
import { listFlows } from '../../enforce/conntrack.ts'
import {
  connectionFromJson,
  connectionJson,
  type KernelConnection,
  type KernelConnectionJson,
  kernelConnections,
} from '../../enforce/kernel-connections.ts'
import { tableOf } from '../../enforce/nftables/program.ts'
import type { SeenFlow } from '../../enforce/nftables/recorded-flows.ts'
import { formatPacket, parsePacket } from '../../packet/notation.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { runTool } from '../system-tool.ts'
import { FlowRecorder } from './flow-recorder.ts'
import type { Seat } from './program-loader.ts'

export interface Testimony {
  readonly connections: readonly KernelConnectionJson[]
  readonly flows: readonly SeenFlowJson[]
  /** The kernel had no room for some flows. */
  readonly hasLost: boolean
}

interface SeenFlowJson extends Omit<SeenFlow, 'header' | 'start' | 'end'> {
  readonly packet: string
  readonly start: number
  readonly end: number
}

const mostConnections = 1000
const mostFlows = 2000

/** The connections of an interface that is enforced here. Rejects with SystemFailure. */
export async function readConnections(seat: Seat, policy: InterfacePolicy): Promise<KernelConnection[]> {
  const [conntrack, ...sets] = await Promise.all([
    runTool([...seat.enter, ...listFlows]),
    ...['others4', 'others6'].map((name) =>
      runTool([...seat.enter, 'nft', '-n', 'list', 'set', 'inet', tableOf(seat), name]),
    ),
  ])
  return kernelConnections({ conntrack, sets: sets.join('\n') }, { post: seat, policy })
}

export class AgentWitness {
  readonly #seat: Seat
  #recorder: FlowRecorder | undefined
  #untold: SeenFlow[] = []
  #hasLost = false

  constructor(seat: Seat) {
    this.#seat = seat
  }

  /** Whether a flow log covers the interface from now on. What was counted before an agent's start is old. */
  async record(isRecording: boolean, isStart: boolean): Promise<void> {
    if (!isRecording) this.#recorder = undefined
    else if (this.#recorder === undefined) {
      this.#recorder = FlowRecorder.ofSeat(this.#seat, now())
      if (isStart) await this.#recorder.skip(now()).catch(() => undefined)
    }
  }

  async testimony(policy: InterfacePolicy | undefined): Promise<Testimony> {
    const connections = policy ? await readConnections(this.#seat, policy).catch(() => []) : []
    await this.#look()
    const flows = this.#untold.slice(0, mostFlows).map(flowJson)
    return { connections: connections.slice(-mostConnections).map(connectionJson), flows, hasLost: this.#hasLost }
  }

  /** The endpoint has it. */
  told({ flows }: Testimony): void {
    this.#untold = this.#untold.slice(flows.length)
    this.#hasLost = false
  }

  async #look(): Promise<void> {
    const look = await this.#recorder?.look(now).catch(() => undefined)
    if (look === undefined) return
    this.#untold.push(...look.flows)
    this.#hasLost ||= look.hasLost
  }
}

function now(): Instant {
  return instant(Date.now())
}

function flowJson({ header, ...flow }: SeenFlow): SeenFlowJson {
  return { ...flow, packet: formatPacket({ ...header, length: 40 }) }
}

export interface Told {
  readonly connections: readonly KernelConnection[]
  readonly flows: readonly SeenFlow[]
}

/** Undefined for what is no testimony. */
export function readTestimony(value: Partial<Record<keyof Testimony, unknown>>): Told | undefined {
  const { connections = [], flows = [] } = value
  if (!Array.isArray(connections) || !Array.isArray(flows) || connections.length > mostConnections) return undefined
  if (!connections.every(isConnection) || !flows.every(isFlow)) return undefined
  try {
    return { connections: connections.map(connectionFromJson), flows: flows.map(flowFromJson) }
  } catch (thrown) {
    if (thrown instanceof NotationError) return undefined
    throw thrown
  }
}

function flowFromJson({ packet, start, end, ...flow }: SeenFlowJson): SeenFlow {
  const { source, destination, payload } = parsePacket(packet)
  return { ...flow, header: { source, destination, payload }, start: instant(start), end: instant(end) }
}

function isConnection(value: unknown): value is KernelConnectionJson {
  const { isTracked, direction, opening, state, isAnswered, secondsLeft, openedAt } = membersOf(value)
  return (
    typeof isTracked === 'boolean' &&
    (direction === 'ingress' || direction === 'egress') &&
    typeof opening === 'string' &&
    typeof state === 'string' &&
    typeof isAnswered === 'boolean' &&
    isCountable(secondsLeft) &&
    (openedAt === null || isCountable(openedAt))
  )
}

function isFlow(value: unknown): value is SeenFlowJson {
  const { fate, way, packet, packets, bytes, start, end } = membersOf(value)
  return (
    (fate === 'passed' || fate === 'refused') &&
    (way === 'in' || way === 'out') &&
    typeof packet === 'string' &&
    [packets, bytes, start, end].every(isCountable)
  )
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** Moments as well: milliseconds since 1970, up to the last one that a date can be. */
function isCountable(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 8.64e15
}
