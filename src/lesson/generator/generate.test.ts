/** Generated questions are never ambiguous, say all that their answer rests on, and can be made again. */

import { describe, expect, test } from 'vitest'
import type { Level, Question } from '../content.ts'
import { chapters } from '../lesson.ts'
import { answerOf, reviewQuestion } from '../review.ts'
import { generateQuestion } from './generate.ts'
import { type Given, nextLevel } from './next-level.ts'

const levels: readonly Level[] = ['easy', 'medium', 'hard']
const seeds = Array.from({ length: 700 }, (_, seed) => seed)

const drawn = (level: Level) => seeds.map((seed) => generateQuestion({ seed, level }))
const generated = { easy: drawn('easy'), medium: drawn('medium'), hard: drawn('hard') }

/** What of the world decides: rules, entries, timeouts. Each fact is a CIDR, a port, or a number. */
function factsOf({ world }: Question): string[] {
  return world.flatMap((line) => {
    const rule = /(?:tcp|udp) (\d+(?:-\d+)?) (?:from|to) (\S+)/.exec(line)
    const idle = /idle tcp (\d+)/.exec(line)
    const entry = /^acl edge \w+ (\d+) (?:allow|deny)/.exec(line)
    const peer = /(?:from|to) (\S+)/.exec(line)
    return [rule?.[1], rule?.[2], idle?.[1], entry?.[1], peer?.[1]].filter((fact) => fact !== undefined)
  })
}

describe.each(levels)('seven hundred %s questions', (level) => {
  const questions = generated[level]
  const reviews = questions.map(reviewQuestion)

  test('have one right option each, and a packet refutes every other', () => {
    for (const { options } of reviews) {
      expect(options.filter(({ isRight }) => isRight)).toHaveLength(1)
      expect(options.filter(({ refutedBy }) => refutedBy !== null)).toHaveLength(3)
    }
  })

  test('have four options of different texts', () => {
    for (const { options } of questions) expect(new Set(options.map(({ text }) => text)).size).toBe(4)
  })

  test('mention every fact of their world', () => {
    for (const question of questions) {
      const said = `${question.scenario} ${question.options.map(({ text }) => text).join(' ')}`
      expect(factsOf(question).filter((fact) => !said.includes(fact))).toEqual([])
    }
  })

  test('differ, and have their right option in every place', () => {
    expect(new Set(questions.map(({ scenario, asks }) => scenario + asks)).size).toBeGreaterThan(250)
    const places = reviews.map(({ right }) => right)
    for (const place of [0, 1, 2, 3]) expect(places.filter((each) => each === place).length).toBeGreaterThan(100)
  })

  test('belong to chapters', () => {
    const known = new Set(chapters.map(({ id }) => id))
    expect(questions.map(({ topic }) => topic).filter((topic) => !known.has(topic))).toEqual([])
  })
})

test('a template asks for each of its options now and then', () => {
  const asked = new Map<string, Set<string>>()
  for (const level of levels) {
    for (const question of generated[level].slice(0, 300)) {
      if (!/becomes of|refused|stops|tracked/.test(question.asks)) continue
      const right = question.options[answerOf(question)]?.text.replace(/sgr-\d/, 'a rule') ?? ''
      const rights = asked.get(question.asks) ?? new Set()
      asked.set(question.asks, rights.add(right))
    }
  }
  for (const [asks, rights] of asked) expect(rights.size, asks).toBeGreaterThanOrEqual(asks.includes('of it') ? 2 : 3)
})

test('the same seed makes the same question', () => {
  for (const level of levels) {
    expect(generateQuestion({ seed: 7, level })).toEqual(generateQuestion({ seed: 7, level }))
  }
})

describe('the next level', () => {
  const right = (level: Level): Given => ({ level, isRight: true })
  const wrong = (level: Level): Given => ({ level, isRight: false })

  test.each<[string, readonly Given[], Level]>([
    ['begins easy', [], 'easy'],
    ['stays after one right answer', [right('easy')], 'easy'],
    ['rises after two', [right('easy'), right('easy')], 'medium'],
    ['rises again after two more', [right('easy'), right('easy'), right('medium'), right('medium')], 'hard'],
    ['does not rise above hard', [right('hard'), right('hard')], 'hard'],
    ['stays after a right and a wrong answer', [right('medium'), wrong('medium')], 'medium'],
    ['falls after two wrong ones', [wrong('hard'), wrong('hard')], 'medium'],
    ['does not fall below easy', [wrong('easy'), wrong('easy')], 'easy'],
    ['counts anew at another level', [right('easy'), right('medium')], 'medium'],
  ])('%s', (_, given, level) => {
    expect(nextLevel(given)).toBe(level)
  })
})
