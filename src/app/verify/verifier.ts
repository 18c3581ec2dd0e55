/**
 * Holds an explanation against the kernel: every part of it is a packet that is really sent, through the rules of both
 * interfaces and all that is between them, and whose answer is awaited.
 */

import type { World } from '../../model/world.ts'
import { parsePacket } from '../../packet/notation.ts'
import type { Payload } from '../../packet/packet.ts'
import { type Explanation, explain, type Finding, type Question } from '../../reach/explain.ts'
import { UnknownPlace } from '../../reach/place.ts'
import { BadInput } from '../bad-input.ts'
import { Turns } from '../enforcement/turns.ts'
import { enterCommand } from '../lab/holder.ts'
import type { Lab } from '../lab/lab.ts'
import { errandOf } from './errand.ts'
import { type Outcome, patience, sendProbe } from './probe-run.ts'

/** What the kernel says of one finding. */
export interface KernelWord {
  readonly result: 'reachable' | 'unreachable' | 'not-asked'
  /** How it is known, or why it was not asked. */
  readonly how: string
  /** Null where one of the two has no answer. */
  readonly isAgreed: boolean | null
}

export interface Verification {
  readonly explanation: Explanation
  /** One for each finding, in their order. */
  readonly kernel: readonly KernelWord[]
}

/** Where the worlds are, and what keeps the kernel in step with them. */
export interface VerifierParts {
  readonly lab: Lab | undefined
  /** Once the kernel has the newest rules. */
  readonly settled: () => Promise<void>
  /** The newest world of the same scope. */
  readonly newest: (world: World) => World
}

/** More parts of a question are not tried. */
const mostProbes = 20
/** Rules that change while packets are under way would be compared with others. */
const mostAttempts = 3

export class Verifier {
  readonly #parts: VerifierParts
  /** Probes lend addresses and load tables: one question at a time. */
  readonly #turns = new Turns(1)

  constructor(parts: VerifierParts) {
    this.#parts = parts
  }

  /** Rejects with BadInput, and with SystemFailure where the system refuses a step. */
  verify(world: World, question: Question): Promise<Verification> {
    return this.#turns.take(async () => {
      const { lab, settled, newest } = this.#parts
      if (!lab)
        throw new BadInput('This endpoint runs no instances: start it with `sallyport serve --data-plane namespaces`.')
      for (let attempt = 1; ; attempt += 1) {
        await settled()
        const asked = newest(world)
        const explanation = explained(asked, question)
        const kernel: KernelWord[] = []
        for (const [index, finding] of explanation.findings.entries()) {
          kernel.push(index < mostProbes ? await wordOn(asked, finding, lab) : untried)
        }
        if (newest(world) === asked || attempt === mostAttempts) return { explanation, kernel }
      }
    })
  }
}

const untried: KernelWord = {
  result: 'not-asked',
  how: `only the first ${mostProbes} parts of a question are tried`,
  isAgreed: null,
}

function explained(world: World, question: Question): Explanation {
  try {
    return explain(world, question)
  } catch (thrown) {
    throw thrown instanceof UnknownPlace ? new BadInput(thrown.message) : thrown
  }
}

async function wordOn(world: World, finding: Finding, { holder }: Lab): Promise<KernelWord> {
  const errand = errandOf(world, finding)
  const outcome = typeof errand === 'string' ? errand : await sendProbe(errand, (name) => enterCommand(holder, name))
  if (typeof outcome === 'string') return { result: 'not-asked', how: outcome, isAgreed: null }
  const result = outcome.milliseconds === undefined ? 'unreachable' : 'reachable'
  return { result, how: howText(finding, outcome), isAgreed: agrees(finding, result, outcome) }
}

/** A packet that came through where the engine stops it is a hole, also if its answer did not find the way back. */
function agrees({ result, hops }: Finding, word: KernelWord['result'], { hasArrived }: Outcome): boolean {
  const isLetIn = hops.every(({ leg, outcome }) => leg === 'return' || outcome === 'passes')
  return word === result && (hasArrived === undefined || hasArrived === isLetIn)
}

function howText({ packet }: Finding, { milliseconds, hasArrived }: Outcome): string {
  const what = nameOf(parsePacket(packet).payload)
  if (milliseconds !== undefined) return `${what} answered after ${milliseconds.toFixed(1)} ms`
  const seconds = `${patience / 1000} s`
  if (hasArrived) return `${what} arrived, and no answer came back within ${seconds}`
  return `${what} not answered within ${seconds}${hasArrived === false ? ', and it did not arrive' : ''}`
}

function nameOf(payload: Payload): string {
  switch (payload.kind) {
    case 'tcp':
      return 'SYN'
    case 'udp':
      return 'datagram'
    case 'icmp':
      return 'echo request'
    case 'other':
      return `packet of protocol ${payload.protocol}`
    default:
      return payload satisfies never
  }
}
