/** Predict: allow or deny before each packet is sent. A wrong prediction keeps its packet as a card. */

import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { PlayedScene } from '../../src/lesson/play.ts'
import { judgePrediction, type Prediction as Said } from '../../src/lesson/predict.ts'
import { fetchScene, useFetched } from './content.ts'
import { FlowTable } from './flow-table.tsx'
import { Answer, Prediction } from './prediction.tsx'
import { note } from './progress.ts'
import { worldAt } from './scene-state.ts'
import { SceneEvent, Stage } from './stage.tsx'
import { count } from './words.ts'
import { WorldPanel } from './world-panel.tsx'

export function PredictScene({ id, next }: { readonly id: string; readonly next?: string | undefined }) {
  const asked = useFetched(id, () => fetchScene(id))
  const { value, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  return value ? <Predictions key={id} scene={value} next={next} /> : <p class="quiet">Loading…</p>
}

function Predictions({ scene, next }: { readonly scene: PlayedScene; readonly next: string | undefined }) {
  const at = useSignal(0)
  const predicted = useSignal<readonly (Said | undefined)[]>([])
  const step = scene.steps[at.value]
  if (!step) return <Result scene={scene} predicted={predicted.value} next={next} />
  const own = predicted.value[at.value]
  const isKnown = step.kind === 'event' || own !== undefined
  const predict = (said: Said) => {
    const judged = judgePrediction(scene, at.value, said)
    if (!judged || own !== undefined) return
    const all = [...predicted.value]
    all[at.value] = said
    predicted.value = all
    const { card } = judged
    note(card ? { kind: 'mispredicted', card } : { kind: 'counterexample-settled', id: `${scene.id}#${at.value}` })
  }
  const goOn = () => {
    at.value += 1
    if (at.value === scene.steps.length) note({ kind: 'scene-seen', id: scene.id })
  }
  const judged = own && judgePrediction(scene, at.value, own)
  const before = scene.steps[at.value - 1]?.flows ?? []
  return (
    <div class="stack">
      <section class="panel" aria-label="The packet">
        {step.kind === 'packet' ? (
          <Stage packet={step} isSent={own !== undefined} place={`${scene.id} ${at.value}`} />
        ) : (
          <SceneEvent step={step} />
        )}
        <p class="player quiet">
          Step {at.value + 1} of {scene.steps.length}
        </p>
        <div class="scene-words">
          {step.kind === 'packet' && (
            <Prediction key={at.value} takesFocus={at.value > 0} packet={step} own={own} onPredict={predict} />
          )}
          <div role="status">
            {step.kind === 'packet' && judged && (
              <Answer packet={step} isRight={judged.isRight} isActionRight={judged.isActionRight} />
            )}
            {isKnown && <p>{step.explains}</p>}
          </div>
          {isKnown && <GoOn place={at.value} steps={scene.steps} onGo={goOn} />}
        </div>
      </section>
      <div class="two">
        <FlowTable flows={isKnown ? step.flows : before} before={before} />
        <WorldPanel world={worldAt(scene, at.value)} />
      </div>
    </div>
  )
}

/** Takes the focus when it appears, so that Enter goes on. */
function GoOn({
  place,
  steps,
  onGo,
}: {
  readonly place: number
  readonly steps: PlayedScene['steps']
  readonly onGo: () => void
}) {
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (place > 0 || steps[0]?.kind === 'packet') button.current?.focus()
  }, [place])
  return (
    <div class="buttons">
      <button class="button primary" type="button" ref={button} onClick={onGo}>
        {place === steps.length - 1 ? 'Finish' : 'Next'}
      </button>
    </div>
  )
}

interface ResultProps {
  readonly scene: PlayedScene
  readonly predicted: readonly (Said | undefined)[]
  readonly next: string | undefined
}

function Result({ scene, predicted, next }: ResultProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const packets = scene.steps.flatMap((step, at) => (step.kind === 'packet' ? [{ step, at }] : []))
  const isRight = (at: number) => {
    const said = predicted[at]
    return said !== undefined && judgePrediction(scene, at, said)?.isRight === true
  }
  const right = packets.filter(({ at }) => isRight(at)).length
  return (
    <section class="panel result" aria-label="Result">
      <h2 ref={heading} tabIndex={-1}>
        {right} of {count(packets.length, 'packet')} predicted
      </h2>
      <p class="claim">{scene.claim}</p>
      <ul class="tally" aria-label="Your predictions">
        {packets.map(({ step, at }) => (
          <li key={at}>
            <span class={`badge ${isRight(at) ? 'good' : 'bad'}`}>
              {isRight(at) ? 'As you said' : 'Not as you said'}
            </span>
            <code>{step.packet}</code>
            <span class="quiet">{step.action === 'allow' ? 'allowed' : 'denied'}</span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        {next && (
          <a class="button primary" href={next}>
            Next scene
          </a>
        )}
        <a class="button" href={`/console/lesson/watch/${scene.id}`}>
          Watch it
        </a>
      </div>
    </section>
  )
}
