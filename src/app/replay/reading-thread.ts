/**
 * A thread that reads flow logs, one after the other, and posts what it read in batches. It is given their memory
 * back, and waits when too many are under way, so that it never runs far ahead of the judging.
 */

import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { InterfaceNames } from '../../replay/interface-names.ts'
import type { LogFormat } from '../../replay/log-format.ts'
import { LogLines, type Portion, type Taker } from '../../replay/log-lines.ts'
import { RecordBatch } from '../../replay/record-batch.ts'
import type { LogFile } from './log-files.ts'
import { readFile } from './read-file.ts'

export interface ReadingTask {
  readonly files: readonly LogFile[]
  readonly format: LogFormat | undefined
}

/** The memory of a batch comes back as the message that answers it. */
export type ReadingMessage =
  | {
      readonly kind: 'portion'
      readonly memory: SharedArrayBuffer
      readonly size: number
      readonly names: Portion['names']
      readonly damaged: Portion['damaged']
      /** Of the file, that were done with before. */
      readonly bytes: number
    }
  /** Of a file; `why` if it could not be read to it. */
  | { readonly kind: 'end'; readonly why: string | undefined }

/** Of one thread; a batch is some 0.8 MB. */
const mostUnderWay = 12

if (parentPort) await read(parentPort, workerData as ReadingTask)

async function read(port: NonNullable<typeof parentPort>, { files, format: asked }: ReadingTask): Promise<void> {
  const names = new InterfaceNames()
  const free: SharedArrayBuffer[] = []
  let underWay = 0
  port.on('message', (memory: SharedArrayBuffer) => {
    free.push(memory)
    underWay -= 1
  })
  const post = (message: ReadingMessage) => port.postMessage(message)
  for (const file of files) {
    let read = 0
    const take: Taker = ({ records: { memory, size }, ...more }) => {
      post({ kind: 'portion', memory, size, ...more, bytes: read })
      underWay += 1
      return new RecordBatch(free.pop())
    }
    const why = await readFile(file, {
      linesIn: (format = asked) => new LogLines(names, { name: file.path, format }, take),
      tell: async (bytes) => {
        read = bytes
        while (underWay > mostUnderWay) await once(port, 'message')
      },
    })
    post({ kind: 'end', why })
  }
  port.close()
}
