/**
 * The options by name: the `option` lines of a vector (docs/vectors.md) and `NAME=VALUE` of the command
 * line, where a timer's name is joined to its option: `timeout-syn-sent=60`.
 */

import { seconds } from '../base/clock.ts'
import { NotationError, Words } from '../base/words.ts'
import { type EngineDefaults, engineDefaults, type Timeouts } from './defaults.ts'
import { mostAnswered } from './protocol-state.ts'

interface Option {
  /** What may be written for its value. */
  readonly values: string
  readonly read: (words: Words, chosen: EngineDefaults) => EngineDefaults
  readonly show: (chosen: EngineDefaults) => string
}

/** The fields whose values are words, in the order of data-plane 8. */
const worded = {
  'syn-on-live-flow': { field: 'synOnLiveFlow', values: ['passes', 'opens'] },
  'lost-membership': { field: 'lostMembership', values: ['keeps', 'cuts'] },
  'halved-pair': { field: 'halvedPair', values: ['cuts', 'keeps'] },
  'narrowed-rule': { field: 'narrowedRule', values: ['cuts', 'keeps'] },
  'open-peers': { field: 'openPeers', values: ['literal', 'covering'] },
  'open-beside-narrow': { field: 'openBesideNarrow', values: ['untracked', 'tracked'] },
  'later-pair': { field: 'laterPair', values: ['keeps', 'drops'] },
  'one-way-flow': { field: 'oneWayFlow', values: ['keeps', 'cuts'] },
  'later-fragments': { field: 'laterFragments', values: ['datagram', 'pass', 'refuse'] },
  'tracking-scope': { field: 'trackingScope', values: ['interface', 'instance'] },
  'allowance-of': { field: 'allowanceOf', values: ['instance', 'interface'] },
  refusal: { field: 'refusal', values: ['silent', 'answered'] },
  multicast: { field: 'multicast', values: ['dropped', 'judged'] },
  'self-traffic': { field: 'selfTraffic', values: ['exempt', 'judged'] },
  'link-local': { field: 'linkLocal', values: ['judged', 'exempt'] },
  'timeout-edit': { field: 'timeoutEdit', values: ['next-packet', 'new-flows'] },
  'allowance-record': { field: 'allowanceRecord', values: ['reject', 'none'] },
} as const satisfies Readonly<
  Record<string, { readonly field: keyof EngineDefaults; readonly values: readonly string[] }>
>

const timers = {
  'syn-sent': 'synSent',
  'syn-received': 'synReceived',
  'fin-wait': 'finWait',
  'close-wait': 'closeWait',
  'last-ack': 'lastAck',
  'time-wait': 'timeWait',
  closed: 'closed',
  icmp: 'icmp',
  fragments: 'fragments',
} as const satisfies Readonly<Record<string, keyof Timeouts>>

const timerNames = Object.keys(timers) as readonly (keyof typeof timers)[]

function answersFrom(words: Words): number {
  const answers = words.number('answers')
  if (answers >= 1 && answers <= mostAnswered) return answers
  throw new NotationError(`stream-after takes 1 to ${mostAnswered} answers, not ${answers}`)
}

const options: Readonly<Record<string, Option>> = {
  'opens-mid-stream': onOrOff('opensMidStream'),
  'passes-related-errors': onOrOff('passesRelatedErrors'),
  ...Object.fromEntries(Object.entries(worded).map(([name, { field, values }]) => [name, oneOf(field, values)])),
  'stream-after': {
    values: `1-${mostAnswered}`,
    read: (words, chosen) => ({ ...chosen, streamAfter: answersFrom(words) }),
    show: ({ streamAfter }) => String(streamAfter),
  },
  allowance: {
    values: 'CONNECTIONS',
    read: (words, chosen) => ({ ...chosen, allowance: words.number('connections') }),
    show: ({ allowance }) => String(allowance),
  },
  'change-delay': {
    values: 'SECONDS',
    read: (words, chosen) => ({ ...chosen, changeDelay: seconds(words.number('seconds')) }),
    show: ({ changeDelay }) => String(changeDelay / 1000),
  },
  timeout: {
    values: 'TIMER SECONDS',
    read: (words, chosen) => {
      const timer = timers[words.oneOf(timerNames, 'a timer')]
      return { ...chosen, timeouts: { ...chosen.timeouts, [timer]: seconds(words.number('seconds')) } }
    },
    show: () => '',
  },
}

function onOrOff(field: 'opensMidStream' | 'passesRelatedErrors'): Option {
  return {
    values: 'on|off',
    read: (words, chosen) => ({ ...chosen, [field]: words.oneOf(['on', 'off'] as const, 'a choice') === 'on' }),
    show: ({ [field]: isOn }) => (isOn ? 'on' : 'off'),
  }
}

function oneOf(field: keyof EngineDefaults, values: readonly string[]): Option {
  return {
    values: values.join('|'),
    read: (words, chosen) => ({ ...chosen, [field]: words.oneOf(values, 'a choice') }),
    show: ({ [field]: value }) => String(value),
  }
}

/** `NAME VALUE`, the words after `option`. Throws NotationError. */
export function readOption(words: Words, chosen: EngineDefaults): EngineDefaults {
  const name = words.take('an option')
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) throw new NotationError(`there is no option ${name}: use ${Object.keys(options).join(', ')}`)
  const next = option.read(words, chosen)
  words.end()
  return next
}

/** `NAME=VALUE`, as a command line gives it. Throws NotationError. */
export function parseOption(text: string, chosen: EngineDefaults): EngineDefaults {
  const spelled = timerNames.some((name) => text.startsWith(`timeout-${name}=`)) ? text.replace('-', ' ') : text
  return readOption(new Words(spelled.replace('=', ' ')), chosen)
}

/** A line for each option: its name, what it may be, what it is by default. */
export function optionTable(): string {
  const rows = Object.entries(options).flatMap(([name, { values, show }]): [string, string][] => {
    if (name !== 'timeout') return [[`${name}=${values}`, show(engineDefaults)]]
    return timerNames.map((timer) => [
      `timeout-${timer}=SECONDS`,
      String(engineDefaults.timeouts[timers[timer]] / 1000),
    ])
  })
  return rows.map(([name, value]) => `  ${name.padEnd(44)}${value}`).join('\n')
}
