/**
 * A real PostgreSQL for tests: a new cluster in a temporary directory, on a free port of the loopback interface, as
 * a user of its own, since PostgreSQL refuses to run as root.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Postgres {
  /** A superuser's URL of the database `postgres`. */
  readonly url: string
  stop(): Promise<void>
}

/** The folder of `initdb` and `postgres`, or `undefined` where PostgreSQL is not installed. */
export function postgresBinaries(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return [...folders, ...packagedFolders()].find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
  )
}

/** Debian keeps the programs of each version outside the path; the newest comes first. */
function packagedFolders(): string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(root, version, 'bin'))
}

export async function startPostgres(): Promise<Postgres> {
  const binaries = postgresBinaries()
  if (binaries === undefined) throw new Error('PostgreSQL (initdb, postgres) is not installed')
  const identity = unprivileged()
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-postgres-'))
  if (identity) chownSync(directory, identity.uid, identity.gid)
  const options = { cwd: directory, ...identity }
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', join(directory, 'data'), '-U', 'sallyport', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: 'pipe' },
  )
  const port = await freePort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', join(directory, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  /** A test run that ends early leaves no server behind. */
  process.once('exit', () => server.kill('SIGKILL'))
  await ready(server)
  return { url: `postgres://sallyport@127.0.0.1:${port}/postgres`, stop: () => stop(server, directory) }
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, accountName()], { encoding: 'utf8' })))
  if (uid === undefined || gid === undefined) throw new Error('the account for PostgreSQL has no number')
  return { uid, gid }
}

function accountName(): string {
  try {
    execFileSync('id', ['postgres'], { stdio: 'ignore' })
    return 'postgres'
  } catch {
    return 'nobody'
  }
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text
      if (log.includes('database system is ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
    server.once('error', reject)
  })
}

/** SIGINT is PostgreSQL's fast shutdown: it ends the sessions that are still open. */
async function stop(server: ChildProcess, directory: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const exited = once(server, 'exit')
    server.kill('SIGINT')
    await Promise.race([exited, sleep(5_000, undefined, { ref: false }).then(() => server.kill('SIGKILL'))])
  }
  rmSync(directory, { recursive: true, force: true })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
