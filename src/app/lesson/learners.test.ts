/** The clouds of learners are bounded in number and age, and belong to an account. */

import { expect, test } from 'vitest'
import { after, hours, type Instant, instant } from '../../base/clock.ts'
import { drills } from '../../lesson/exercises/drills.ts'
import { Learners } from './learners.ts'

const [drill] = drills
const task = { kind: 'drill', drill: drill as NonNullable<typeof drill> } as const
const account = '123456789012'

function setting(): { time: { now: Instant }; learners: Learners } {
  const time = { now: instant(0) }
  return { time, learners: new Learners(() => time.now) }
}

test("one account's cloud is not another's", async () => {
  const { learners } = setting()
  const { id, learner } = await learners.open(account, task)
  expect(learners.find(account, id)).toBe(learner)
  expect(() => learners.find('111122223333', id)).toThrow('This exercise is over')
  learners.close('111122223333', id)
  expect(learners.find(account, id)).toBe(learner)
})

test('what nobody used for hours is forgotten when the next one is opened', async () => {
  const { time, learners } = setting()
  const { id: old } = await learners.open(account, task)
  const { id: used } = await learners.open(account, task)
  time.now = after(time.now, hours(1))
  learners.find(account, used)
  time.now = after(time.now, hours(1.5))
  await learners.open(account, task)
  expect(() => learners.find(account, old)).toThrow('This exercise is over')
  expect(() => learners.find(account, used)).not.toThrow()
})

test('there are a hundred at most: the one used longest ago makes room', async () => {
  const { learners } = setting()
  const ids: string[] = []
  for (let count = 0; count < 100; count++) ids.push((await learners.open(account, task)).id)
  const [first = '', second = ''] = ids
  learners.find(account, first)
  await learners.open(account, task)
  expect(() => learners.find(account, first)).not.toThrow()
  expect(() => learners.find(account, second)).toThrow('This exercise is over')
})
