/** What the paths below /_sallyport that ask a live engine do with a request. */

import { formatInstant, type Instant } from '../base/clock.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import { isIdOf, type NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { World } from '../model/world.ts'
import { formatAddress } from '../net/address.ts'
import type { Packet } from '../packet/packet.ts'
import { BadInput } from './bad-input.ts'
import { exchangeBetween, type PacketReport, sendAt, sendBetween } from './exchange.ts'
import { type FlowLogs, headerOf } from './flow-logs.ts'
import type { HeldFlow, LiveEngine } from './live-engines.ts'
import type { LiveFlow } from './live-flow.ts'
import { pathBetween } from './send-path.ts'
import { familyOf, openingOf, readSendRequest, type SendRequest } from './send-request.ts'

export interface Listing {
  readonly at: string
  readonly connections: readonly LiveFlow[]
}

type Request = Pick<SignedRequest, 'target' | 'body'>

/** Sends what the body asks for. Throws BadInput. */
export function sendPackets(live: LiveEngine, { body }: Request, now: Instant): PacketReport[] {
  const request = readSendRequest(typeof body === 'string' ? body : new TextDecoder().decode(body))
  switch (request.kind) {
    case 'at':
      return sendAt(live, { ...request, card: interfaceOf(live, request.networkInterface), now })
    case 'packet':
      return sendPacket(live, request.packet, now)
    case 'traffic':
      return sendTraffic(live, request, now)
    default:
      return request satisfies never
  }
}

/** Flows of enforced interfaces, as their kernels have them. */
export type KernelFlows = (world: World, now: Instant, only?: NetworkInterfaceId) => Promise<readonly HeldFlow[]>

/** The engine's flows, all or those of the query's `network-interface`. Throws BadInput. */
export function listConnections(live: LiveEngine, request: Request, now: Instant): Listing {
  return { at: formatInstant(now), connections: live.flows(now, onlyInterface(live, request)) }
}

/** The kernel's beside the engine's. Rejects with BadInput. */
export async function listAllConnections(
  live: LiveEngine,
  request: Request,
  { now, kernelFlows }: { readonly now: Instant; readonly kernelFlows: KernelFlows },
): Promise<Listing> {
  const { at, connections } = listConnections(live, request, now)
  const real = await kernelFlows(live.terrain.world, now, onlyInterface(live, request))
  return { at, connections: [...connections, ...real.map(({ shown }) => shown)] }
}

function onlyInterface(live: LiveEngine, { target }: Request): NetworkInterfaceId | undefined {
  const wanted = parametersOf(target).get('network-interface') ?? undefined
  return wanted === undefined ? undefined : interfaceOf(live, wanted).id
}

export interface Records {
  readonly flowLog: string
  /** The fields of each record, in their order. */
  readonly header: string
  readonly records: readonly string[]
}

/** The latest records of the query's `flow-log`. Throws BadInput. */
export function listRecords({ terrain }: LiveEngine, { target }: Request, logs: FlowLogs): Records {
  const id = parametersOf(target).get('flow-log') ?? ''
  const log = terrain.world.flowLog.get(id)
  if (!log) throw new BadInput(`There is no flow log '${id.slice(0, 80)}'.`)
  return { flowLog: log.id, header: headerOf(log), records: logs.recent(log.id) }
}

function parametersOf(target: string): URLSearchParams {
  return new URLSearchParams(target.split('?', 2)[1])
}

function sendPacket(live: LiveEngine, packet: Packet, now: Instant): PacketReport[] {
  const { source, destination } = packet
  const ends = { from: formatAddress(source), to: formatAddress(destination) }
  return sendBetween(live, { ...pathBetween(live.terrain.world, ends), packet }, now)
}

type TrafficRequest = Extract<SendRequest, { readonly kind: 'traffic' }>

function sendTraffic(live: LiveEngine, request: TrafficRequest, now: Instant): PacketReport[] {
  const { from, to, traffic, isExchange, staysOpen } = request
  const path = pathBetween(live.terrain.world, { from, to, family: familyOf(traffic) })
  const payload = openingOf(traffic, live.takeClientPort())
  const journey = { ...path, packet: { source: path.source, destination: path.destination, payload, length: 40 } }
  return isExchange ? exchangeBetween(live, journey, { now, staysOpen }) : sendBetween(live, journey, now)
}

function interfaceOf({ terrain }: LiveEngine, id: string): NetworkInterface {
  const card = isIdOf('eni', id) ? terrain.world.networkInterface.get(id) : undefined
  if (card) return card
  throw new BadInput(`There is no network interface '${id.slice(0, 80)}'.`)
}
