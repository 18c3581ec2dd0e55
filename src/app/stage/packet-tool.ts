/** Talks with the packet tool (packets-script.ts): a line asks, a line answers, in the order of the questions. */

import { createInterface } from 'node:readline'
import { SystemFailure } from '../system-failure.ts'
import type { Namespaces } from './namespaces.ts'

type Holder = Namespaces['holder']

/** Where datagrams are put in: at the network's end, beside a neighbour's bridge, or at the host's end. */
export type Entrance = 'wire' | 'near' | 'inside'

/** One datagram, in one frame or in several. */
export interface Sent {
  readonly entrance: Entrance
  readonly frames: readonly Uint8Array[]
}

/** The outer ends; an interface that is at no subnet's edge has nobody near. */
interface Devices {
  readonly wire: string
  readonly inside: string
  readonly near?: string
}

interface Question {
  readonly resolve: (answer: unknown) => void
  readonly reject: (problem: Error) => void
}

export class PacketTool {
  readonly #holder: Holder
  readonly #open: Question[] = []
  readonly #ready: Promise<unknown>
  #complaints = ''
  #end: Error | undefined

  constructor(holder: Holder) {
    this.#holder = holder
    this.#ready = new Promise((resolve, reject) => this.#open.push({ resolve, reject }))
    createInterface({ input: holder.stdout }).on('line', (line) => this.#hear(line))
    holder.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text
    })
    holder.on('error', (error) => this.#stop(error.message))
    holder.on('close', (code) => this.#stop(`ended with ${code}: ${this.#complaints.trim()}`))
  }

  /** Settles once it runs; fails where the system forbids such namespaces. */
  async ready(): Promise<void> {
    await this.#ready
  }

  async open(name: string, devices: Devices): Promise<void> {
    await this.#ask({ open: name, ...devices })
  }

  /** Which of the datagrams came out at the far end, once those at the indexes `until` have. */
  async pass(name: string, sent: readonly Sent[], until: readonly number[]): Promise<readonly boolean[]> {
    const send = sent.map(({ entrance, frames }) => [
      entrance,
      frames.map((frame) => Buffer.from(frame).toString('base64')),
    ])
    return (await this.#ask({ interface: name, send, until })) as readonly boolean[]
  }

  #ask(question: object): Promise<unknown> {
    if (this.#end) return Promise.reject(this.#end)
    this.#holder.stdin.write(`${JSON.stringify(question)}\n`)
    return new Promise((resolve, reject) => this.#open.push({ resolve, reject }))
  }

  #hear(line: string): void {
    const { answer, problem } = JSON.parse(line) as { answer?: unknown; problem?: string }
    const question = this.#open.shift()
    if (problem === undefined) question?.resolve(answer)
    else question?.reject(new SystemFailure(`the stage is broken: ${problem}`))
  }

  #stop(why: string): void {
    this.#end ??= new SystemFailure(`the stage is closed: the packet tool ${why}`)
    for (const question of this.#open.splice(0)) question.reject(this.#end)
  }
}
