/** Predictions: the learner says what will become of a packet, and a wrong one keeps its packet as a card. */

import type { PlayedPacket, PlayedScene, ReasonKind } from './play.ts'

export interface Prediction {
  readonly action: 'allow' | 'deny'
  /** Absent: the learner named no reason. */
  readonly because?: ReasonKind
}

/** What a learner may name as the reason. */
export const reasonLabels: Readonly<
  Record<'allow' | 'deny', readonly { readonly kind: ReasonKind; readonly text: string }[]>
> = {
  allow: [
    { kind: 'rules', text: 'A rule admits it, and the connection is tracked.' },
    { kind: 'connection', text: 'It belongs to a connection that is tracked.' },
    { kind: 'untracked', text: 'Rules of both directions admit it; the connection is untracked.' },
    { kind: 'message', text: 'A rule admits it; it is an ICMP message that nothing is remembered of.' },
    { kind: 'related-error', text: 'It is an ICMP error about a connection that is tracked.' },
    { kind: 'exempt', text: 'Traffic of this service is never filtered.' },
  ],
  deny: [
    { kind: 'no-rule', text: 'No rule admits it, and it belongs to no connection.' },
    { kind: 'no-state', text: 'It is in the middle of a connection that is not known.' },
    { kind: 'acl', text: 'The network ACL denies it.' },
    { kind: 'allowance', text: 'The instance tracks as many connections as it may.' },
  ],
}

/** A packet that met another fate than the learner thought. */
export interface CounterexampleCard {
  /** The scene's id and the step's index. */
  readonly id: string
  readonly scene: string
  readonly step: number
  readonly predicted: Prediction
}

export interface Judgement {
  readonly isRight: boolean
  /** Allow or deny was right, whatever the reason. */
  readonly isActionRight: boolean
  readonly packet: PlayedPacket
  readonly card: CounterexampleCard | null
}

/** Undefined if that step is no packet. */
export function judgePrediction(scene: PlayedScene, step: number, predicted: Prediction): Judgement | undefined {
  const packet = scene.steps[step]
  if (packet?.kind !== 'packet') return undefined
  const isActionRight = packet.action === predicted.action
  const isRight = isActionRight && (predicted.because === undefined || predicted.because === packet.because)
  const card = { id: `${scene.id}#${step}`, scene: scene.id, step, predicted }
  return { isRight, isActionRight, packet, card: isRight ? null : card }
}
