/**
 * A packet on its way between its peer, at the left, and the interface that judges it, at the right. It stops
 * where the engine says that it is refused. Without an outcome it waits at its sender.
 */

import { useSignal, useSignalEffect } from '@preact/signals'
import type { PlayedEvent, PlayedPacket, Stop } from '../../src/lesson/play.ts'
import { eventText, sides, timeText } from './words.ts'

export interface StageProps {
  readonly packet: PlayedPacket
  /** Whether it is sent: the outcome shows. */
  readonly isSent: boolean
  /** Names the packet's place in its scene, so that each sets out anew. */
  readonly place: string
}

/** Percent of the way from the peer to the interface. */
const gates: Readonly<Record<Stop, number>> = { 'network ACL': 34, 'security group': 58, 'network interface': 80 }

export function Stage({ packet, isSent, place }: StageProps) {
  const isInbound = packet.direction === 'ingress'
  const own = isInbound ? packet.to : packet.from
  const peer = isInbound ? packet.from : packet.to
  const outcome = isSent ? packet.action : 'waits'
  return (
    <div class="stage" data-outcome={outcome} data-direction={packet.direction} aria-hidden="true">
      <Host name={peer.name} address={peer.address} port={peer.port} />
      <div class="wire">
        <Gate name="Network ACL" stops={isSent && packet.stopsAt === 'network ACL'} at={gates['network ACL']} />
        <Gate
          name="Security group"
          stops={isSent && packet.stopsAt === 'security group'}
          at={gates['security group']}
        />
        <Traveller key={`${place} ${isSent}`} packet={packet} isSent={isSent} />
      </div>
      <Host name={own.name} address={own.address} port={own.port} isOwn />
      <p class="stage-caption">
        {sides[packet.direction]} at {packet.networkInterface}
      </p>
    </div>
  )
}

/** What stands on the stage when no packet travels. */
export function SceneEvent({ step: { at, line } }: { readonly step: PlayedEvent }) {
  return (
    <p class="scene-event">
      <span class="quiet">t = {timeText(at)}</span> <code>{eventText(line)}</code>
    </p>
  )
}

interface HostProps {
  readonly name: string
  readonly address: string
  readonly port: number | null
  readonly isOwn?: boolean
}

function Host({ name, address, port, isOwn = false }: HostProps) {
  return (
    <div class={isOwn ? 'host own' : 'host'}>
      <strong>{name}</strong>
      {name !== address && <span class="id">{address}</span>}
      {port !== null && <span class="id quiet">port {port}</span>}
    </div>
  )
}

function Gate({ name, stops, at }: { readonly name: string; readonly stops: boolean; readonly at: number }) {
  return (
    <span class="gate" data-stops={stops} style={{ '--at': at }}>
      {name}
    </span>
  )
}

function Traveller({ packet, isSent }: Pick<StageProps, 'packet' | 'isSent'>) {
  const isInbound = packet.direction === 'ingress'
  const start = isInbound ? 0 : 100
  const end = packet.stopsAt === null ? 100 - start : stopBefore(gates[packet.stopsAt], isInbound)
  const at = useSignal(start)
  useSignalEffect(() => {
    if (!isSent) return
    // Two frames: the first paints it at its start, from where it travels.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        at.value = end
      })
    })
    return () => cancelAnimationFrame(frame)
  })
  const [first = '', ...rest] = packet.packet.split(' ')
  return (
    <span class="traveller" style={{ '--at': at.value }}>
      <b>{first}</b> {rest.slice(3).join(' ')}
    </span>
  )
}

/** In front of the gate, on the side it comes from. */
function stopBefore(gate: number, isInbound: boolean): number {
  return isInbound ? gate - 9 : gate + 9
}
