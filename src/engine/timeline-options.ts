/** The `option` lines of a vector (docs/vectors.md): what the engine is to do where AWS says nothing. */

import { seconds } from '../base/clock.ts'
import { NotationError, type Words } from '../base/words.ts'
import type { EngineDefaults, Timeouts } from './defaults.ts'

type Option = (words: Words, chosen: EngineDefaults) => EngineDefaults

const options: Readonly<Record<string, Option>> = {
  'opens-mid-stream': (words, chosen) => ({ ...chosen, opensMidStream: isOn(words) }),
  'passes-related-errors': (words, chosen) => ({ ...chosen, passesRelatedErrors: isOn(words) }),
  allowance: (words, chosen) => ({ ...chosen, allowance: words.number('connections') }),
  timeout: (words, chosen) => {
    const timer = timers[words.oneOf(timerNames, 'a timer')]
    return { ...chosen, timeouts: { ...chosen.timeouts, [timer]: seconds(words.number('seconds')) } }
  },
}

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

function isOn(words: Words): boolean {
  return words.oneOf(['on', 'off'] as const, 'a choice') === 'on'
}

/** `NAME VALUE`, the words after `option`. Throws NotationError. */
export function readOption(words: Words, chosen: EngineDefaults): EngineDefaults {
  const name = words.take('an option')
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) throw new NotationError(`there is no option ${name}: use ${Object.keys(options).join(', ')}`)
  const next = option(words, chosen)
  words.end()
  return next
}
