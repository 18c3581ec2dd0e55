/** The lesson's own paths: content without answers, scenes as played, reviews, clouds of the learner's own. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type {
  Entered,
  ExamReport,
  LessonContent,
  OpenExam,
  OpenQuestion,
  Solution,
  TaskView,
} from '../../src/app/lesson/api.ts'
import { exercises } from '../../src/lesson/exercises/exercises.ts'
import type { PlayedScene } from '../../src/lesson/play.ts'
import { questions } from '../../src/lesson/questions/questions.ts'
import { answerOf, type Review } from '../../src/lesson/review.ts'
import { questionOf } from '../../src/lesson/study/practice.ts'
import { type Running, serve } from '../server/http.ts'
import { ask, value } from './pages.ts'

let server: Running

beforeAll(async () => {
  server = await serve()
})
afterEach(() => expect(server.failures).toEqual([]))
afterAll(() => server.stop())

const lesson = <T>(path: string, body: object = {}) => value<T>(server.url, `lesson/${path}`, body)
const enter = (id: string, text: string) => lesson<Entered>('enter', { id, text })

describe('the content', () => {
  test('is the whole lesson without its answers', async () => {
    const content = await lesson<LessonContent>('content')
    expect(content.modes).toHaveLength(10)
    expect(content.questions.map(({ id }) => id)).toEqual(questions.map(({ id }) => id))
    const text = JSON.stringify(content)
    for (const { explains } of exercises) expect(text).not.toContain(explains)
    for (const { solution } of questions) expect(text).not.toContain(solution[0])
  })

  test('plays any of its scenes through the engine', async () => {
    const { scenes } = await lesson<LessonContent>('content')
    for (const { id, packets } of scenes) {
      const { steps } = await lesson<PlayedScene>('scene', { scene: id })
      expect(steps.filter(({ kind }) => kind === 'packet').length, id).toBe(packets)
    }
  })
})

describe('a question', () => {
  test.each(['let-http-in', 'medium-7'])(
    '%s is posed without its answer, and reviewed with every packet',
    async (id) => {
      const posed = await lesson<OpenQuestion>('question', { question: id })
      expect(Object.keys(posed).sort()).toEqual([
        ...['asks', 'hint', 'id', 'level', 'options', 'scenario', 'topic', 'world'],
      ])
      const review = await lesson<Review>('review', { question: id })
      const question = questionOf(id)
      expect(question && answerOf(question)).toBe(review.right)
      expect(review.options.map(({ text }) => text)).toEqual(posed.options)
      expect(review.options.filter(({ refutedBy }) => refutedBy)).toHaveLength(3)
      expect(review.check.length).toBeGreaterThan(0)
    },
  )
})

test('an exam of a seed is the same for who asks again, and is graded by the engine', async () => {
  const exam = await lesson<OpenExam>('exam', { seed: 12 })
  expect(await lesson<OpenExam>('exam', { seed: 12 })).toEqual(exam)
  const right = exam.questions.flatMap(({ id }) => {
    const question = questionOf(id)
    return question ? [[id, answerOf(question)] as const] : []
  })
  const [first] = right
  const half = Object.fromEntries(right.filter(([id]) => id !== first?.[0]))
  const { score, reviews } = await lesson<ExamReport>('exam/grade', { seed: 12, answers: half, minutesUsed: 3 })
  expect(score).toMatchObject({ right: exam.questions.length - 1, asked: exam.questions.length, isPassed: true })
  expect(score.missed).toEqual([first?.[0]])
  expect(reviews.map(({ question }) => question)).toEqual(exam.questions.map(({ id }) => id))
})

describe('a task', () => {
  test('is solved in a cloud of its own, which nobody else sees', async () => {
    const one = await lesson<TaskView>('open', { task: 'fix-wrong-direction' })
    const other = await lesson<TaskView>('open', { task: 'fix-wrong-direction' })
    const { lines } = await lesson<Solution>('solution', { task: 'fix-wrong-direction' })
    let standing = one.standing
    expect(standing.isDone).toBe(false)
    for (const line of lines) standing = (await enter(one.id, line)).standing
    expect(standing.isDone).toBe(true)
    expect(standing.grade?.goals.every(({ ok }) => ok)).toBe(true)
    const { ended, standing: untouched } = await enter(other.id, 'aws ec2 describe-security-groups --output text')
    expect(ended.exitCode).toBe(0)
    expect(untouched.grade).toEqual(other.standing.grade)
    const { output } = await value<{ output: { SecurityGroups: unknown[] } }>(server.url, 'call', {
      action: 'DescribeSecurityGroups',
    })
    expect(output.SecurityGroups).toHaveLength(1)
  })

  test('of lines to type counts its steps in order, and answers mistakes as the CLI does', async () => {
    const { id } = await lesson<TaskView>('open', { task: 'five-commands' })
    const { drills } = await lesson<LessonContent>('content')
    const steps = drills.find((drill) => drill.id === 'five-commands')?.steps ?? []
    const wrong = await enter(id, 'aws ec2 create-security-group --group-name my-web-sg')
    expect(wrong.ended).toMatchObject({ exitCode: 252, stdout: '' })
    expect(wrong.ended.stderr).toContain('the following arguments are required: --description')
    for (const [at, { line }] of steps.entries()) {
      const { ended, standing } = await enter(id, line)
      expect([ended.stderr, standing.stepsDone, standing.isDone]).toEqual(['', at + 1, at === steps.length - 1])
    }
  })

  test('is over when it is closed', async () => {
    const { id } = await lesson<TaskView>('open', { task: 'build-web-server' })
    await lesson('close', { id })
    const answer = await ask(server.url, 'lesson/enter', { id, text: 'aws ec2 describe-vpcs' })
    expect(answer.status).toBe(404)
    expect(answer.body).toContain('This exercise is over: open it again.')
  })
})

test.each([
  ['scene', { scene: 'nowhere' }, "The lesson has no scene 'nowhere'."],
  ['question', { question: 'easy-' }, "The lesson has no question 'easy-'."],
  ['open', { task: 'nowhere' }, "The lesson has no exercise 'nowhere'."],
  ['exam', {}, 'seed must be given.'],
  ['exam', { seed: -1 }, 'seed must be a whole number'],
  ['exam/grade', { seed: 1, answers: { 'let-http-in': 4 } }, 'An answer must be 0, 1, 2 or 3.'],
  ['enter', { id: 'x', text: 'x'.repeat(20_001) }, 'text must be no longer than 20000 characters.'],
])('%s is refused with %j', async (path, body, sentence) => {
  const answer = await ask(server.url, `lesson/${path}`, body)
  expect(answer.status).toBe(400)
  expect(answer.body).toContain(sentence)
})

test("another site's page cannot ask for the lesson", async () => {
  const answer = await ask(server.url, 'lesson/content', {}, { headers: { origin: 'http://example.com' } })
  expect(answer.status).toBe(403)
})
