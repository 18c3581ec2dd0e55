/** A packet that the learner predicted wrongly, to be predicted once more. */

import { useSignal } from '@preact/signals'
import type { LessonContent } from '../../src/app/lesson/api.ts'
import { type CounterexampleCard, judgePrediction, type Prediction as Said } from '../../src/lesson/predict.ts'
import { fetchScene, useFetched } from './content.ts'
import { FlowTable } from './flow-table.tsx'
import { Answer, Prediction } from './prediction.tsx'
import { note } from './progress.ts'
import { worldAt } from './scene-state.ts'
import { Stage } from './stage.tsx'
import { WorldPanel } from './world-panel.tsx'

export interface SurpriseProps {
  readonly card: CounterexampleCard
  readonly content: LessonContent
  readonly onDone: () => void
}

export function Surprise({ card, content, onDone }: SurpriseProps) {
  const { scene: id, step: at } = card
  const asked = useFetched(id, () => fetchScene(id))
  const said = useSignal<Said | undefined>(undefined)
  const { value: scene, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  const step = scene?.steps[at]
  if (!scene) return <p class="quiet">Loading…</p>
  // The lesson may have changed since the card was kept.
  if (step?.kind !== 'packet') return <Gone id={card.id} onDone={onDone} />
  const predict = (own: Said) => {
    said.value = own
    const judged = judgePrediction(scene, at, own)
    if (judged?.isRight) note({ kind: 'counterexample-settled', id: card.id })
  }
  const judged = said.value && judgePrediction(scene, at, said.value)
  const before = scene.steps[at - 1]?.flows ?? []
  return (
    <div class="stack">
      <p>
        A packet that surprised you, from{' '}
        <a href={`/console/lesson/watch/${id}`}>{content.scenes.find((each) => each.id === id)?.title ?? id}</a>.
      </p>
      <section class="panel" aria-label="The packet">
        <Stage packet={step} isSent={said.value !== undefined} place={card.id} />
        <div class="scene-words">
          <Prediction packet={step} own={said.value} onPredict={predict} />
          <div role="status">
            {judged && <Answer packet={step} isRight={judged.isRight} isActionRight={judged.isActionRight} />}
            {said.value && <p>{step.explains}</p>}
          </div>
          {said.value && (
            <div class="buttons">
              <button class="button primary" type="button" onClick={onDone}>
                Next card
              </button>
            </div>
          )}
        </div>
      </section>
      <div class="two">
        <FlowTable flows={said.value ? step.flows : before} before={before} />
        <WorldPanel world={worldAt(scene, at)} />
      </div>
    </div>
  )
}

function Gone({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const drop = () => {
    note({ kind: 'counterexample-settled', id })
    onDone()
  }
  return (
    <div class="buttons">
      <p>The lesson has no such packet any more.</p>
      <button class="button" type="button" onClick={drop}>
        Put the card away
      </button>
    </div>
  )
}
