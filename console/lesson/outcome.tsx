/** What became of a packet and why, as the engine says it. */

import type { PlayedPacket } from '../../src/lesson/play.ts'
import { sentenceText, sides, timeText, verdictHead } from './words.ts'

export function Outcome({ packet }: { readonly packet: PlayedPacket }) {
  return (
    <p class={packet.action === 'allow' ? 'verdict good' : 'verdict bad'}>
      <strong>
        {packet.action === 'allow' ? '✓' : '✗'} {verdictHead(packet)}
      </strong>{' '}
      {sentenceText(packet.sentence)}
    </p>
  )
}

/** `t = 3 s · Inbound at eni-web · tcp …` */
export function PacketLine({ packet }: { readonly packet: PlayedPacket }) {
  return (
    <p class="packet-line">
      <span class="quiet">
        t = {timeText(packet.at)} · {sides[packet.direction]} at {packet.networkInterface}
      </span>{' '}
      <code>{packet.packet}</code>
    </p>
  )
}

/** A packet with its outcome, where there is no stage: reviews, cards. */
export function PacketProof({ packet }: { readonly packet: PlayedPacket }) {
  return (
    <div class="proof">
      <PacketLine packet={packet} />
      <Outcome packet={packet} />
    </div>
  )
}
