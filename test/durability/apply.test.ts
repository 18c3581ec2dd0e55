/**
 * The server dies while `apply` loads a whole world into it. What the next server shows is the world before or the
 * world after, never a part of either; and applying it again comes to the same end. SALLYPORT_KILLS sets how often.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Remote } from '../../src/app/remote.ts'
import { fetchWorld, pushWorld } from '../../src/app/remote-world.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { stateOf } from '../../src/model/state.ts'
import type { World } from '../../src/model/world.ts'
import { startPostgres } from '../postgres.ts'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { findTool } from '../tools.ts'

/** A world takes far longer to load than a call. */
const kills = Math.ceil(Number(process.env['SALLYPORT_KILLS'] ?? 20) / 4)

const groups = 150
const rulesEach = 20

/** Groups, rules, an ACL, a list and interfaces: of the two worlds some are in both, some otherwise, some in one. */
function linesOf(base: number): string {
  const numbers = Array.from({ length: groups }, (_, number) => base + number)
  const ports = Array.from({ length: rulesEach }, (_, number) => 1000 + base + number)
  return [
    ...numbers.map((number) => `group g${number}`),
    ...numbers.flatMap((number) => ports.map((port) => `group g${number} ingress tcp ${port} from 10.0.0.0/8`)),
    'acl edge',
    `acl edge ingress 100 allow tcp ${1000 + base} from 0.0.0.0/0`,
    'acl edge egress 100 allow any to 0.0.0.0/0',
    'subnet front 10.0.0.0/24 acl edge',
    `prefix-list pl-office 203.0.113.${base}/32 198.51.100.0/24`,
    ...numbers.map((number) => `interface i${number} 10.0.0.${4 + number - base} in g${number} subnet front`),
    '',
  ].join('\n')
}

type Name = 'first' | 'second'
const lines: Readonly<Record<Name, string>> = { first: linesOf(0), second: linesOf(50) }
const worlds: Readonly<Record<Name, World>> = {
  first: worldFromLines(lines.first),
  second: worldFromLines(lines.second),
}
const other: Readonly<Record<Name, Name>> = { first: 'second', second: 'first' }

/** A world as text, whatever the order that its objects are kept in. */
function worldText(world: World): string {
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)
  const { objects } = stateOf(world)
  return JSON.stringify(Object.entries(objects).map(([kind, all]) => [kind, [...all].sort(byId)]))
}

function remoteOf({ url }: ServerProcess): Remote {
  return { url, region: 'us-east-1', accessKeyId: 'test', secret: 'test' }
}

interface Scene {
  readonly place: readonly string[]
  /** Files of both worlds. */
  readonly files: Readonly<Record<Name, string>>
  /** What a server shows of each once it was applied. */
  readonly whole: Readonly<Record<Name, string>>
  /** How long the server takes to answer, in milliseconds. */
  readonly duration: number
}

/** As a person loads a world. */
async function applied(server: ServerProcess, file: string): Promise<string> {
  const { status, stderr } = await runProgram(['apply', file, '--replace', '--endpoint-url', server.url])
  expect([status, stderr]).toEqual([0, ''])
  return worldText(await fetchWorld(remoteOf(server)))
}

async function sceneOf(place: readonly string[], folder: string): Promise<Scene> {
  const files = { first: join(folder, 'first.txt'), second: join(folder, 'second.txt') }
  for (const name of ['first', 'second'] as const) writeFileSync(files[name], lines[name])
  const server = await startServer(place)
  const [second, first] = [await applied(server, files.second), await applied(server, files.first)]
  expect(first).not.toBe(second)
  expect(await server.stop()).toBe(0)
  // One that has just started is slower, as those are that die.
  const fresh = await startServer(place)
  const started = performance.now()
  await pushWorld(remoteOf(fresh), worlds.second, { replaces: true })
  const duration = performance.now() - started
  expect(worldText(await fetchWorld(remoteOf(fresh)))).toBe(second)
  expect(await fresh.stop()).toBe(0)
  return { place, files, whole: { first, second }, duration }
}

/** Whether the world was answered for before the server died after so many milliseconds. */
async function dieApplying(server: ServerProcess, target: Name, after: number): Promise<boolean> {
  const answer = pushWorld(remoteOf(server), worlds[target], { replaces: true }).then(
    () => true,
    () => false,
  )
  await sleep(after)
  await server.stop('SIGKILL')
  return answer
}

async function dieOften({ place, files, whole, duration }: Scene, times: number): Promise<void> {
  let unanswered = 0
  let held: Name = 'second'
  for (let life = 0; life < times; life += 1) {
    const target: Name = other[held]
    // From a while after the request's first byte, as it is read first, to a while after its answer.
    const after = (0.4 + 1.2 * ((life + Math.random()) / times)) * duration
    const isAnswered = await dieApplying(await startServer(place), target, after)
    const next = await startServer(place)
    const found = worldText(await fetchWorld(remoteOf(next)))
    const mayBe = isAnswered ? [whole[target]] : [whole[held], whole[target]]
    expect(mayBe.includes(found), `after ${after} ms`).toBe(true)
    expect(await applied(next, files[target])).toBe(whole[target])
    expect(await next.stop()).toBe(0)
    if (!isAnswered) unanswered += 1
    held = target
  }
  expect(unanswered).toBeGreaterThan(0)
}

describe('a world that is applied is there as a whole or not at all, and applying it again comes to the same end', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'sallyport-apply-'))
    onTestFinished(() => rmSync(made, { recursive: true }))
    return made
  }

  test(`when a server on a directory is killed ${kills} times`, { timeout: 60_000 + kills * 10_000 }, async () => {
    const own = folder()
    await dieOften(await sceneOf(['--data', join(own, 'data')], own), kills)
  })

  const postgresKills = Math.ceil(kills / 3)
  test.skipIf(findTool('postgres').path === undefined)(
    `when a server on PostgreSQL is killed ${postgresKills} times`,
    { timeout: 60_000 + postgresKills * 15_000 },
    async () => {
      const postgres = await startPostgres()
      onTestFinished(() => postgres.stop())
      await dieOften(await sceneOf(['--database', postgres.url], folder()), postgresKills)
    },
  )
})
