/** What passes from one end to another, and what nobody here can tell. */

import { type Diagram, nothing } from '../packet-set/diagram.ts'

/** Services between two ends inside; from outer addresses to services for an end outside. */
export interface Passage {
  readonly reachable: Diagram
  /** What depends on a hop that this program does not run, or on what is not known of the world. */
  readonly undetermined: Diagram
}

export const noPassage: Passage = { reachable: nothing, undetermined: nothing }
