/** Work beside the server's own thread: the same answers, of the world that was given, within bounds. */

import { afterEach, describe, expect, test } from 'vitest'
import { estateWorld } from '../../bench/reaching-worlds.ts'
import { Background } from '../../src/app/background/background.ts'
import { TooMuch } from '../../src/app/background/desk.ts'
import { BadInput } from '../../src/app/bad-input.ts'
import { mapView } from '../../src/app/console/map.ts'
import { replayView } from '../../src/app/console/replayed.ts'
import { type Milliseconds, minutes } from '../../src/base/clock.ts'
import { apply, type World } from '../../src/model/world.ts'
import { reachWorld } from '../reach-world.ts'

const world = estateWorld({ interfaces: 60, groups: 20, rulesEach: 15, roles: 10 })
const fewer = apply(world, [{ kind: 'removed', of: 'networkInterface', id: 'eni-3' }])
const elsewhere = {
  ...estateWorld({ interfaces: 40, groups: 10, rulesEach: 30, roles: 9 }),
  scope: scopeIn('eu-west-1'),
}
const by = { by: 'group' }

function scopeIn(region: string) {
  return { account: '123456789012', region }
}

const opened: Background[] = []
function background(...limits: ConstructorParameters<typeof Background>): Background {
  const made = new Background(...limits)
  opened.push(made)
  return made
}
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())))

const map = (at: Background, of: World, body: object = by) => at.ask('map', [of], { ...body })

describe('a thread', () => {
  test('answers of the world that it is asked about, whatever it was asked before', async () => {
    const at = background()
    for (const each of [world, fewer, elsewhere, world, fewer]) {
      expect(await map(at, each)).toEqual(mapView(each, by))
    }
  })

  test('answers of two worlds, and keeps the first', async () => {
    const at = background()
    const { pairs } = await at.ask('changes', [world, fewer])
    expect(pairs.length).toBeGreaterThan(0)
    expect((await at.ask('changes', [world, world])).pairs).toEqual([])
    expect(await map(at, world)).toEqual(mapView(world, by))
  })

  test('tells bad input apart from a fault', async () => {
    await expect(map(background(), world, { by: 'colour' })).rejects.toThrow(BadInput)
    await expect(background().ask('scope', [world], {} as never)).rejects.toThrow('analyseScope')
  })

  test('goes on after both', async () => {
    const at = background()
    await expect(at.ask('scope', [world], {} as never)).rejects.toThrow()
    expect(await map(at, world)).toEqual(mapView(world, by))
  })
})

describe('who asks for too much is told so, and others are served', () => {
  const usual = { time: minutes(1), memory: 1024 }

  test('of time', async () => {
    const at = background({ ...usual, time: 1 as Milliseconds })
    await expect(map(at, world)).rejects.toThrow(/^This took more than .* minutes and was given up/)
    await expect(map(at, fewer)).rejects.toThrow(TooMuch)
  })

  test('of memory', async () => {
    const at = background({ ...usual, memory: 12 })
    await expect(map(at, world)).rejects.toThrow(/^This took more than 12 MB of memory and was given up/)
  })

  test('of turns', async () => {
    const at = background(usual)
    const asked = Array.from({ length: 23 }, () => map(at, world))
    const told = await Promise.allSettled(asked)
    expect(told.slice(0, 22).map(({ status }) => status)).toEqual(Array(22).fill('fulfilled'))
    expect(told[22]).toMatchObject({ reason: { name: 'TooMuch', message: expect.stringContaining('try again') } })
  })

  test('and whoever waits when it ends', async () => {
    const at = background(usual)
    const asked = Promise.allSettled(Array.from({ length: 4 }, () => map(at, world)))
    await at.close()
    expect((await asked).map((each) => each.status === 'rejected' && each.reason)).toEqual(
      Array(4).fill(expect.any(TooMuch)),
    )
  })
})

test('a replay whose repair opens more than can be compared says so, and keeps the rest', async () => {
  const lines = [
    'group web egress any to 0.0.0.0/0',
    'group db ingress tcp 5432 from web',
    ...Array.from({ length: 13 }, (_, index) => `interface w${index} 10.0.0.${10 + index} in web`),
    'interface db 10.0.0.40 in db',
  ]
  const log = [
    'version interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags',
    '5 eni-db 10.0.0.10 10.0.0.40 40000 6379 6 9 900 1793491200 1793491260 ACCEPT OK 2',
  ]
  async function* bytes() {
    yield Buffer.from(`${log.join('\n')}\n`)
  }
  const at = background({ time: 1 as Milliseconds, memory: 1024 })
  const seen = await replayView(
    reachWorld(lines.join('\n')),
    { name: 'log', bytes: bytes(), isStrict: false, isShrunk: true },
    at,
  )
  if ('problem' in seen) throw new Error(seen.problem)
  expect(seen.repair?.lines).toHaveLength(1)
  expect(seen.repair?.opens.pairs).toEqual([])
  expect(seen.repair?.proof.at(-1)).toMatch(/^What the lines open besides was not compared: This took more than/)
  expect(seen.shrink?.closedHeadline).toMatch(/^What the tighter rules close was not compared: This took more than/)
})
