/**
 * Flow logs judged from a gzip file to the end, beside `zcat | wc -l` and Node's own gunzip on the same file, in
 * turns, by processor time and by the clock; and memory on a log ten times as long.
 */

import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { median } from './compare.ts'
import { Dice } from './dice.ts'
import type { Figure, Size } from './report.ts'

const program = new URL('../dist/cli/main.js', import.meta.url).pathname
const interfaces = 1000
const conversations = 20_000
const linesAPortion = 5000

export async function measureReplaying({ replayedRecords }: Size): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-replaying-'))
  try {
    const world = join(folder, 'world.txt')
    writeFileSync(world, worldLines())
    const [small, large] = [join(folder, 'small.log.gz'), join(folder, 'large.log.gz')]
    await writeLog(small, replayedRecords / 10)
    await writeLog(large, replayedRecords)
    return await figuresOf({ world, small, large, records: replayedRecords })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Logs {
  readonly world: string
  readonly small: string
  readonly large: string
  readonly records: number
}

const rounds = 3

async function figuresOf({ world, small, large, records }: Logs): Promise<Figure[]> {
  const taken = Array.from({ length: rounds }, () => ({
    zcat: processorTime('zcat "$1" | wc -l', [large]),
    gunzip: processorTime(`"$1" --input-type=module -e '${gunzipOnly}' "$2"`, [process.execPath, large]),
    ours: replayed(large, world),
  }))
  const fewer = Array.from({ length: rounds }, () => ({
    zcat: processorTime('zcat "$1" | wc -l', [small]),
    ours: replayed(small, world),
  }))
  const begun = (pick: (each: (typeof fewer)[number]) => number) => median(fewer.map(pick))
  const of = (pick: (each: (typeof taken)[number]) => number) => median(taken.map(pick))
  const many = of(({ ours }) => ours.resident)
  const rate = records / of(({ ours }) => ours.seconds)
  return [
    {
      name: `${records} records of version 2, gzip, judged, to zcat and wc -l`,
      value: of(({ ours, zcat }) => zcat.seconds / ours.seconds),
      unit: 'ratio',
      aim: { atLeast: 1.3 },
      note: `as fast, by processor time, all threads; ${(rate / 1e6).toFixed(2)} M records a processor second`,
    },
    {
      name: 'the same by the clock',
      value: of(({ ours, zcat }) => zcat.clock / ours.clock),
      unit: 'ratio',
      aim: { atLeast: 1.3 },
      note: `as fast; ${(records / 1e6 / of(({ ours }) => ours.clock)).toFixed(2)} M records a second`,
    },
    {
      name: 'each record beyond the first tenth of them, by the clock',
      value:
        (of(({ zcat }) => zcat.clock) - begun(({ zcat }) => zcat.clock)) /
        (of(({ ours }) => ours.clock) - begun(({ ours }) => ours.clock)),
      unit: 'ratio',
      aim: { atLeast: 1.3 },
      note: 'as fast: without starting, first flows and the repair',
    },
    {
      name: 'all of them, to Node’s own gunzip alone',
      value: of(({ ours, gunzip }) => gunzip.seconds / ours.seconds),
      unit: 'ratio',
      aim: undefined,
      note: 'as fast, by processor time',
    },
    {
      name: 'memory on ten times as many records',
      value: many / begun(({ ours }) => ours.resident),
      unit: 'times',
      aim: { atMost: 1.3 },
      note: `${Math.round(begun(({ ours }) => ours.resident) / 1024)} MiB resident at most for ${records / 10} records, ${Math.round(many / 1024)} MiB for ${records}`,
    },
  ]
}

const gunzipOnly = `
import { createReadStream } from "node:fs"
import { createGunzip } from "node:zlib"
for await (const chunk of createReadStream(process.argv[1]).pipe(createGunzip({ chunkSize: 2 ** 18 })));`

/** Tells at the end of a program the most that was resident. */
const witness = `process.on("exit", () => process.stderr.write("\\nresident " + process.resourceUsage().maxRSS))`

function replayed(log: string, world: string) {
  const command = `"$1" --import 'data:text/javascript,${witness}' "$2" replay "$3" --against "$4" --fail-on nothing --top 1`
  return processorTime(command, [process.execPath, program, log, world])
}

/** Of a command and all its children, as the shell tells it, and by the clock, in seconds; and the most that was resident, in KiB. */
function processorTime(command: string, args: readonly string[]) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `${command} >/dev/null && times`, 'sh', ...args], {
    encoding: 'utf8',
  })
  const clock = (performance.now() - start) / 1000
  const children = /\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(stdout)?.slice(1).map(Number)
  if (status !== 0 || !children) throw new Error(`${command} failed: ${stderr}`)
  const [userMinutes = 0, user = 0, systemMinutes = 0, system = 0] = children
  const resident = Number(/resident (\d+)/.exec(stderr)?.[1] ?? 0)
  return { seconds: (userMinutes + systemMinutes) * 60 + user + system, clock, resident }
}

const addressOf = (number: number) => `10.0.${number >> 8}.${(number & 255) + 1}`
const idOf = (number: number) => `eni-${(0x1234_5678 * (number + 1)).toString(16).padStart(17, '0')}`
const numbers = Array.from({ length: interfaces }, (_, number) => number).filter((number) => (number & 255) < 250)

/** Web servers for everybody, and databases for them; some rules besides, that nothing here uses. */
function worldLines(): string {
  return [
    'group db',
    'group web ingress tcp 443 from 0.0.0.0/0',
    'group web egress tcp 5432 to db',
    'group db ingress tcp 5432 from web',
    ...Array.from({ length: 40 }, (_, rule) => `group web ingress tcp ${1000 + rule} from 172.16.${rule}.0/24`),
    'subnet all 10.0.0.0/16',
    ...numbers.map((number) => `interface ${idOf(number)} ${addressOf(number)} in ${groupOf(number)} subnet all`),
  ].join('\n')
}

const groupOf = (number: number) => (number % 4 === 0 ? 'db' : 'web')

async function writeLog(file: string, records: number): Promise<void> {
  await pipeline(Readable.from(portions(records)), createGzip(), createWriteStream(file))
}

/** Some conversations have most of the records, as real ones do; one in fifty is of a port that no rule admits. */
function* portions(records: number): Generator<string> {
  const dice = new Dice('flow log')
  const [web, db] = ['web', 'db'].map((group) => numbers.filter((number) => groupOf(number) === group))
  const known = Array.from({ length: conversations }, (_, index) => {
    const own = dice.of(web ?? [])
    const isInside = index % 3 === 0
    const peer = isInside
      ? addressOf(dice.of(db ?? []))
      : `${20 + dice.below(80)}.${dice.below(256)}.${dice.below(256)}.9`
    return { own, peer, port: index % 50 === 1 ? 8443 : isInside ? 5432 : 443, isInside }
  })
  for (let first = 0; first < records; first += linesAPortion) {
    const count = Math.min(linesAPortion, records - first)
    yield Array.from({ length: count }, (_, index) =>
      lineOf(dice, known[dice.below(1 + dice.below(conversations))], first + index),
    ).join('')
  }
}

interface Known {
  readonly own: number
  readonly peer: string
  readonly port: number
  readonly isInside: boolean
}

function lineOf(dice: Dice, known: Known | undefined, number: number): string {
  if (!known) throw new Error('there is a conversation of every number')
  const client = 32_768 + dice.below(28_000)
  const [own, peer] = [addressOf(known.own), known.peer]
  const isAsking = dice.below(2) === 0
  const [from, to] = isAsking === known.isInside ? [own, peer] : [peer, own]
  const ports = isAsking ? `${client} ${known.port}` : `${known.port} ${client}`
  const time = 1_700_000_000 + Math.floor(number / 64)
  const size = `${1 + dice.below(400)} ${40 + dice.below(600_000)}`
  return `2 123456789012 ${idOf(known.own)} ${from} ${to} ${ports} 6 ${size} ${time} ${time + 50} ACCEPT OK\n`
}
