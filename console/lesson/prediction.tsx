/** The question before a packet is sent: what becomes of it and, for those who want, why. And the answer after. */

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { PlayedPacket, PlayedStep } from '../../src/lesson/play.ts'
import { reasonLabels, type Prediction as Said } from '../../src/lesson/predict.ts'
import { keep, kept } from '../shell/kept.ts'
import { Outcome, PacketLine } from './outcome.tsx'

export interface PredictionProps {
  readonly packet: PlayedPacket & Pick<PlayedStep, 'asks'>
  readonly own: Said | undefined
  /** Whether the question is read out as it appears: it follows another. */
  readonly takesFocus?: boolean
  readonly onPredict: (said: Said) => void
}

const place = 'lesson-reasons'

export function Prediction({ packet, own, takesFocus = false, onPredict }: PredictionProps) {
  const question = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (takesFocus) question.current?.focus()
  }, [])
  const asksReason = useSignal(kept(place) === 'yes')
  const action = useSignal<Said['action'] | undefined>(undefined)
  const choose = (chosen: Said['action']) => {
    if (asksReason.value) action.value = chosen
    else onPredict({ action: chosen })
  }
  const toggle = () => {
    asksReason.value = !asksReason.value
    keep(place, asksReason.value ? 'yes' : 'no')
    action.value = undefined
  }
  const shown = own?.action ?? action.value
  return (
    <>
      <PacketLine packet={packet} />
      <p class="asks" id="asks" ref={question} tabIndex={-1}>
        {packet.asks}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that repeats the question. */}
      <div class="choices" role="group" aria-labelledby="asks">
        {(['allow', 'deny'] as const).map((each) => (
          <button
            key={each}
            class="button choice"
            type="button"
            disabled={own !== undefined}
            aria-pressed={shown === each}
            onClick={() => choose(each)}
          >
            {each === 'allow' ? 'It is allowed' : 'It is denied'}
          </button>
        ))}
        {own === undefined && (
          <label class="asks-reason">
            <input type="checkbox" checked={asksReason.value} onChange={toggle} /> I say why, too
          </label>
        )}
      </div>
      {own === undefined && action.value !== undefined && <Reasons action={action.value} onPredict={onPredict} />}
    </>
  )
}

function Reasons({ action, onPredict }: { readonly action: Said['action'] } & Pick<PredictionProps, 'onPredict'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of buttons, each of which answers.
    <div class="reasons" role="group" aria-label="Why">
      {reasonLabels[action].map(({ kind, text }) => (
        <button key={kind} class="button reason" type="button" onClick={() => onPredict({ action, because: kind })}>
          {text}
        </button>
      ))}
    </div>
  )
}

export interface AnswerProps {
  readonly packet: PlayedPacket
  readonly isRight: boolean
  /** Right, but for another reason than was said. */
  readonly isActionRight?: boolean
}

export function Answer({ packet, isRight, isActionRight = isRight }: AnswerProps) {
  return (
    <>
      <p class={isRight ? 'good' : 'bad'}>
        <strong>{answerText(isRight, isActionRight)}</strong>
      </p>
      <Outcome packet={packet} />
    </>
  )
}

function answerText(isRight: boolean, isActionRight: boolean): string {
  if (isRight) return 'As you said.'
  const kept = 'This packet is kept as a card for you.'
  return isActionRight ? `As you said, but for another reason. ${kept}` : `Not as you said. ${kept}`
}
