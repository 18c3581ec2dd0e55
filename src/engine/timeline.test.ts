/** How a timeline's lines are read, and what is told of each packet; test/vector-notation.test.ts has the refusals. */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { NotationError } from '../base/words.ts'
import { engineDefaults } from './defaults.ts'
import { type PacketResult, playTimeline, TimelineError } from './timeline.ts'

const world = [
  'world',
  '  group web ingress tcp 80 from 203.0.113.0/24 as sgr-1',
  '  group db ingress udp 53 from 203.0.113.0/24 as sgr-2',
  '  interface e 10.0.0.10 in web',
  '  interface f 10.0.0.11 in web',
]
const to = (port: number, flags = 'S') => `tcp 203.0.113.5:${port} > 10.0.0.10:80 ${flags}`

function play(lines: readonly string[], around = world): PacketResult[] {
  return Array.from(playTimeline([...around, ...lines].join('\n')))
}

const fates = (lines: readonly string[], around = world) =>
  play(lines, around).map(({ line, verdict, reason }) => `${line} ${verdict.action} ${reason}`)

test('of a packet are told its line, time, place and text, what became of it and why', () => {
  expect(play(['5s e ingress tcp 203.0.113.5:1 > 10.0.0.10:80 S'])).toEqual([
    {
      line: 6,
      at: 5000,
      networkInterface: 'eni-e',
      direction: 'ingress',
      packet: 'tcp 203.0.113.5:1 > 10.0.0.10:80 S',
      verdict: {
        action: 'allow',
        because: {
          kind: 'rules',
          rules: [{ rule: 'sgr-1', group: 'sg-web' }],
          tracked: true,
          why: 'no rule that admits it is open to all addresses',
          expiresAt: 125_000,
        },
      },
      reason: 'sgr-1',
      sentence:
        'admitted by sgr-1 of sg-web and tracked, as no rule that admits it is open to all addresses; forgotten after 120s idle',
      expected: undefined,
      isAsExpected: true,
    },
  ])
})

describe('a packet is as expected', () => {
  test.each([
    ['', undefined, true],
    ['allow', { action: 'allow', reason: undefined }, true],
    ['deny', { action: 'deny', reason: undefined }, false],
    ['allow sgr-1', { action: 'allow', reason: 'sgr-1' }, true],
    ['allow sgr-2', { action: 'allow', reason: 'sgr-2' }, false],
    ['deny sgr-1', { action: 'deny', reason: 'sgr-1' }, false],
    ['allow sgr-1  sgr-2', { action: 'allow', reason: 'sgr-1 sgr-2' }, false],
  ])('with the expectation %j: %j, %s', (words, expected, isAsExpected) => {
    expect(play([`0s e ingress ${to(1)} ${words}`])).toMatchObject([{ expected, isAsExpected }])
  })
})

describe('a line’s time', () => {
  test.each([
    ['0s', 0],
    ['1500ms', 1500],
    ['90s', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['5d', 432_000_000],
    ['+10s', 10_000],
  ])('%s is %i ms from the start', (time, at) => {
    expect(play([`${time} e ingress ${to(1)}`])).toMatchObject([{ at }])
  })

  test('counts from the line above after a plus, else from the start', () => {
    const times = ['1s', '+10s', '+1ms', '12s', '12s']
    expect(play(times.map((time) => `${time} e ingress ${to(1)}`)).map(({ at }) => at)).toEqual([
      1000, 11_000, 11_001, 12_000, 12_000,
    ])
  })

  test.each(['s', '1', 'x1s', '1sx', '1.5s', '-1s', '++1s', '+', '1w', '1234567890s'])('is not %j', (time) => {
    expect(() => play([`${time} e ingress ${to(1)}`])).toThrow(
      new TimelineError(6, new NotationError(`'${time}' is no time: use 0s, 90s, +10s, 5d`)),
    )
  })
})

describe('a text is lines of words', () => {
  const packet = `0s e ingress ${to(1)}`

  test('whose comments begin at the line’s start or after a blank', () => {
    expect(fates([`${packet} # deny`, '# nothing', '   ', '', `${packet}\t# deny #`])).toEqual([
      '6 allow sgr-1',
      '10 allow connection(sgr-1)',
    ])
    expect(() => fates([`${packet}#`])).toThrow(TimelineError)
  })

  test('which may end in carriage returns', () => {
    const text = [...world, packet].join('\r\n')
    expect(Array.from(playTimeline(text), ({ line, reason }) => `${line} ${reason}`)).toEqual(['6 sgr-1'])
  })

  test('of which the indented ones under `world` are objects, and any other ends the world', () => {
    expect(fates([packet, ' interface g 10.0.0.12 in web'].toReversed())).toEqual(['7 allow sgr-1'])
    expect(() => fates([packet, ' interface g 10.0.0.12 in web'])).toThrow("'interface' is no time")
    expect(() => fates([' interface g 10.0.0.12'], [])).toThrow("'interface' is no time")
  })

  test('of which those that begin with `option` are options, indented or not', () => {
    const segment = `0s e ingress ${to(1, 'A')}`
    expect(fates([segment])).toEqual(['6 deny no-state'])
    expect(fates([segment, '  option opens-mid-stream on'])).toEqual(['6 allow sgr-1'])
    expect(() => fates(['option'])).toThrow('line 6: an option is missing')
    expect(() => fates(['options opens-mid-stream on'])).toThrow("'options' is no time")
    expect(() => fates(['an-option x'])).toThrow("'an-option' is no time")
    expect(() => fates(['0s option x'])).toThrow("'option' is neither an event nor an interface of the world")
  })
})

describe('what goes wrong', () => {
  test('is told with its line and its cause', () => {
    const cause = new NotationError('an event or an interface is missing')
    const error = new TimelineError(6, cause)
    expect([error.name, error.line, error.message, error.cause]).toEqual([
      'TimelineError',
      6,
      'line 6: an event or an interface is missing',
      cause,
    ])
    expect(() => play(['0s'])).toThrow(error)
  })

  test.each([
    ['0s e', 'a direction is missing'],
    ['0s e sideways', "'sideways' is not a direction: use ingress, egress"],
    [`0s e ingress ${to(1)} maybe`, "'maybe' is not an expectation: use allow, deny"],
    ['0s forget', 'an interface name is missing'],
    ['0s forget e now', "'now' is one word too many"],
    ['0s authorize', 'a group is missing'],
    ['0s authorize web', 'a direction is missing'],
    ['0s authorize web ingress tcp 80 from 10.0.0.0/8 as sgr-1', 'there is a rule sgr-1 already'],
    ['0s revoke', 'a rule id is missing'],
    ['0s revoke web', 'there is no rule web'],
    ['0s revoke sgr-9', 'there is no rule sgr-9'],
    ['0s revoke sgr-1 too', "'too' is one word too many"],
    ['0s attach', 'a group is missing'],
    ['0s attach db e', "'to' is expected before 'e'"],
    ['0s attach db to', 'an interface name is missing'],
    ['0s detach', 'a group is missing'],
    ['0s detach web to e', "'from' is expected before 'to'"],
    ['0s idle', 'an interface name is missing'],
    ['0s idle e tcp', 'seconds is missing'],
    ['0s constructor', "'constructor' is neither an event nor an interface of the world"],
  ])('%s: %s', (line, complaint) => {
    expect(() => play([line])).toThrow(new TimelineError(6, new NotationError(complaint)))
  })

  test.each([
    ['  path', 'an interface name is missing'],
    ['  path e', 'a fact of the path is missing'],
    ['  path e slow', "'slow' is not a fact of the path: use auto-tracked, allowance"],
    ['  path e allowance', 'connections is missing'],
    ['  path e auto-tracked twice', "'twice' is one word too many"],
  ])('%s: %s', (line, complaint) => {
    expect(() => play([line])).toThrow(new TimelineError(6, new NotationError(complaint)))
  })

  test('in an option is told before the first packet is played', () => {
    const timeline = playTimeline([...world, `0s e ingress ${to(1)}`, 'option nothing on'].join('\n'))
    expect(() => timeline.next()).toThrow(/^line 7: there is no option nothing: use /)
  })
})

describe('an event', () => {
  const asked = '0s e ingress udp 203.0.113.5:1 > 10.0.0.10:53'

  test('`attach` adds a group after those that are there, `detach` takes that one alone', () => {
    expect(
      fates([
        asked,
        '0s attach db to e',
        asked,
        `0s e ingress ${to(1)}`,
        '0s detach web from e',
        `+1s e ingress ${to(2)}`,
      ]),
    ).toEqual(['6 deny no-rule', '8 allow sgr-2', '9 allow sgr-1', '11 deny no-rule'])
    const both = ['0s authorize db ingress tcp 80 from 0.0.0.0/0 as sgr-3', '0s attach db to e']
    expect(fates([...both, `0s e ingress ${to(1)}`])).toEqual(['8 allow sgr-1 sgr-3'])
    expect(fates([...both, '0s attach web to e', `0s e ingress ${to(1)}`])).toEqual(['9 allow sgr-3 sgr-1'])
    expect(fates([...both, '0s detach web from e', `0s e ingress ${to(1)}`])).toEqual(['9 allow sgr-3'])
  })

  test('`forget` loses the connections of that interface and of no other', () => {
    const other = 'tcp 203.0.113.5:1 > 10.0.0.11:80'
    const lines = [`0s e ingress ${to(1)}`, `0s f ingress ${other} S`, '0s forget e']
    expect(fates([...lines, `0s e ingress ${to(1, 'A')}`, `0s f ingress ${other} A`])).toEqual([
      '6 allow sgr-1',
      '7 allow sgr-1',
      '9 deny no-state',
      '10 allow connection(sgr-1)',
    ])
  })

  test('`idle` changes the timeout that it names and leaves the others', () => {
    const seen = ['0s idle e udp 40', '0s idle e stream 50', '0s idle e tcp 60', '0s attach db to e', asked]
    const [, answer] = play([...seen, '0s e egress udp 10.0.0.10:53 > 203.0.113.5:1'])
    expect(answer?.sentence).toContain('forgotten after 40s idle')
  })

  test('`revoke` and `authorize` hold from the next packet on', () => {
    const lines = [`0s e ingress ${to(1)}`, '0s revoke sgr-1', `0s e ingress ${to(2)}`]
    const again = '0s authorize web ingress tcp 80 from 203.0.113.5 as sgr-1'
    expect(fates([...lines, again, `0s e ingress ${to(3)}`])).toEqual([
      '6 allow sgr-1',
      '8 deny no-rule',
      '10 allow sgr-1',
    ])
  })
})

test('facts of a path add up, each for its own interface', () => {
  const around = [
    'world',
    '  group e ingress tcp 80 from 0.0.0.0/0 as sgr-1',
    '  group e egress any to 0.0.0.0/0 as sgr-2',
  ]
  const cards = ['  interface e 10.0.0.10 in e', '  interface f 10.0.0.11 in e']
  const paths = ['  path e auto-tracked', '  path e allowance 1']
  const packets = [`0s e ingress ${to(1)}`, `0s e ingress ${to(2)}`, '0s f ingress tcp 203.0.113.5:1 > 10.0.0.11:80 S']
  const reasons = (facts: readonly string[]) =>
    play(packets, [...around, ...cards, ...facts]).map(({ verdict, reason }) => `${verdict.action} ${reason}`)
  expect(reasons(paths)).toEqual(['allow sgr-1', 'deny allowance', 'allow untracked(sgr-1; sgr-2)'])
  expect(reasons(paths.toReversed())).toEqual(['allow sgr-1', 'deny allowance', 'allow untracked(sgr-1; sgr-2)'])
})

describe('whoever plays a timeline', () => {
  const text = [
    ...world,
    'option allowance 9',
    `1s e ingress ${to(1)}`,
    '2s revoke sgr-1',
    `3s e ingress ${to(2)}`,
  ].join('\n')

  test('is told of each line that was played, with the moment and what became of a packet', () => {
    const told: string[] = []
    const results: PacketResult[] = []
    for (const result of playTimeline(text, {
      onLine: (moment) => {
        const rules = moment.policies.get('eni-e', moment.now)?.allows.ingress.length
        told.push(`${moment.line} ${moment.now} ${rules} ${moment.result?.reason}`)
        if (moment.result) results.push(moment.result)
      },
    })) {
      expect(results.at(-1)).toBe(result)
    }
    expect(told).toEqual([
      '2 0 undefined undefined',
      '3 0 undefined undefined',
      '4 0 1 undefined',
      '5 0 1 undefined',
      '7 1000 1 sgr-1',
      '8 2000 0 undefined',
      '9 3000 0 no-rule',
    ])
  })

  test('may choose the defaults that its options change', () => {
    const segment = `${world.join('\n')}\n0s e ingress ${to(1, 'A')}`
    const defaults = { ...engineDefaults, opensMidStream: true }
    const reasons = (around: string) => Array.from(playTimeline(around, { defaults }), ({ reason }) => reason)
    expect(reasons(segment)).toEqual(['sgr-1'])
    expect(reasons(`${segment}\noption opens-mid-stream off`)).toEqual(['no-state'])
  })

  test('may begin with a world of its own, to which the text adds', () => {
    const before = worldLines(['group web ingress tcp 80 from 0.0.0.0/0 as sgr-7', 'interface e 10.0.0.10 in web'])
    const lines = `0s e ingress ${to(1)}\nworld\n  interface g 10.0.0.12 in web\n0s g ingress tcp 203.0.113.5:1 > 10.0.0.12:80 S`
    expect(Array.from(playTimeline(lines, { world: before }), ({ reason }) => reason)).toEqual(['sgr-7', 'sgr-7'])
  })
})
