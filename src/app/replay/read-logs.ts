/**
 * Flow logs into a replay, in the order of the files. Where there are more processors than one, other threads read
 * them and this one judges. A file that cannot be read to its end is told, and the others go on.
 */

import { on } from 'node:events'
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import type { LogFormat } from '../../replay/log-format.ts'
import { RecordBatch } from '../../replay/record-batch.ts'
import type { Replay } from '../../replay/replay.ts'
import { openThread } from '../open-thread.ts'
import type { LogFile } from './log-files.ts'
import { readFile } from './read-file.ts'
import type { ReadingMessage, ReadingTask } from './reading-thread.ts'

/** A file that is no flow log, or that is damaged as a whole. */
export interface UnreadFile {
  readonly path: string
  readonly why: string
}

export interface Progress {
  /** Bytes of files as they lie on the disk. */
  readonly done: number
  readonly all: number
}

/** Logs that are being read, for one replay. */
export interface LogReading {
  /** What went wrong with files is in the result; `tell` is called after each chunk. */
  readonly into: (replay: Replay, tell: (progress: Progress) => void) => Promise<readonly UnreadFile[]>
  /** To be called whether they were read to the end or not. */
  readonly stop: () => Promise<void>
}

/** More would wait for the one that judges. */
const mostThreads = 4

/**
 * Begins at once, where threads read: the rules to judge by may be loaded meanwhile. `format` is for lines without a
 * header. Standard input is this thread's.
 */
export function beginReading(
  files: readonly LogFile[],
  format?: LogFormat,
  threads = Math.min(mostThreads, availableParallelism() - 1),
): LogReading {
  const count = files.some(({ path }) => path === '-') ? 0 : Math.min(threads, files.length)
  return count > 0 ? readingInThreads(files, count, format) : readingHere(files)
}

function readingHere(files: readonly LogFile[]): LogReading {
  return {
    into: (replay, tell) =>
      inOrder(files, tell, (file, told) => {
        const linesIn = (format?: LogFormat) => replay.file(file.path, format)
        return readFile(file, { linesIn, tell: told })
      }),
    stop: async () => undefined,
  }
}

/** `read` reads one file, telling the bytes of it that are done with; why it could not be read to its end, if so. */
async function inOrder(
  files: readonly LogFile[],
  tell: (progress: Progress) => void,
  read: (file: LogFile, told: (bytes: number) => void, index: number) => Promise<string | undefined>,
): Promise<readonly UnreadFile[]> {
  const all = files.reduce((sum, { size }) => sum + size, 0)
  const unread: UnreadFile[] = []
  let before = 0
  for (const [index, file] of files.entries()) {
    const why = await read(file, (bytes) => tell({ done: before + bytes, all }), index)
    if (why !== undefined) unread.push({ path: file.path, why })
    before += file.size
    tell({ done: before, all })
  }
  return unread
}

/** Each thread reads every so manyth file, and numbers the interfaces that it meets for itself. */
function readingInThreads(files: readonly LogFile[], count: number, format: LogFormat | undefined): LogReading {
  const threads = Array.from({ length: count }, (_, own) =>
    threadReading({ files: files.filter((_, index) => index % count === own), format }),
  )
  return {
    into: (replay, tell) => {
      const intakes = threads.map(() => replay.intake())
      return inOrder(files, tell, async (_, told, index) => {
        const { messages, worker } = threads[index % count] as ReadingThread
        for (;;) {
          const message = await messages()
          if (message.kind === 'end') return message.why
          const { memory, size, names, damaged, bytes } = message
          intakes[index % count]?.({ records: new RecordBatch(memory, size), names, damaged })
          worker.postMessage(memory)
          told(bytes)
        }
      })
    },
    stop: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

interface ReadingThread {
  readonly worker: Worker
  /** The next message. Rejects with what ended the thread. */
  readonly messages: () => Promise<ReadingMessage>
}

function threadReading(workerData: ReadingTask): ReadingThread {
  const worker = openThread(new URL('./reading-thread.js', import.meta.url), { workerData })
  const messages = on(worker, 'message', { close: ['exit'] })[Symbol.asyncIterator]()
  return {
    worker,
    messages: async () => {
      const { value, done } = await messages.next()
      if (done) throw new Error('The thread that reads flow logs has ended before them.')
      return value[0]
    },
  }
}
