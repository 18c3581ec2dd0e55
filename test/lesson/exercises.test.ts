/** Every exercise is unsolved at first and solved by its own lines, and every drill's lines do what they say. */

import { describe, expect, test } from 'vitest'
import { openLedger } from '../../src/app/ledger.ts'
import { instant } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { callAction, type EndpointParts } from '../../src/ec2/endpoint.ts'
import { drills } from '../../src/lesson/exercises/drills.ts'
import { exerciseWorld, withIds } from '../../src/lesson/exercises/exercise-world.ts'
import { exercises } from '../../src/lesson/exercises/exercises.ts'
import { gradeExercise, gradeGoal } from '../../src/lesson/exercises/grade.ts'
import { chapters } from '../../src/lesson/lesson.ts'
import { put } from '../../src/model/change.ts'
import { kinds } from '../../src/model/objects.ts'
import { defaultQuotas } from '../../src/model/quota.ts'
import { Rejection } from '../../src/model/rejection.ts'
import type { World } from '../../src/model/world.ts'
import { MemoryStore } from '../../src/store/memory-store.ts'
import { callOf } from './aws-line.ts'

interface Sitting {
  readonly world: World
  /** The error's code, if the line was refused. */
  type(line: string): Promise<string | undefined>
}

async function sitDown(lines?: readonly string[]): Promise<Sitting> {
  const start = exerciseWorld(lines)
  const clock = () => instant(Date.UTC(2026, 10, 22, 10))
  const ledger = await openLedger({ store: new MemoryStore(), clock, onStore: () => undefined })
  const objects = kinds.flatMap((kind) =>
    Array.from(start[kind].values() as Iterable<never>, (each) => put(kind, each)),
  )
  await ledger.commit(start.scope, objects)
  const world = () => ledger.find(start.scope) ?? start
  const parts: EndpointParts = {
    ledger,
    clock,
    entropy: seededEntropy(7),
    quotas: defaultQuotas,
    authentication: { defaultAccount: start.scope.account },
    onAnswer: () => undefined,
  }
  return {
    get world() {
      return world()
    },
    async type(line) {
      const { action, input } = callOf(withIds(line, world()))
      try {
        await callAction(action, input, { parts, scope: start.scope })
        return undefined
      } catch (thrown) {
        if (thrown instanceof Rejection) return thrown.code
        throw thrown
      }
    },
  }
}

describe.each(exercises)('exercise $id', (exercise) => {
  test('its world does not fulfil it at first', () => {
    const grade = gradeExercise(exercise, exerciseWorld(exercise.world))
    expect(grade.isComplete).toBe(false)
    expect(grade.score).toBeLessThan(1)
    for (const { ok, sentence } of grade.goals) if (!ok) expect(sentence).not.toBe('')
  })

  test('its solution fulfils every goal, and each of its lines is needed', async () => {
    const sitting = await sitDown(exercise.world)
    for (const line of exercise.solution) {
      expect(gradeExercise(exercise, sitting.world).isComplete, `before ${line}`).toBe(false)
      expect(await sitting.type(line), line).toBe(undefined)
    }
    const { goals, score } = gradeExercise(exercise, sitting.world)
    expect(goals.filter(({ ok }) => !ok)).toEqual([])
    expect(score).toBe(1)
  })
})

test('there are six exercises of each kind at least', () => {
  expect(exercises.filter(({ kind }) => kind === 'fix').length).toBeGreaterThanOrEqual(6)
  expect(exercises.filter(({ kind }) => kind === 'build').length).toBeGreaterThanOrEqual(6)
})

describe('a world that opens everything', () => {
  test.each(exercises)('does not fulfil $id', async (exercise) => {
    const sitting = await sitDown(exercise.world)
    for (const group of [...sitting.world.securityGroup.values()].map(({ id }) => id)) {
      for (const direction of ['ingress', 'egress']) {
        await sitting.type(
          `aws ec2 authorize-security-group-${direction} --group-id ${group} --protocol -1 --cidr 0.0.0.0/0`,
        )
      }
    }
    expect(gradeExercise(exercise, sitting.world).isComplete).toBe(false)
  })
})

describe.each(drills)('drill $id', (drill) => {
  test('each line does what it says, and what it says was not so before', async () => {
    const sitting = await sitDown(drill.world)
    for (const { line, done, refusedWith } of drill.steps) {
      if (done) expect(gradeGoal(done, sitting.world).ok, `before ${line}`).toBe(false)
      expect(await sitting.type(line), line).toBe(refusedWith)
      if (done) expect(gradeGoal(done, sitting.world), `after ${line}`).toMatchObject({ ok: true })
    }
  })
})

test('chapters name drills that exist, and every drill has its chapter', () => {
  const named = chapters.flatMap((chapter) => chapter.drills)
  expect([...named].sort()).toEqual(drills.map(({ id }) => id).sort())
})
