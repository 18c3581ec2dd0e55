/** The whole lesson: its chapters in order, its scenes. */

import { invariant } from '../base/invariant.ts'
import { keyConcept, mistakes, whatItIs } from './chapters/beginnings.ts'
import { fiveCommands } from './chapters/five-commands.ts'
import { idleTimeouts, trackedAndUntracked, trackingAllowance } from './chapters/memory.ts'
import {
  defaultGroup,
  groupReferences,
  groupsAndAcls,
  icmp,
  neverFiltered,
  summary,
  twoInterfaces,
} from './chapters/surroundings.ts'
import type { Chapter, Scene } from './content.ts'
import { aclScenes } from './scenes/acl.ts'
import { beyondScenes } from './scenes/beyond.ts'
import { commandScenes } from './scenes/commands.ts'
import { peerScenes } from './scenes/peers.ts'
import { stateScenes } from './scenes/state.ts'
import { timeoutScenes } from './scenes/timeouts.ts'
import { trackingScenes } from './scenes/tracking.ts'

export const chapters: readonly Chapter[] = [
  whatItIs,
  fiveCommands,
  keyConcept,
  mistakes,
  trackedAndUntracked,
  idleTimeouts,
  groupReferences,
  icmp,
  twoInterfaces,
  groupsAndAcls,
  defaultGroup,
  neverFiltered,
  trackingAllowance,
  summary,
]

export const scenes: readonly Scene[] = [
  ...commandScenes,
  ...stateScenes,
  ...trackingScenes,
  ...timeoutScenes,
  ...peerScenes,
  ...beyondScenes,
  ...aclScenes,
]

const byId = new Map(scenes.map((scene) => [scene.id, scene]))

/** The content names only scenes that exist. */
export function sceneNamed(id: string): Scene {
  const scene = byId.get(id)
  invariant(scene, `there is a scene ${id}`)
  return scene
}
