/**
 * A long-lived `nft -i` inside a network namespace: a line is a transaction, and costs a fraction of a process
 * (feasibility 3). That a line is done is known by the error that a marker behind it provokes: errors come in order. The
 * marker is no command at all: for one that nft understands, it would first read the whole ruleset from the kernel.
 */

import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { toolEnvironment } from '../system-tool.ts'

/** nft refused a transaction, or is not there; nothing of the transaction holds. */
export class NftFailure extends Error {
  override readonly name = 'NftFailure'
}

interface Waiting {
  readonly marker: string
  readonly resolve: () => void
  readonly reject: (failure: NftFailure) => void
}

/** An argv prefix that runs a program inside a network namespace; empty for this one. */
export type Enter = readonly string[]

/** A session that nobody uses is ended: a host may have hundreds. */
const idleAfter = 20_000

/** One nft, and the transactions that it owes an answer: those of an earlier one are not the next one's. */
interface Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly waiting: Waiting[]
  heard: string
}

export class NftSession {
  readonly #enter: Enter
  #running: Running | undefined
  #count = 0
  #idle: NodeJS.Timeout | undefined

  constructor(enter: Enter) {
    this.#enter = enter
  }

  /** All commands or none. Rejects with NftFailure. */
  run(commands: readonly string[]): Promise<void> {
    this.#count += 1
    const marker = `marker-${this.#count}`
    this.#running ??= this.#start()
    const { child, waiting } = this.#running
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.close(), idleAfter).unref()
    return new Promise((resolve, reject) => {
      waiting.push({ marker, resolve, reject })
      child.stdin.write(`${commands.join('; ')}\n${marker} ${marker}\n`)
    })
  }

  /** The table as `nft -n` lists it; undefined where there is none. Rejects with NftFailure. */
  list(table: string): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const [file = 'nft', ...args] = [...this.#enter, 'nft', '-n', 'list', 'table', 'inet', table]
      execFile(file, args, { env: toolEnvironment, maxBuffer: 1024 ** 3 }, (error, stdout, stderr) => {
        if (!error) resolve(stdout)
        else if (stderr.includes('No such file or directory')) resolve(undefined)
        else reject(new NftFailure(`nft cannot list ${table}: ${stderr.trim() || error.message}`))
      })
    })
  }

  /** What was asked is answered still. */
  close(): void {
    clearTimeout(this.#idle)
    this.#running?.child.stdin.end()
    this.#running = undefined
  }

  #start(): Running {
    const [file = 'nft', ...args] = [...this.#enter, 'nft', '-i']
    const child = spawn(file, args, { stdio: 'pipe', env: toolEnvironment })
    const running: Running = { child, waiting: [], heard: '' }
    const end = (why: string) => {
      if (this.#running === running) this.#running = undefined
      for (const { reject } of running.waiting.splice(0)) reject(new NftFailure(why))
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => hear(running, text))
    child.stdout.resume()
    child.stdin.on('error', () => undefined)
    child.once('error', (error) => end(`nft does not start: ${error.message}`))
    child.once('close', () => end(`nft ended: ${running.heard.trim() || 'without a word'}`))
    return running
  }
}

function hear(running: Running, text: string): void {
  running.heard += text
  for (let [next] = running.waiting; next; [next] = running.waiting) {
    const at = running.heard.indexOf(`${next.marker} ${next.marker}\n`)
    const end = at < 0 ? -1 : running.heard.indexOf('^\n', at)
    if (end < 0) return
    const errors = running.heard.slice(0, running.heard.lastIndexOf('Error:', at)).trim()
    running.heard = running.heard.slice(end + 2)
    running.waiting.shift()
    if (errors === '') next.resolve()
    else next.reject(new NftFailure(shortened(errors)))
  }
}

/** nft repeats the whole transaction below its error. */
function shortened(errors: string): string {
  const [first = errors] = errors.split('\n')
  return first.slice(0, 400)
}
