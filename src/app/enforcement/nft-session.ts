/**
 * A long-lived `nft -i` inside a network namespace: a line is a transaction, and costs a fraction of a process
 * (feasibility 3). That a line is done is known by the error that a marker behind it provokes: errors come in order. The
 * marker is no command at all: for one that nft understands, it would first read the whole ruleset from the kernel.
 */

import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { toolEnvironment } from '../lab/tool.ts'

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

export class NftSession {
  readonly #enter: Enter
  #child: ChildProcessWithoutNullStreams | undefined
  #heard = ''
  #count = 0
  #waiting: Waiting[] = []
  #idle: NodeJS.Timeout | undefined

  constructor(enter: Enter) {
    this.#enter = enter
  }

  /** All commands or none. Rejects with NftFailure. */
  run(commands: readonly string[]): Promise<void> {
    this.#count += 1
    const marker = `marker-${this.#count}`
    const child = this.#started()
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.close(), idleAfter).unref()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ marker, resolve, reject })
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

  close(): void {
    clearTimeout(this.#idle)
    this.#child?.stdin.end()
    this.#child = undefined
  }

  #started(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child
    const [file = 'nft', ...args] = [...this.#enter, 'nft', '-i']
    const child = spawn(file, args, { stdio: 'pipe', env: toolEnvironment })
    this.#child = child
    this.#heard = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear(text))
    child.stdout.resume()
    child.stdin.on('error', () => undefined)
    child.once('error', (error) => this.#ended(child, `nft does not start: ${error.message}`))
    child.once('close', () => this.#ended(child, `nft ended: ${this.#heard.trim() || 'without a word'}`))
    return child
  }

  #hear(text: string): void {
    this.#heard += text
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const at = this.#heard.indexOf(`${next.marker} ${next.marker}\n`)
      const end = at < 0 ? -1 : this.#heard.indexOf('^\n', at)
      if (end < 0) return
      const errors = this.#heard.slice(0, this.#heard.lastIndexOf('Error:', at)).trim()
      this.#heard = this.#heard.slice(end + 2)
      this.#waiting.shift()
      if (errors === '') next.resolve()
      else next.reject(new NftFailure(shortened(errors)))
    }
  }

  #ended(child: ChildProcessWithoutNullStreams, why: string): void {
    if (this.#child === child) this.#child = undefined
    const left = this.#waiting
    this.#waiting = []
    for (const { reject } of left) reject(new NftFailure(why))
  }
}

/** nft repeats the whole transaction below its error. */
function shortened(errors: string): string {
  const [first = errors] = errors.split('\n')
  return first.slice(0, 400)
}
