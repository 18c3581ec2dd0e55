/**
 * The server dies at random moments under concurrent writers, and what clients were told is compared
 * with what the next server shows. SALLYPORT_KILLS sets how often it dies.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startPostgres } from '../postgres.ts'
import { program, type ServerProcess, startServer } from '../server-process.ts'
import { findTool } from '../tools.ts'
import { commonGroup, type Observation, observe } from './estate.ts'
import { type Wire, wireTo } from './wire.ts'
import { type Writer, writerOf } from './writer.ts'

const kills = Number(process.env['SALLYPORT_KILLS'] ?? 20)
const writerCount = 6

type Place = readonly string[]

/** How a server comes to its end. Three in five die while they serve. */
const deaths: readonly ((server: ServerProcess, place: Place) => Promise<void>)[] = [
  killServing,
  killServing,
  killStopping,
  killServing,
  killNextStarting,
]

async function killServing(server: ServerProcess): Promise<void> {
  await sleep(Math.random() * 400)
  await server.stop('SIGKILL')
}

/** Between the signal to stop and the end, the log is folded into the data file. */
async function killStopping(server: ServerProcess): Promise<void> {
  await sleep(Math.random() * 300)
  const stopped = server.stop('SIGTERM')
  await sleep(Math.random() * 20)
  await Promise.all([stopped, server.stop('SIGKILL')])
}

/** A server that dies while it reads what another left behind. */
async function killNextStarting(server: ServerProcess, place: Place): Promise<void> {
  await killServing(server)
  const next = spawn(process.execPath, [program, 'serve', '--port', '0', ...place], { stdio: 'ignore' })
  const ended = once(next, 'exit')
  await sleep(50 + Math.random() * 150)
  next.kill('SIGKILL')
  await ended
}

describe('a change that was answered with success survives, and one without an answer is whole or absent', () => {
  test(`when a server on a directory is killed ${kills} times`, { timeout: 30_000 + kills * 5_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sallyport-kill-'))
    onTestFinished(() => rmSync(directory, { recursive: true }))
    await dieOften(['--data', directory], kills)
  })

  const postgresKills = Math.ceil(kills / 4)
  test.skipIf(findTool('postgres').path === undefined)(
    `when a server on PostgreSQL is killed ${postgresKills} times`,
    { timeout: 30_000 + postgresKills * 10_000 },
    async () => {
      const postgres = await startPostgres()
      onTestFinished(() => postgres.stop())
      await dieOften(['--database', postgres.url], postgresKills)
    },
  )
})

async function dieOften(place: Place, times: number): Promise<void> {
  const writers = Array.from({ length: writerCount }, (_, writer) => writerOf(writer))
  let seen: Observation | undefined
  for (let life = 0; life <= times; life += 1) {
    const server = await startServer([...place, '--quota', 'off'])
    await settle(server, writers, seen)
    if (life === times) expect(await server.stop()).toBe(0)
    else seen = await liveAndDie(server, writers, () => deaths[life % deaths.length]?.(server, place))
  }
  const settled = await startServer(place)
  await settle(settled, writers, undefined)
  expect(await settled.stop()).toBe(0)
  expect(changesOf(writers)).toBeGreaterThan(times * writerCount)
}

function changesOf(writers: readonly Writer[]): number {
  return writers.reduce((sum, { changes }) => sum + changes, 0)
}

async function settle({ url }: ServerProcess, writers: readonly Writer[], seen: Observation | undefined) {
  const wire = wireTo(url)
  // The first server finds nothing; one that died at once may not have kept the common group.
  await wire.call('CreateSecurityGroup', { GroupName: commonGroup, GroupDescription: 'for all' })
  const found = await look(wire)
  wire.close()
  for (const writer of writers) writer.settle(found ?? { estates: [], ids: new Map() }, seen)
  const health = (await (await fetch(`${url}/_sallyport/health`)).json()) as { worldVersion: number }
  expect(health.worldVersion).toBeGreaterThanOrEqual(changesOf(writers))
}

/** Resolves with what a reader was shown last. */
async function liveAndDie({ url }: ServerProcess, writers: readonly Writer[], die: () => Promise<void> | undefined) {
  const wires = Array.from({ length: writers.length + 1 }, () => wireTo(url))
  const [reading = wireTo(url), ...writing] = wires
  const reader = readOn(reading)
  const busy = writers.map((writer, index) => writer.writeOn(writing[index] ?? reading))
  await Promise.all([die(), reader, ...busy])
  for (const wire of wires) wire.close()
  return reader
}

async function readOn(wire: Wire): Promise<Observation | undefined> {
  let last: string | undefined
  while (true) {
    const outcome = await wire.call('DescribeSecurityGroups')
    if (outcome.kind !== 'done') return last === undefined ? undefined : observe(last, writerCount)
    last = outcome.xml
    await sleep(10)
  }
}

async function look(wire: Wire): Promise<Observation | undefined> {
  const outcome = await wire.call('DescribeSecurityGroups')
  return outcome.kind === 'done' ? observe(outcome.xml, writerCount) : undefined
}
