/** Questions that are made on the spot, easier or harder as the answers so far suggest. */

import { useSignal } from '@preact/signals'
import { PracticeQuestion } from './practice.tsx'
import { levelOfNext } from './progress.ts'

export function Endless() {
  const id = useSignal(draw())
  return (
    <PracticeQuestion
      id={id.value}
      next={
        <button class="button primary" type="button" onClick={() => (id.value = draw())}>
          Next question
        </button>
      }
    />
  )
}

/** A generated question's id is its level and its seed, of up to nine digits. */
function draw(): string {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1))
  return `${levelOfNext()}-${seed % 1e9}`
}
