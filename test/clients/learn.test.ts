/** `sallyport learn` as a person and as a script meet it: through a pipe, with answers, as JSON, with progress kept. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exercises } from '../../src/lesson/exercises/exercises.ts'
import { chapters, scenes } from '../../src/lesson/lesson.ts'
import { modes } from '../../src/lesson/modes.ts'
import { playScene } from '../../src/lesson/play.ts'
import { questions } from '../../src/lesson/questions/questions.ts'
import { answerOf } from '../../src/lesson/review.ts'
import { examFor } from '../../src/lesson/study/exam.ts'
import { flashcards } from '../../src/lesson/study/flashcards.ts'
import type { Progress } from '../../src/lesson/study/progress.ts'
import { runProgram } from '../server-process.ts'

let home: string
const letters = ['a', 'b', 'c', 'd']

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sallyport-learn-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const learn = (words: readonly string[], input = '') =>
  runProgram(['learn', ...words], { input, env: { XDG_STATE_HOME: home } })

/** Ends well with nothing on standard error. */
async function says(words: readonly string[], input?: string): Promise<string> {
  const { status, stdout, stderr } = await learn(words, input)
  expect([status, stderr]).toEqual([0, ''])
  return stdout
}

async function json<T>(...words: readonly string[]): Promise<T> {
  return JSON.parse(await says([...words, '--output', 'json'])) as T
}

const kept = (): Progress => JSON.parse(readFileSync(join(home, 'sallyport', 'learn.json'), 'utf8')) as Progress

describe('what there is', () => {
  test('learn alone names the ten modes and the chapters', async () => {
    const text = await says([])
    for (const { id } of modes) expect(text).toContain(`sallyport learn ${id}`)
    for (const { id, title } of chapters) expect(text).toMatch(new RegExp(`${id} +${title}\n`))
  })

  test.each(['read', 'watch', 'do', 'predict', 'fix', 'build', 'compare'])(
    'learn %s lists its topics',
    async (mode) => {
      const topics = await json<{ id: string }[]>(mode)
      const text = await says([mode])
      expect(topics.length).toBeGreaterThan(4)
      for (const { id } of topics) expect(text).toContain(` ${id} `)
    },
  )

  test.each([
    [['dance'], "There is no mode 'dance'"],
    [['read', 'nothing'], "There is no 'nothing' to read"],
    [['exam', 'icmp'], "There is no 'icmp' to exam"],
    [['reset', 'icmp'], "'reset' has no topics."],
    [['read', 'icmp', '--answer', 'a'], 'There is nothing to answer here.'],
    [['practice', 'let-http-in', '--answer', 'e'], "'e' is none of a, b, c and d."],
    [['predict', 'answers-by-state', '--answer', 'allow'], 'give as many answers, allow or deny.'],
    [['exam', '--seed', '1', '--answer', 'a'], 'The exam has 15 questions'],
    [['practice', '--level', 'simple'], 'Allowed choices are easy, medium, hard'],
  ])('%j is wrong usage', async (words, sentence) => {
    const { status, stderr } = await learn(words)
    expect(status).toBe(2)
    expect(stderr).toContain(sentence)
  })
})

describe('read, watch and compare', () => {
  test('show their text, and note that it was seen', async () => {
    const chapter = await says(['read', 'five-commands'])
    expect(chapter).toContain('A current CLI prints: Return: true and RevokedSecurityGroupRules')
    expect(chapter.split('\n').filter((line) => line.length > 80 && !line.includes('aws ec2'))).toEqual([])
    const scene = await says(['watch', 'tracked-survives-revoke'])
    expect(scene).toContain('since revoked')
    expect(scene).toMatch(/state table:\n.* tracked +\d+s left/)
    const pair = await says(['compare', 'answers'])
    expect(pair).toContain('✗ deny at the network ACL')
    expect(pair).toContain('✓ allow: answers the connection')
    expect(kept()).toMatchObject({ chapters: ['five-commands'] })
    expect(kept().scenes).toContain('tracked-survives-revoke')
  })
})

describe('predict', () => {
  const { id, steps } = playScene(scenes[1] as (typeof scenes)[number])
  const fates = steps.flatMap((step) => (step.kind === 'packet' ? [step.action] : []))

  test('asks before each packet; a wrong prediction keeps its packet as a card until it is predicted right', async () => {
    const [first, ...others] = fates
    const wrong = first === 'allow' ? 'deny' : 'allow'
    const text = await says(['predict', id], `perhaps\n${[wrong, ...others].join('\n')}\n`)
    expect(text).toContain('Type allow or deny')
    expect(text).toContain('Not as you said: this packet is kept as a card for you.')
    expect(text).toContain(`${fates.length - 1} of ${fates.length} predicted.`)
    expect(kept().counterexamples).toHaveLength(1)
    const again = await says(['flashcards'], `${first}\nq\n`)
    expect(again).toContain('A packet that surprised you')
    expect(kept().counterexamples).toEqual([])
  })

  test('judges answers given at once, and does not tell the outcome before', async () => {
    const asked = await says(['predict', id, '-o', 'json'])
    expect(asked).not.toMatch(/"(action|reason|because|sentence)"/)
    const right = await learn(['predict', id, '--answer', ...fates])
    expect([right.status, right.stderr]).toEqual([0, ''])
    const wrong = await learn(['predict', id, '-o', 'json', '--answer', ...fates.map(() => 'deny')])
    expect(wrong.status).toBe(1)
    const { predictions } = JSON.parse(wrong.stdout) as { predictions: { isRight: boolean }[] }
    expect(predictions.map(({ isRight }) => isRight)).toEqual(fates.map((fate) => fate === 'deny'))
  })

  test('ends where the learner leaves', async () => {
    expect(await says(['predict', id], 'q\n')).toContain('You left before the end.')
    expect(await says(['predict', id])).toContain('You left before the end.')
  })
})

describe('do, fix and build', () => {
  test('a prompt takes aws lines, also over several, and tells which step is done', async () => {
    const lines = [
      'aws ec2 create-security-group --group-name my-web-sg \\',
      '  --description "Security group for web server" --vpc-id vpc-default',
      'aws ec2 describe-nothing',
      'hint',
      'world',
      'quit',
    ]
    const text = await says(['do', 'five-commands'], `${lines.join('\n')}\n`)
    expect(text).toContain('"SecurityGroupArn": "arn:aws:ec2:us-east-1:123456789012:security-group/')
    expect(text).toContain('✓ 1 of 5')
    expect(text).toContain('Invalid choice')
    expect(text).toContain('my-web-sg (sg-')
    expect(text).not.toContain('✓ 2 of 5')
  })

  const several = exercises.filter(({ solution }) => solution.length > 1)
  test.each([several[0], several.at(-1)])(
    '$id is solved by its lines given at once, and by nothing less',
    async (each) => {
      const { id, kind, solution } = each as (typeof exercises)[number]
      const half = await learn([kind, id, '--answer', ...solution.slice(0, -1)])
      expect(half.status).toBe(1)
      const whole = await learn([kind, id, '--answer', ...solution])
      expect([whole.status, whole.stderr]).toEqual([0, ''])
      expect(kept().exercises).toEqual([id])
    },
  )

  test('goals turn to met as the rules are mended at the prompt', async () => {
    const [exercise] = exercises
    const lines = exercise?.solution ?? []
    const text = await says(['fix', exercise?.id ?? ''], `hint\n${lines.join('\n')}\n`)
    expect(text).toContain(exercise?.hint.split(' ').slice(0, 5).join(' '))
    expect(text).toMatch(/^✗ /m)
    const end = text.slice(text.lastIndexOf('$ '))
    expect(end).not.toMatch(/^✗ /m)
    expect(kept().exercises).toEqual([exercise?.id])
  })
})

describe('practice and exam', () => {
  test('a question is answered in a conversation with its hint, or at once', async () => {
    const question = questions[0] as (typeof questions)[number]
    const right = letters[answerOf(question)] ?? ''
    const wrong = letters.find((letter) => letter !== right) ?? ''
    const text = await says(['practice', question.id], `h\n?\n${wrong}\n`)
    expect(text).toContain(question.hint.split(' ').slice(0, 4).join(' '))
    expect(text).toContain('Not right.')
    expect(text.match(/refuted by/g)).toHaveLength(3)
    expect((await learn(['practice', question.id, '--answer', wrong])).status).toBe(1)
    expect((await learn(['quiz', question.id, '--answer', right])).status).toBe(0)
    expect(kept().answers.map(({ isRight }) => isRight)).toEqual([false, false, true])
  })

  test('questions without end are drawn by seed and level, the same each time', async () => {
    const one = await json<{ id: string; level: string }>('practice', '--seed', '7', '--level', 'hard')
    expect(one).toEqual(await json('practice', '--seed', '7', '--level', 'hard'))
    expect(one.level).toBe('hard')
    const text = await says(['practice', '--seed', '7'], 'a\nb\nq\n')
    expect(text).toMatch(/[012] of 2 right\.\n$/)
  })

  test('an exam is graded by level, and what was missed is reviewed', async () => {
    const exam = examFor({ seed: 5, count: 15 })
    const right = exam.questions.map((question) => letters[answerOf(question)] ?? '')
    const passed = await learn(['exam', '--seed', '5', '--answer', ...right])
    expect(passed).toMatchObject({ status: 0, stderr: '' })
    expect(passed.stdout).toContain('15 of 15 right: passed')
    const text = await says(['exam', '--seed', '5'], `${right.slice(0, 2).join('\n')}\nq\n`)
    expect(text).toContain('2 of 15 right: not passed')
    expect(text).toContain('Step by step:')
    expect(kept().exams).toEqual([
      { seed: 5, right: 15, asked: 15 },
      { seed: 5, right: 2, asked: 15 },
    ])
  })
})

describe('flashcards', () => {
  test('move through the boxes as they are known, and come back later', async () => {
    const text = await says(['flashcards'], `\ny\n\nn\nq\n`)
    expect(text).toContain(`${flashcards.length} of ${flashcards.length} cards are due.`)
    const [first, second] = flashcards
    expect(kept().cards).toEqual({ [first?.id ?? '']: { box: 1, dueIn: 1 }, [second?.id ?? '']: { box: 1, dueIn: 0 } })
    const own = flashcards.filter(({ chapter }) => chapter === first?.chapter)
    const later = await says(['cards', first?.chapter ?? ''], 'q\n')
    expect(later).toContain(`${own.length - 1} of ${own.length} cards are due.`)
    expect(later).not.toContain(first?.front)
  })
})

describe('progress', () => {
  test('is shown and forgotten', async () => {
    await says(['read', 'icmp'])
    expect(await says(['progress'])).toMatch(/chapters read +1 of 14\n/)
    expect(await says([])).toMatch(/✓ {2}icmp/)
    await says(['reset'])
    expect(await says(['progress'])).toMatch(/chapters read +0 of 14\n/)
  })

  test('a file that makes no sense is none, and one that cannot be written costs no lesson', async () => {
    await says(['read', 'icmp'])
    writeFileSync(join(home, 'sallyport', 'learn.json'), '{"version":1,"chapters":7')
    expect(await says(['progress'])).toMatch(/chapters read +0 of 14\n/)
    writeFileSync(join(home, 'occupied'), '')
    const { status, stdout, stderr } = await runProgram(['learn', 'read', 'icmp'], {
      env: { XDG_STATE_HOME: join(home, 'occupied') },
    })
    expect(status).toBe(0)
    expect(stdout).toContain('ICMP')
    expect(stderr).toMatch(/^sallyport: Progress is not kept: .*\n$/)
  })
})
