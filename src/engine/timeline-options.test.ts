/** Every option by its name, as a vector writes it and as a command line does. */

import { describe, expect, test } from 'vitest'
import { NotationError, Words } from '../base/words.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import { optionTable, parseOption, readOption } from './timeline-options.ts'

/** Each option with its values, the default first, and what they choose. */
const table: readonly (readonly [name: string, values: Readonly<Record<string, Partial<EngineDefaults>>>])[] = [
  ['opens-mid-stream', { off: { opensMidStream: false }, on: { opensMidStream: true } }],
  ['passes-related-errors', { on: { passesRelatedErrors: true }, off: { passesRelatedErrors: false } }],
  ['syn-on-live-flow', { passes: { synOnLiveFlow: 'passes' }, opens: { synOnLiveFlow: 'opens' } }],
  ['lost-membership', { keeps: { lostMembership: 'keeps' }, cuts: { lostMembership: 'cuts' } }],
  ['halved-pair', { cuts: { halvedPair: 'cuts' }, keeps: { halvedPair: 'keeps' } }],
  ['narrowed-rule', { cuts: { narrowedRule: 'cuts' }, keeps: { narrowedRule: 'keeps' } }],
  ['open-peers', { literal: { openPeers: 'literal' }, covering: { openPeers: 'covering' } }],
  ['open-beside-narrow', { untracked: { openBesideNarrow: 'untracked' }, tracked: { openBesideNarrow: 'tracked' } }],
  ['later-pair', { keeps: { laterPair: 'keeps' }, drops: { laterPair: 'drops' } }],
  ['one-way-flow', { keeps: { oneWayFlow: 'keeps' }, cuts: { oneWayFlow: 'cuts' } }],
  [
    'later-fragments',
    {
      datagram: { laterFragments: 'datagram' },
      pass: { laterFragments: 'pass' },
      refuse: { laterFragments: 'refuse' },
    },
  ],
  ['tracking-scope', { interface: { trackingScope: 'interface' }, instance: { trackingScope: 'instance' } }],
  ['allowance-of', { instance: { allowanceOf: 'instance' }, interface: { allowanceOf: 'interface' } }],
  ['refusal', { silent: { refusal: 'silent' }, answered: { refusal: 'answered' } }],
  ['multicast', { dropped: { multicast: 'dropped' }, judged: { multicast: 'judged' } }],
  ['self-traffic', { exempt: { selfTraffic: 'exempt' }, judged: { selfTraffic: 'judged' } }],
  ['link-local', { judged: { linkLocal: 'judged' }, exempt: { linkLocal: 'exempt' } }],
  ['timeout-edit', { 'next-packet': { timeoutEdit: 'next-packet' }, 'new-flows': { timeoutEdit: 'new-flows' } }],
  ['allowance-record', { reject: { allowanceRecord: 'reject' }, none: { allowanceRecord: 'none' } }],
]

const timers = {
  'syn-sent': ['synSent', 120],
  'syn-received': ['synReceived', 60],
  'fin-wait': ['finWait', 120],
  'close-wait': ['closeWait', 60],
  'last-ack': ['lastAck', 30],
  'time-wait': ['timeWait', 120],
  closed: ['closed', 10],
  icmp: ['icmp', 30],
  fragments: ['fragments', 30],
} as const

const read = (text: string, chosen = engineDefaults) => readOption(new Words(text), chosen)

const values = table.flatMap(([name, choices]) =>
  Object.entries(choices).map(([value, chosen], index) => ({ name, value, chosen, isDefault: index === 0 })),
)

describe('an option', () => {
  test.each(values)('$name $value', ({ name, value, chosen, isDefault }) => {
    const expected = { ...engineDefaults, ...chosen }
    expect(read(`${name} ${value}`)).toEqual(expected)
    expect(parseOption(`${name}=${value}`, engineDefaults)).toEqual(expected)
    if (isDefault) expect(expected).toEqual(engineDefaults)
    const others = Object.keys(table.find(([each]) => each === name)?.[1] ?? {}).filter((each) => each !== value)
    for (const other of others) expect(read(`${name} ${value}`, read(`${name} ${other}`))).toEqual(expected)
  })

  test.each([
    ['stream-after 1', { streamAfter: 1 }],
    ['stream-after 8', { streamAfter: 8 }],
    ['allowance 0', { allowance: 0 }],
    ['allowance 7', { allowance: 7 }],
    ['change-delay 5', { changeDelay: 5000 }],
  ])('%s', (text, chosen) => {
    expect(read(text)).toEqual({ ...engineDefaults, ...chosen })
    expect(parseOption(text.replace(' ', '='), engineDefaults)).toEqual({ ...engineDefaults, ...chosen })
  })

  test.each(Object.entries(timers))('timeout %s', (timer, [field]) => {
    const expected = { ...engineDefaults, timeouts: { ...engineDefaults.timeouts, [field]: 7000 } }
    expect(read(`timeout ${timer} 7`)).toEqual(expected)
    expect(parseOption(`timeout-${timer}=7`, engineDefaults)).toEqual(expected)
  })

  test('leaves what was chosen before', () => {
    const chosen = read('timeout closed 2', read('allowance 3', read('timeout icmp 1')))
    const timeouts = { ...engineDefaults.timeouts, icmp: 1000, closed: 2000 }
    expect(chosen).toEqual({ ...engineDefaults, allowance: 3, timeouts })
  })
})

describe('what is no option is refused', () => {
  const names = `${table.map(([name]) => name).join(', ')}, stream-after, allowance, change-delay, timeout`
  test.each([
    ['', 'an option is missing'],
    ['none on', `there is no option none: use ${names}`],
    ['constructor on', `there is no option constructor: use ${names}`],
    ['opens-mid-stream', 'a choice is missing'],
    ['opens-mid-stream yes', "'yes' is not a choice: use on, off"],
    ['refusal', 'a choice is missing'],
    ['later-fragments none', "'none' is not a choice: use datagram, pass, refuse"],
    ['stream-after 0', 'stream-after takes 1 to 8 answers, not 0'],
    ['stream-after 9', 'stream-after takes 1 to 8 answers, not 9'],
    ['stream-after many', "'many' is no number of answers"],
    ['allowance many', "'many' is no number of connections"],
    ['change-delay soon', "'soon' is no number of seconds"],
    ['timeout', 'a timer is missing'],
    ['timeout never 1', `'never' is not a timer: use ${Object.keys(timers).join(', ')}`],
    ['timeout closed soon', "'soon' is no number of seconds"],
    ['refusal silent now', "'now' is one word too many"],
  ])('%j', (text, complaint) => {
    expect(() => read(text)).toThrow(new NotationError(complaint))
  })

  test.each([
    ['timeout-never=1', 'there is no option timeout-never'],
    ['timeout-closed', 'there is no option timeout-closed'],
    ['timeoutclosed=1', 'there is no option timeoutclosed'],
    ['refusal', 'a choice is missing'],
  ])('%j', (text, complaint) => {
    expect(() => parseOption(text, engineDefaults)).toThrow(complaint)
  })
})

test('the table has a line for each with its default', () => {
  const line = (left: string, right: string | number) => `  ${left}${' '.repeat(44 - left.length)}${right}`
  const worded = table.map(([name, choices]) => {
    const all = name === 'passes-related-errors' || name === 'opens-mid-stream' ? ['on', 'off'] : Object.keys(choices)
    return line(`${name}=${all.join('|')}`, Object.keys(choices)[0] ?? '')
  })
  const numbered = [line('stream-after=1-8', 2), line('allowance=CONNECTIONS', 65_536), line('change-delay=SECONDS', 0)]
  const timed = Object.entries(timers).map(([timer, [, seconds]]) => line(`timeout-${timer}=SECONDS`, seconds))
  expect(optionTable().split('\n')).toEqual([...worded, ...numbered, ...timed])
})
