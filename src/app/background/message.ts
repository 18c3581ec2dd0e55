/** What the server and a thread say to each other. */

import type { Change } from '../../model/change.ts'
import type { Scope } from '../../model/world.ts'
import type { WorkName } from './work.ts'

export type ToThread =
  /** Nothing is held any more; what follows is of this scope. */
  | { readonly kind: 'empty'; readonly scope: Scope }
  /** Of the first world of a question, which is held from one question to the next, or of one made from it. */
  | { readonly kind: 'changes'; readonly world: number; readonly changes: readonly Change[] }
  | { readonly kind: 'ask'; readonly name: WorkName; readonly worlds: number; readonly given: readonly unknown[] }

export type FromThread =
  | { readonly kind: 'answer'; readonly answer: unknown }
  /** What was asked makes no sense. */
  | { readonly kind: 'bad-input'; readonly message: string }
  | { readonly kind: 'failure'; readonly message: string }
