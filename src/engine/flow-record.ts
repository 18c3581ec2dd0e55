/**
 * Packets of one interface gathered into flow log records: one a 5-tuple, direction and action in a window
 * (data-plane 4.1). What was refused, by rules, by the ACL or as no connection's, counts as REJECT (4.3).
 */

import type { Instant } from '../base/clock.ts'
import type { Direction } from '../model/rule.ts'
import { type Packet, type Payload, type Ports, protocolNumber, tcpFlags } from '../packet/packet.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import type { AllowedBecause, DeniedBecause, Verdict } from './verdict.ts'

export type FlowAction = 'ACCEPT' | 'REJECT'

export interface FlowRecord {
  /** The first packet; the others share what a record shows of it. */
  readonly packet: Packet
  readonly direction: Direction
  readonly action: FlowAction
  /** Of the first packet, egress only: the number that AWS gives to the way it left by. */
  readonly trafficPath: number | undefined
  readonly packets: number
  readonly bytes: number
  readonly start: Instant
  readonly end: Instant
  readonly tcpFlags: number
}

/** A packet with what became of it. */
export interface Sighting {
  readonly packet: Packet
  readonly direction: Direction
  readonly action: FlowAction
  readonly now: Instant
  /** Asked once a record. */
  readonly trafficPath: () => number | undefined
  /** Where the packet stands for many, counted by somebody else; its flags are those of all, `now` is the last one's. */
  readonly many?: { readonly packets: number; readonly bytes: number; readonly since: Instant }
}

/**
 * Undefined for what is never logged: the services that are never filtered, what stays inside (4.4), and by choice
 * what the allowance refused (8, 28).
 */
export function flowAction(
  { action, because }: Verdict,
  { allowanceRecord }: Pick<EngineDefaults, 'allowanceRecord'> = engineDefaults,
): FlowAction | undefined {
  if (isExempt(because) || (allowanceRecord === 'none' && isForAllowance(because))) return undefined
  return action === 'allow' ? 'ACCEPT' : 'REJECT'
}

function isExempt(because: AllowedBecause | DeniedBecause): boolean {
  return because.kind === 'exempt' || (because.kind === 'fragment' && isExempt(because.first))
}

function isForAllowance(because: AllowedBecause | DeniedBecause): boolean {
  return because.kind === 'allowance' || (because.kind === 'fragment' && isForAllowance(because.first))
}

/** How many records a window may hold; of more AWS, too, says no more than SKIPDATA (4.4). */
const mostRecords = 10_000

export class FlowWindow {
  readonly #records = new Map<string, FlowRecord>()
  #skipped = false

  /** Some records were lost for want of room. */
  get hasSkipped(): boolean {
    return this.#skipped
  }

  /** In the order of their first packets. */
  get records(): readonly FlowRecord[] {
    return [...this.#records.values()]
  }

  note(sighting: Sighting): void {
    const key = keyOf(sighting)
    const before = this.#records.get(key)
    if (before) this.#records.set(key, grown(before, sighting))
    else if (this.#records.size < mostRecords) this.#records.set(key, begun(sighting))
    else this.#skipped = true
  }

  /** Somebody who counts had no room. */
  skip(): void {
    this.#skipped = true
  }
}

/** Ports of a record: 0 where the protocol has none, and for ICMP, whose type is not recorded (4.2). */
export function recordedPorts({ payload, fragment }: Packet): Ports {
  const hasPorts = fragment?.part !== 'later' && (payload.kind === 'tcp' || payload.kind === 'udp')
  return hasPorts ? payload.ports : { source: 0, destination: 0 }
}

function keyOf({ packet, direction, action }: Sighting): string {
  const { source, destination, payload } = packet
  const ports = recordedPorts(packet)
  const ends = `${source.family} ${source.bits} ${ports.source} ${destination.bits} ${ports.destination}`
  return `${direction} ${action} ${protocolNumber(payload)} ${ends}`
}

function begun({ packet, direction, action, now, trafficPath, many }: Sighting): FlowRecord {
  return {
    packet,
    direction,
    action,
    trafficPath: direction === 'egress' ? trafficPath() : undefined,
    packets: many?.packets ?? 1,
    bytes: many?.bytes ?? packet.length,
    start: many?.since ?? now,
    end: now,
    tcpFlags: recordedFlags(packet.payload),
  }
}

function grown(before: FlowRecord, { packet, now, many }: Sighting): FlowRecord {
  return {
    ...before,
    packets: before.packets + (many?.packets ?? 1),
    bytes: before.bytes + (many?.bytes ?? packet.length),
    end: now,
    tcpFlags: before.tcpFlags | recordedFlags(packet.payload),
  }
}

/** FIN 1, SYN 2, RST 4, SYN-ACK 18; an ACK counts in a SYN-ACK only (4.2). */
function recordedFlags(payload: Payload): number {
  if (payload.kind !== 'tcp') return 0
  const { fin, syn, rst, ack } = tcpFlags
  const { flags } = payload
  return (flags & (fin | syn | rst)) | (flags & syn ? flags & ack : 0)
}
