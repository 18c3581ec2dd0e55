/** What a change of the world opens and closes, compared beside the server's own thread; or why it was too much. */

import type { World } from '../../model/world.ts'
import type { Background } from '../background/background.ts'
import { TooMuch } from '../background/desk.ts'
import type { WorldChanges } from './api.ts'
import { noChanges } from './changes.ts'

export interface Compared {
  readonly changes: WorldChanges
  /** The reason, if it was given up. */
  readonly notCompared: readonly string[]
}

export async function comparedBeside(background: Background, before: World, after: World): Promise<Compared> {
  try {
    return { changes: await background.ask('changes', [before, after]), notCompared: [] }
  } catch (thrown) {
    if (!(thrown instanceof TooMuch)) throw thrown
    return { changes: noChanges, notCompared: [thrown.message] }
  }
}
