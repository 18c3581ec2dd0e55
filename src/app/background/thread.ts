/** What runs in a thread: it keeps a world in step with the server's and answers one question after the other. */

import { parentPort } from 'node:worker_threads'
import { invariant } from '../../base/invariant.ts'
import { apply, emptyWorld, type World } from '../../model/world.ts'
import { BadInput } from '../bad-input.ts'
import type { FromThread, ToThread } from './message.ts'
import { type Worlds, work } from './work.ts'

let worlds: World[] = []

function hear(message: ToThread): void {
  switch (message.kind) {
    case 'empty':
      worlds = [emptyWorld(message.scope)]
      return
    case 'changes':
      worlds[message.world] = apply(worldAt(message.world), message.changes)
      return
    case 'ask':
      parentPort?.postMessage(answerTo(message))
      worlds.length = 1
      return
    default:
      message satisfies never
  }
}

function worldAt(index: number): World {
  const world = worlds[index] ?? worlds[0]
  invariant(world, 'a thread is told of a scope first')
  return world
}

function answerTo({ name, worlds: count, given }: Extract<ToThread, { kind: 'ask' }>): FromThread {
  const [first, ...more] = Array.from({ length: count }, (_, index) => worldAt(index))
  invariant(first, 'a question is about a world')
  try {
    const run = work[name] as (worlds: Worlds, ...given: readonly unknown[]) => unknown
    return { kind: 'answer', answer: run([first, ...more], ...given) }
  } catch (thrown) {
    if (thrown instanceof BadInput) return { kind: 'bad-input', message: thrown.message }
    return { kind: 'failure', message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }
  }
}

parentPort?.on('message', hear)
