/** Logs as they lie: our own writer's files in the folders of S3, text, gzip and Parquet, whole and damaged. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parquetFile } from '../../src/app/flow-log-parquet.ts'
import { logFilesAt } from '../../src/app/replay/log-files.ts'
import { beginReading } from '../../src/app/replay/read-logs.ts'
import { fieldsOf } from '../../src/engine/flow-record-text.ts'
import { whollyKnown } from '../../src/import/imported.ts'
import { defaultFlowLogFormat } from '../../src/model/flow-log.ts'
import { Replay } from '../../src/replay/replay.ts'
import { knownLog } from './known-logs.ts'

const format = `${defaultFlowLogFormat} \${tcp-flags} \${pkt-srcaddr} \${pkt-dstaddr} \${flow-direction}`
const fields = fieldsOf(format)
const { proposed, records } = knownLog('inputs', format, 200)
const lines = records.map(({ line }) => line)
const text = `${[fields.join(' '), ...lines].join('\n')}\n`
let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-logs-'))
})
afterAll(() => rmSync(root, { recursive: true }))

function written(name: string, bytes: string | Uint8Array): string {
  const path = join(root, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return path
}

function judged(...paths: readonly string[]) {
  return judgedBy(0, paths)
}

async function judgedBy(threads: number, paths: readonly string[]) {
  const replay = new Replay(whollyKnown(proposed))
  let done = 0
  const reading = beginReading(logFilesAt(paths), undefined, threads)
  const unread = await reading.into(replay, (progress) => {
    expect(progress.done).toBeGreaterThanOrEqual(done)
    done = progress.done
  })
  await reading.stop()
  const counts = replay.tally.judgements.map(({ judgement, weight }) => `${JSON.stringify(judgement)} ${weight.bytes}`)
  return { records: replay.tally.records, counts: counts.sort(), unread, damaged: replay.tally.damagedLines }
}

test('text, gzip and Parquet of the same records are judged alike', async () => {
  const plain = await judged(written('a.log', text))
  expect(plain.records).toBe(lines.length)
  expect(await judged(written('a.log.gz', gzipSync(text)))).toEqual(plain)
  expect(await judged(written('a.log.parquet', parquetFile(fields, lines)))).toEqual(plain)
})

test('a gzip file of several members is read to its end', async () => {
  const members = [`${fields.join(' ')}\n`, ...lines.map((line) => `${line}\n`)].map((part) => gzipSync(part))
  expect((await judged(written('members.gz', Buffer.concat(members)))).records).toBe(lines.length)
})

test('folders are walked, hive-style or not, and hidden files are left out', async () => {
  const key = 'AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/11/30/10/a.log.gz'
  const hive = 'AWSLogs/aws-account-id=1/aws-service=vpcflowlogs/aws-region=r/year=2026/month=11/day=30/b.log.parquet'
  written(`bucket/${key}`, gzipSync(text))
  written(`bucket/${hive}`, parquetFile(fields, lines))
  written('bucket/.DS_Store', 'x')
  const { records: count, unread } = await judged(join(root, 'bucket'))
  expect([count, unread]).toEqual([2 * lines.length, []])
})

test('a file that is cut off is told, and what came before it and after it counts', async () => {
  const whole = gzipSync(text)
  const cut = written('cut/a.log.gz', whole.subarray(0, whole.length / 2))
  const alike = written('cut/b.log', text)
  const { records: count, unread } = await judged(cut, alike)
  expect(unread).toEqual([{ path: cut, why: 'unexpected end of file' }])
  expect(count).toBeGreaterThan(lines.length)
})

test('Parquet that is none, and text that is no flow log, are told with the reason', async () => {
  const paths = [written('bad/a.parquet', 'PAR1 and nothing else'), written('bad/b.txt', 'hello\n')]
  const { unread } = await judged(...paths)
  expect(unread.map(({ path }) => path)).toEqual(paths)
  expect(unread[0]?.why).toMatch(/cannot be read as Parquet/)
  expect(unread[1]?.why).toMatch(/lines of 1 fields.*--format/)
})

test('threads read as this one does, however many', async () => {
  const whole = gzipSync(text)
  const paths = [
    written('many/a.log', text),
    written('many/b.log.gz', whole),
    written('many/c.log.gz', whole.subarray(0, whole.length / 2)),
    written('many/d.log.parquet', parquetFile(fields, lines)),
    written('many/e.log', `${text}no record\n`),
  ]
  const alone = await judgedBy(0, paths)
  expect([alone.unread.length, alone.damaged]).toEqual([1, 1])
  expect(await judgedBy(1, paths)).toEqual(alone)
  expect(await judgedBy(3, paths)).toEqual(alone)
})
