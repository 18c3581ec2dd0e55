/** Every exercise is unsolved at first and solved by its own lines, and every drill's lines do what they say. */

import { describe, expect, test } from 'vitest'
import { Sandbox } from '../../src/app/sandbox.ts'
import { instant } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { drills } from '../../src/lesson/exercises/drills.ts'
import { exerciseWorld, withIds } from '../../src/lesson/exercises/exercise-world.ts'
import { exercises } from '../../src/lesson/exercises/exercises.ts'
import { gradeExercise, gradeGoal } from '../../src/lesson/exercises/grade.ts'
import { chapters } from '../../src/lesson/lesson.ts'
import type { World } from '../../src/model/world.ts'
import { Terminal } from '../../src/terminal/terminal.ts'

interface Sitting {
  readonly world: World
  /** The code of AWS's error, or undefined for a line that succeeded. */
  type(line: string): Promise<string | undefined>
}

/** A learner at the terminal, in a sandbox that holds the world. */
async function sitDown(lines?: readonly string[]): Promise<Sitting> {
  const world = exerciseWorld(lines)
  const now = instant(Date.UTC(2026, 10, 22, 10))
  const cloud = await Sandbox.open({ scope: world.scope, now, world, entropy: seededEntropy(7) })
  const terminal = new Terminal({ cloud, entropy: seededEntropy(8) })
  return {
    get world() {
      return cloud.world
    },
    async type(line) {
      const { exitCode, stderr } = await terminal.run(withIds(line, cloud.world))
      return exitCode === 0 ? undefined : (/An error occurred \((\S+)\)/.exec(stderr)?.[1] ?? stderr)
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

  test('its solution fulfils every goal with its last line, and not before', async () => {
    const sitting = await sitDown(exercise.world)
    for (const line of exercise.solution) {
      expect(gradeExercise(exercise, sitting.world).isComplete, `before ${line}`).toBe(false)
      expect(await sitting.type(line), line).toBe(undefined)
    }
    const { goals, score } = gradeExercise(exercise, sitting.world)
    expect(goals.filter(({ ok }) => !ok)).toEqual([])
    expect(score).toBe(1)
  })

  test('a world that opens everything does not fulfil it', async () => {
    const sitting = await sitDown(exercise.world)
    for (const { id } of sitting.world.securityGroup.values()) {
      for (const direction of ['ingress', 'egress']) {
        await sitting.type(
          `aws ec2 authorize-security-group-${direction} --group-id ${id} --protocol -1 --cidr 0.0.0.0/0`,
        )
      }
    }
    expect(gradeExercise(exercise, sitting.world).isComplete).toBe(false)
  })
})

test('there are six exercises of each kind at least', () => {
  expect(exercises.filter(({ kind }) => kind === 'fix').length).toBeGreaterThanOrEqual(6)
  expect(exercises.filter(({ kind }) => kind === 'build').length).toBeGreaterThanOrEqual(6)
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

describe('a grade', () => {
  const [exercise] = exercises
  const graded = (world: World) => gradeExercise(exercise ?? { goals: [{ text: '', lines: [] }] }, world).goals[0]

  test('says which packet failed, and why', () => {
    expect(graded(exerciseWorld(exercise?.world))).toEqual({
      text: 'HTTP requests get in.',
      ok: false,
      packet: 'tcp 203.0.113.5:40000 > 10.0.0.10:80 S',
      action: 'deny',
      sentence: expect.stringContaining('no ingress rule of sg-'),
    })
  })

  test('says what the world lacks', () => {
    expect(graded(exerciseWorld())).toMatchObject({ ok: false, packet: null, sentence: 'there is no interface web' })
    const goal = { text: 'a', probes: 'my-web-sg', lines: ['0s probe ingress tcp 1.1.1.1:1 > 10.0.0.10:80 S allow'] }
    expect(gradeGoal(goal, exerciseWorld())).toMatchObject({ ok: false, sentence: 'there is no group my-web-sg' })
    expect(gradeGoal({ ...goal, probes: 'web' }, exerciseWorld(['group web']))).toMatchObject({
      ok: false,
      sentence: 'the VPC of web has no subnet',
    })
  })
})
