/**
 * The latest flow log records of each account and Region while they still grow, each with what decided its
 * newest packet. A record spans a minute at most, as on AWS's instances of today.
 */

import { formatInstant, type Instant, seconds } from '../../base/clock.ts'
import { FlowWindow, flowAction } from '../../engine/flow-record.ts'
import { recordLine } from '../../engine/flow-record-text.ts'
import { reasonSentence } from '../../engine/reason-sentence.ts'
import type { AllowedBecause, DeniedBecause, Verdict } from '../../engine/verdict.ts'
import { defaultFlowLogFormat } from '../../model/flow-log.ts'
import type { Scope } from '../../model/world.ts'
import { flowKey } from '../../packet/flow-key.ts'
import { formatFlow } from '../../packet/notation.ts'
import { logsFor, recordedInterface } from '../flow-logs.ts'
import type { Witnessed } from '../live-engines.ts'
import { trafficPath } from '../traffic-path.ts'
import type { Decider, LiveRecord } from './api.ts'

interface Kept {
  /** Holds this one record. */
  readonly window: FlowWindow
  record: LiveRecord
  /** Goes up with each packet of the Region. */
  seen: number
}

interface Book {
  readonly records: Map<string, Kept>
  seen: number
}

const span = seconds(60)
/** The longest unseen make room. */
const mostRecords = 1000

export class LiveRecords {
  readonly #books = new Map<string, Book>()

  witness(witnessed: Witnessed): void {
    const { world, card, direction, packet, verdict, now } = witnessed
    const action = flowAction(verdict)
    if (action === undefined) return
    const book = this.#bookOf(world.scope)
    const key = `${card.id} ${direction} ${action} ${flowKey(packet)} ${Math.floor(now / span)}`
    const window = book.records.get(key)?.window ?? new FlowWindow()
    window.note({ packet, direction, action, now, trafficPath: () => trafficPath(world, card, packet.destination) })
    book.seen += 1
    book.records.delete(key)
    book.records.set(key, { window, record: recordOf(key, witnessed, window), seen: book.seen })
    const [oldest] = book.records.keys()
    if (book.records.size > mostRecords && oldest !== undefined) book.records.delete(oldest)
  }

  /** What was seen after that count, longest unseen first, and the count to ask with next. */
  since(scope: Scope, seen: number): { readonly records: readonly LiveRecord[]; readonly seen: number } {
    const book = this.#bookOf(scope)
    const fresh = book.seen === seen ? [] : [...book.records.values()].filter((each) => each.seen > seen)
    return { records: fresh.map(({ record }) => record), seen: book.seen }
  }

  #bookOf({ account, region }: Scope): Book {
    const key = `${account}/${region}`
    const book = this.#books.get(key) ?? { records: new Map(), seen: 0 }
    this.#books.set(key, book)
    return book
  }
}

function recordOf(
  key: string,
  { world, card, direction, packet, verdict, now }: Witnessed,
  window: FlowWindow,
): LiveRecord {
  const [record] = window.records
  const action = verdict.action === 'allow' ? 'ACCEPT' : 'REJECT'
  const at = recordedInterface(world, card)
  return {
    key,
    line: record ? recordLine(defaultFlowLogFormat, at, { status: 'OK', record }) : '',
    networkInterface: card.id,
    direction,
    action,
    flow: formatFlow(packet),
    packets: record?.packets ?? 0,
    bytes: record?.bytes ?? 0,
    start: formatInstant(record?.start ?? now),
    end: formatInstant(now),
    flowLogs: logsFor(world, card, action).map(({ id }) => id),
    decidedBy: deciderOf(verdict, now),
  }
}

function deciderOf(verdict: Verdict, now: Instant): Decider {
  return { ...factsOf(verdict.because), kind: verdict.because.kind, sentence: reasonSentence(verdict, now) }
}

type Facts = Pick<Decider, 'rules' | 'isByConnection' | 'acl'>

function factsOf(because: AllowedBecause | DeniedBecause): Facts {
  const none: Facts = { rules: [], isByConnection: false, acl: null }
  switch (because.kind) {
    case 'rules':
    case 'message':
    case 'no-state':
      return { ...none, rules: because.rules }
    case 'untracked':
      return { ...none, rules: [...because.rules, ...because.answers] }
    case 'connection':
    case 'related-error':
      return { ...none, rules: because.connection.by, isByConnection: true }
    case 'fragment':
      return factsOf(because.first)
    case 'acl':
      return { ...none, acl: because.acl }
    default:
      return none
  }
}
