/** The rules as they are at a step of a scene: an event leaves them changed. */

import type { PlayedScene } from '../../src/lesson/play.ts'
import type { WorldView } from '../../src/lesson/world-view.ts'

export function worldAt({ world, steps }: PlayedScene, at: number): WorldView {
  const changes = steps.slice(0, at + 1).flatMap((step) => (step.kind === 'event' ? [step.world] : []))
  return changes.at(-1) ?? world
}
