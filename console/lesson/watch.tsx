/** Watch: a scene step by step, the packet on its way and the state table filling. */

import { useSignal, useSignalEffect } from '@preact/signals'
import type { PlayedScene } from '../../src/lesson/play.ts'
import { fetchScene, useFetched } from './content.ts'
import { FlowTable } from './flow-table.tsx'
import { Outcome, PacketLine } from './outcome.tsx'
import { note } from './progress.ts'
import { worldAt } from './scene-state.ts'
import { SceneEvent, Stage } from './stage.tsx'
import { WorldPanel } from './world-panel.tsx'

const secondsAStep = 3.4

export function WatchScene({ id }: { readonly id: string }) {
  const asked = useFetched(id, () => fetchScene(id))
  const { value, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  return value ? <Player key={id} scene={value} /> : <p class="quiet">Loading…</p>
}

function Player({ scene }: { readonly scene: PlayedScene }) {
  const at = useSignal(0)
  const isPlaying = useSignal(false)
  const last = scene.steps.length - 1
  useSignalEffect(() => {
    if (at.value === last) {
      isPlaying.value = false
      note({ kind: 'scene-seen', id: scene.id })
    }
    if (!isPlaying.value) return
    const timer = setTimeout(() => {
      at.value += 1
    }, secondsAStep * 1000)
    return () => clearTimeout(timer)
  })
  const go = (to: number) => {
    isPlaying.value = false
    at.value = to
  }
  const play = () => {
    if (at.value === last) at.value = 0
    isPlaying.value = !isPlaying.value
  }
  return (
    <div class="stack">
      <p class="claim">{scene.claim}</p>
      <section class="panel" aria-label="The scene">
        <SceneStage scene={scene} at={at.value} />
        <div class="player">
          <button class="button" type="button" disabled={at.value === 0} onClick={() => go(at.value - 1)}>
            Back
          </button>
          <button class="button primary" type="button" onClick={play}>
            {isPlaying.value ? 'Pause' : at.value === last ? 'Play again' : 'Play'}
          </button>
          <button class="button" type="button" disabled={at.value === last} onClick={() => go(at.value + 1)}>
            Next step
          </button>
          <span class="quiet">
            Step {at.value + 1} of {scene.steps.length}
          </span>
        </div>
        <SceneWords scene={scene} at={at.value} />
      </section>
      <div class="two">
        <FlowTable flows={scene.steps[at.value]?.flows ?? []} before={scene.steps[at.value - 1]?.flows ?? []} />
        <WorldPanel world={worldAt(scene, at.value)} />
      </div>
    </div>
  )
}

interface MomentProps {
  readonly scene: PlayedScene
  readonly at: number
}

function SceneStage({ scene, at }: MomentProps) {
  const step = scene.steps[at]
  if (step?.kind === 'packet') return <Stage packet={step} isSent place={`${scene.id} ${at}`} />
  return step ? <SceneEvent step={step} /> : null
}

function SceneWords({ scene, at }: MomentProps) {
  const step = scene.steps[at]
  return (
    <div class="scene-words" role="status">
      {step?.kind === 'packet' && (
        <>
          <PacketLine packet={step} />
          <Outcome packet={step} />
        </>
      )}
      <p>{step?.explains}</p>
    </div>
  )
}
