/**
 * Plans carried out on a model of nft's tables, transaction by transaction: after each of them packets are judged by
 * the old rules or by the new, so that an applier may die anywhere.
 */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NftModel } from '../../../test/nft-model.ts'
import { changesOf, walkWorld } from '../../../test/policy-walk.ts'
import { apply, type World } from '../../model/world.ts'
import { compile } from '../../policy/compile.ts'
import { compileProgram } from './compile-program.ts'
import { condensed, plan, presentOf } from './plan.ts'
import { type Post, type Program, switchNames } from './program.ts'
import type { Present } from './read-back.ts'

const post: Post = { device: 'eth0', slot: 0 }
const anyNumber = fc.nat({ max: 5000 })
const anyChoice = fc.record({ operation: anyNumber, a: anyNumber, b: anyNumber, c: anyNumber })
const anyWalk = fc.array(fc.array(anyChoice, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
const anySize = fc.constantFrom(1, 2, 3, 7, 4000)

function programOf(world: World, isRecording = false): Program | undefined {
  const card = world.networkInterface.get('eni-a')
  return card && compileProgram(compile(world, card), { post, isRecording })
}

/** What a packet meets: the lines and sets that the switches lead to, but for sets that are edited in place. */
function judgement(present: Present | undefined): unknown {
  const seen = new Map<string, unknown>()
  const visit = (name: string) => {
    if (seen.has(name) || isEdited(name)) return
    const chain = present?.chains.get(name)
    const set = present?.sets.get(name)
    const texts = chain ? chain.lines : [...(set?.elements ?? [])].sort()
    seen.set(name, texts)
    for (const text of texts) for (const [, next = ''] of text.matchAll(/(?:jump |goto |@)([\w-]+)/g)) visit(next)
  }
  for (const name of switchNames) visit(name)
  return Object.fromEntries(seen)
}

function isEdited(name: string): boolean {
  return /^(sg|pl)-/.test(name)
}

function edited(present: Present | undefined): [string, ReadonlySet<string>][] {
  return [...(present?.sets ?? [])].filter(([name]) => isEdited(name)).map(([name, { elements }]) => [name, elements])
}

describe('a plan, whatever changed and however small its transactions are', () => {
  test('judges by the old rules or the new ones after each transaction, and comes to the end', () => {
    const property = fc.property(anyWalk, anySize, (steps, mostElements) => {
      let world = walkWorld()
      const model = new NftModel()
      for (const choices of [[], ...steps]) {
        world = choices.reduce((before, choice) => apply(before, changesOf(before, choice)), world)
        const program = programOf(world)
        if (program === undefined) return
        const [before, after] = [model.present, presentOf(program, post)]
        const [old, fresh] = [judgement(before), judgement(after)]
        const [oldMembers, newMembers] = [new Map(edited(before)), new Map(edited(after))]
        for (const transaction of plan(before, program, { post, mostElements })) {
          model.run(transaction)
          const current = judgement(model.present)
          const isNew = equal(current, fresh)
          expect(isNew || before === undefined || equal(current, old)).toBe(true)
          if (before !== undefined)
            expectMembers(model.present, isNew && !equal(old, fresh) ? newMembers : undefined, oldMembers, newMembers)
        }
        expect(plan(model.present, program, { post, mostElements })).toEqual([])
        expect(judgement(model.present)).toEqual(fresh)
      }
    })
    fc.assert(property, { numRuns: 150 })
  })

  test('may be carried out in one transaction and one to sweep where it fits, and ends the same', () => {
    const property = fc.property(anyWalk, (steps) => {
      let world = walkWorld()
      const model = new NftModel()
      for (const choices of [[], ...steps]) {
        world = choices.reduce((before, choice) => apply(before, changesOf(before, choice)), world)
        const program = programOf(world, choices.length % 2 === 1)
        if (program === undefined) return
        const transactions = condensed(plan(model.present, program, { post, mostElements: 4000 }), 4000)
        expect(transactions.filter(({ does }) => does === 'sweep').length).toBeLessThanOrEqual(1)
        expect(transactions.filter(({ does }) => does !== 'sweep').length).toBeLessThanOrEqual(1)
        for (const transaction of transactions) model.run(transaction)
        expect(plan(model.present, program, { post, mostElements: 4000 })).toEqual([])
      }
    })
    fc.assert(property, { numRuns: 100 })
  })

  test('begun by somebody who died is finished by whoever comes next', () => {
    const property = fc.property(anyWalk, fc.nat({ max: 40 }), (steps, lived) => {
      let world = walkWorld()
      const model = new NftModel()
      for (const choices of [[], ...steps]) {
        world = choices.reduce((before, choice) => apply(before, changesOf(before, choice)), world)
        const program = programOf(world)
        if (program === undefined) return
        for (const each of plan(model.present, program, { post, mostElements: 3 }).slice(0, lived)) model.run(each)
      }
      const program = programOf(world)
      if (program === undefined) return
      for (const each of plan(model.present, program, { post, mostElements: 3 })) model.run(each)
      expect(plan(model.present, program, { post, mostElements: 3 })).toEqual([])
      expect(judgement(model.present)).toEqual(judgement(presentOf(program, post)))
    })
    fc.assert(property, { numRuns: 100 })
  })
})

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

type Members = ReadonlyMap<string, ReadonlySet<string>>

/** Members under the new rules are the new policy's, under the old ones the old policy's: never a mix that is neither. */
function expectMembers(present: Present | undefined, only: Members | undefined, old: Members, fresh: Members): void {
  const reachable = JSON.stringify(judgementNames(present))
  for (const [name, elements] of edited(present)) {
    if (!reachable.includes(`"${name}"`)) continue
    const allowed = only ?? old
    const strangers = [...elements].filter(
      (each) => !allowed.get(name)?.has(each) && !(only === undefined && fresh.get(name)?.has(each)),
    )
    expect(strangers).toEqual([])
  }
}

/** Names that the switches lead to, those of edited sets included. */
function judgementNames(present: Present | undefined): string[] {
  const seen = new Set<string>()
  const visit = (name: string) => {
    if (seen.has(name)) return
    seen.add(name)
    const texts = present?.chains.get(name)?.lines ?? [...(present?.sets.get(name)?.elements ?? [])]
    for (const text of texts) for (const [, next = ''] of text.matchAll(/(?:jump |goto |@)([\w-]+)/g)) visit(next)
  }
  for (const name of switchNames) visit(name)
  return [...seen]
}
