/** What the operator is told, as JSON lines on standard error, and at which level. */

import { pino } from 'pino'
import type { Answered } from '../ec2/endpoint.ts'
import type { SystemOptions } from './assemble.ts'
import type { LabEvent } from './lab/lab.ts'
import type { StoreEvent } from './ledger.ts'

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

type Log = Pick<ReturnType<typeof pino>, 'error' | 'warn' | 'info'>

export function operatorLog(
  level: LogLevel,
): Required<Pick<SystemOptions, 'onAnswer' | 'onStore' | 'onFlowLogFailure' | 'onLab'>> {
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
  return {
    onAnswer: (answered) => logAnswer(log, answered),
    onStore: (event) => logStore(log, event),
    onLab: (event) => logLab(log, event),
    onFlowLogFailure: (err) => log.error({ err }, 'a file of a flow log could not be written; its records are lost'),
  }
}

function logAnswer(log: Log, { failure, code, action, ...answered }: Answered): void {
  const { requestId, status, caller } = answered
  const facts = { requestId, action, status, code, account: caller?.account, region: caller?.region }
  if (failure !== undefined) log.error({ ...facts, err: failure }, 'a request failed inside')
  else if (code === 'InvalidAction') log.warn(facts, `the action ${action} is not there`)
  else log.info(facts, code === undefined ? 'answered' : 'refused')
}

function logStore(log: Log, event: StoreEvent): void {
  if (event.kind === 'failed')
    log.error({ err: event.cause }, 'the store failed; requests are refused until it is back')
  else log.warn('the store is back')
}

function logLab(log: Log, event: LabEvent): void {
  if (event.kind === 'degraded')
    log.error({ err: event.cause }, 'instances are not as they should be; it is tried again')
  else log.warn('instances are as they should be again')
}
