/** The random rulesets that the kernel is asked about: playable, repeatable, and about something. */

import { expect, test } from 'vitest'
import { playTimeline } from '../src/engine/timeline.ts'
import { avoided } from './kernel/avoided.ts'
import { randomScene } from './kernel/random-rulesets.ts'

const count = 500
const scenes = Array.from({ length: count }, (_, seed) => randomScene(seed))
const results = scenes.flatMap((text) => Array.from(playTimeline(text)))

test('a seed gives one text', () => {
  expect(randomScene(7)).toBe(randomScene(7))
  expect(new Set(scenes).size).toBe(count)
})

test('a scene has some twenty to forty lines of packets and changes, and no wait', () => {
  for (const text of scenes) {
    const lines = text.split('\n').filter((line) => line.startsWith('0s '))
    expect(lines.length).toBeGreaterThanOrEqual(20)
    expect(lines.length).toBeLessThanOrEqual(45)
  }
  expect(results.every(({ at }) => at === 0)).toBe(true)
})

test('verdicts are well mixed, and every kind of reason is among them', () => {
  const allowed = results.filter(({ verdict }) => verdict.action === 'allow').length / results.length
  expect(allowed).toBeGreaterThan(0.3)
  expect(allowed).toBeLessThan(0.7)
  const kinds = new Map<string, number>()
  for (const { verdict } of results) kinds.set(verdict.because.kind, (kinds.get(verdict.because.kind) ?? 0) + 1)
  const most = (kind: string) => (kinds.get(kind) ?? 0) / results.length
  for (const kind of ['rules', 'connection', 'untracked', 'no-rule']) expect(most(kind)).toBeGreaterThan(0.05)
  for (const kind of ['related-error', 'message', 'no-state', 'exempt']) expect(most(kind)).toBeGreaterThan(0.005)
  for (const kind of ['fragment', 'source-dest-check', 'malformed', 'multicast']) expect(most(kind)).toBeGreaterThan(0)
  const revoked = results.filter(({ reason }) => reason.includes('revoked'))
  expect(revoked.length).toBeGreaterThan(count / 5)
})

test('each thing that is avoided comes with its reason', () => {
  for (const each of avoided) expect(each).toMatch(/^.+: .+/)
})
