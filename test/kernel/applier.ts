/**
 * A program that brings a policy into force in small transactions and is killed on the way: argv is a JSON of
 * `Application`. It ends by itself if the job has fewer transactions than that.
 */

import { NftSession } from '../../src/app/enforcement/nft-session.ts'
import { ProgramLoader } from '../../src/app/enforcement/program-loader.ts'
import { policyOf } from './policies-along.ts'

export interface Application {
  readonly enter: readonly string[]
  /** A timeline whose last line's policy of `e` is to be in force. */
  readonly timeline: string
  readonly mostElements: number
  /** Killed once so many transactions are done, or with that one under way. */
  readonly transactions: number
  readonly isUnderWay: boolean
}

const { enter, timeline, mostElements, transactions, isUnderWay } = JSON.parse(process.argv[2] ?? '') as Application

let begun = 0
const carryOut = NftSession.prototype.run
NftSession.prototype.run = async function (commands) {
  const isLast = ++begun === transactions
  const done = carryOut.call(this, commands)
  // A turn of the event loop, in which nft is told.
  await (isLast && isUnderWay ? new Promise(setImmediate) : done)
  if (isLast) process.kill(process.pid, 'SIGKILL')
  await done
}

const loader = new ProgramLoader({ enter, device: 'eth0', slot: 0 }, { mostElements })
await loader.load({ policy: policyOf(timeline, 'eni-e') })
loader.release()
