/**
 * Replays of logs whose truth is known. With TCP flags and directions nothing that is told as known is wrong;
 * what rests on guesses is counted, and docs/replay.md has the figures.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { thousands } from '../../src/base/amounts.ts'
import { whollyKnown } from '../../src/import/imported.ts'
import { defaultFlowLogFormat } from '../../src/model/flow-log.ts'
import type { Outcome } from '../../src/replay/judgement.ts'
import { formatFromText } from '../../src/replay/log-format.ts'
import { Replay } from '../../src/replay/replay.ts'
import { type KnownRecord, knownLog } from './known-logs.ts'

const version5 = `${defaultFlowLogFormat} \${tcp-flags} \${pkt-srcaddr} \${pkt-dstaddr} \${flow-direction}`
const worlds = 60
const conversations = 150

interface Score {
  records: number
  known: number
  wrong: string[]
  guessed: number
  guessedWrong: number
  uncertain: number
}

function scoreOf(format: string, isStrict: boolean): Score {
  const score: Score = { records: 0, known: 0, wrong: [], guessed: 0, guessedWrong: 0, uncertain: 0 }
  for (let world = 0; world < worlds; world++) addScore(score, `world ${world}`, format, isStrict)
  return score
}

function addScore(score: Score, seed: string, format: string, isStrict: boolean): void {
  const { proposed, records } = knownLog(seed, format, conversations)
  const replay = new Replay(whollyKnown(proposed), { isStrict, format: formatFromText(format) })
  const file = replay.file(seed)
  let before = new Map<string, number>()
  for (const record of records) {
    file.push(Buffer.from(`${record.line}\n`))
    file.flush()
    const counts = new Map(
      replay.tally.judgements.map(({ judgement, weight }, number) => [
        `${number} ${judgement.isGuessed ? 'guessed' : 'known'} ${judgement.outcome}`,
        weight.records,
      ]),
    )
    const [told = ''] = [...counts].find(([key, count]) => count !== before.get(key)) ?? []
    before = counts
    if (!record.isStray) note(score, record, told.replace(/^\d+ /, ''), seed)
  }
  expect(replay.tally.damagedLines).toBe(0)
}

const outcomesIf: Readonly<Record<string, Outcome>> = {
  'ACCEPT true': 'unchanged, accepted',
  'ACCEPT false': 'newly denied',
  'REJECT true': 'newly allowed',
  'REJECT false': 'unchanged, rejected',
}

function note(score: Score, { line, isAdmitted }: KnownRecord, told: string, seed: string): void {
  const [, how = '', outcome = ''] = /^(\w+) (.*)$/.exec(told) ?? []
  const truth = outcomesIf[`${line.includes('ACCEPT') ? 'ACCEPT' : 'REJECT'} ${isAdmitted}`]
  score.records += 1
  if (outcome === 'uncertain') score.uncertain += 1
  else if (how === 'guessed') {
    score.guessed += 1
    if (outcome !== truth) score.guessedWrong += 1
  } else {
    score.known += 1
    if (outcome !== truth) score.wrong.push(`${seed}: ${line}: ${outcome}, but ${truth}`)
  }
}

const page = readFileSync('docs/replay.md', 'utf8')

/** The page's row of these figures. */
function row(name: string, { records, known, wrong, guessed, guessedWrong, uncertain }: Score): string {
  const cells = [records, known, wrong.length, guessed, guessedWrong, uncertain].map((count) => thousands(count))
  return `| ${[name, ...cells].join(' | ')} |`
}

describe.each([
  ['version 5 with flags', version5, false],
  ['version 5 with flags, `--strict`', version5, true],
  ['version 2', defaultFlowLogFormat, false],
  ['version 2, `--strict`', defaultFlowLogFormat, true],
] as const)('%s', (name, format, isStrict) => {
  const score = scoreOf(format, isStrict)

  test('is judged without a mistake wherever nothing is guessed', () => {
    expect(score.wrong.slice(0, 5)).toEqual([])
  })

  test('guesses nothing where that is forbidden, and else is right nineteen times of twenty', () => {
    expect(score.guessed > 0).toBe(!isStrict)
    expect(score.guessedWrong * 20).toBeLessThanOrEqual(score.guessed)
  })

  test('leaves little uncertain', () => {
    expect(score.uncertain / score.records).toBeLessThan(isStrict ? 0.3 : 0.1)
  })

  test('has these figures on its page', () => {
    expect(page).toContain(row(name, score))
  })
})
