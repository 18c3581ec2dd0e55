/** Where flow log lines go: the folders and names of a bucket's objects and of a log group's streams. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assemble } from '../../src/app/assemble.ts'
import { FlowLogFiles } from '../../src/app/flow-log-files.ts'
import type { Delivery } from '../../src/app/flow-logs.ts'
import { instant, seconds } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { defaultFlowLogFormat, type FlowLog } from '../../src/model/flow-log.ts'
import { defaultQuotas } from '../../src/model/quota.ts'
import { listen } from '../../src/server/listener.ts'
import { form, send } from '../server/http.ts'

let directory: string
let files: FlowLogFiles
let failures: unknown[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'flow-logs-'))
  failures = []
  files = new FlowLogFiles({ directory, entropy: seededEntropy(1), onFailure: (cause) => failures.push(cause) })
})

afterEach(() => rmSync(directory, { recursive: true }))

const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gunzipSync(bytes)) }

const noon = instant(Date.UTC(2026, 10, 22, 12, 3))
const bucket = 'arn:aws:s3:::my-flow-logs'

function delivery(log: Partial<FlowLog>, text = 'line', end = noon): Delivery {
  const scope = { account: '123456789012', region: 'us-east-1' }
  const options = { fileFormat: 'plain-text', hiveCompatiblePartitions: false, perHourPartition: false }
  const whole: FlowLog = {
    id: 'fl-0123456789abcdef0',
    resource: 'vpc-0',
    trafficType: 'ALL',
    destinationType: 's3',
    format: defaultFlowLogFormat,
    maxAggregation: seconds(600),
    destinationOptions: options,
    createdAt: noon,
    ...log,
  }
  return { scope, log: whole, networkInterface: 'eni-0123456789abcdef0', lines: [{ text, end }] }
}

function formatOf(...fields: readonly string[]): string {
  return fields.map((field) => `\${${field}}`).join(' ')
}

/** Paths below the directory, in order. */
function written(): string[] {
  const found = readdirSync(directory, { recursive: true, withFileTypes: true })
  return found
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(directory.length + 1))
    .sort()
}

const unzipped = (path: string) => gunzipSync(readFileSync(join(directory, path))).toString()

describe('an S3 destination', () => {
  const account = 'my-flow-logs/AWSLogs/123456789012/vpcflowlogs/us-east-1'
  const hive = 'my-flow-logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1'
  const name = /123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20261122T1200Z_[0-9a-f]{8}\.log\.gz$/

  test.each([
    ['by day', bucket, {}, `${account}/2026/11/22`],
    ['by hour', bucket, { perHourPartition: true }, `${account}/2026/11/22/12`],
    ['below a prefix', `${bucket}/some/where/`, {}, `${account.replace('/', '/some/where/')}/2026/11/22`],
    ['in Hive form', bucket, { hiveCompatiblePartitions: true }, `${hive}/year=2026/month=11/day=22`],
    [
      'in Hive form by hour',
      bucket,
      { hiveCompatiblePartitions: true, perHourPartition: true },
      `${hive}/year=2026/month=11/day=22/hour=12`,
    ],
  ])('has its objects %s', async (_, destination, options, folder) => {
    const destinationOptions = { ...delivery({}).log.destinationOptions, ...options }
    files.take(delivery({ destination, destinationOptions }))
    await files.close()
    expect(written().map((path) => [path.slice(0, path.lastIndexOf('/')), name.test(path)])).toEqual([[folder, true]])
  })

  test('gets the lines of five minutes as one object when they are over, its header first', async () => {
    const log = { destination: bucket, format: formatOf('version', 'action') }
    files.take(delivery(log, '2 ACCEPT'))
    files.flush(instant(noon + 119_999))
    files.take(delivery(log, '2 REJECT', instant(noon + 60_000)))
    files.flush(instant(noon + 120_000))
    files.take(delivery(log, '2 ACCEPT', instant(noon + 120_000)))
    await files.close()
    expect(written().map((path) => /\d{8}T\d{4}Z/.exec(path)?.[0])).toEqual(['20261122T1200Z', '20261122T1205Z'])
    expect(written().map(unzipped)).toEqual(['version action\n2 ACCEPT\n2 REJECT\n', 'version action\n2 ACCEPT\n'])
  })
})

describe('an object in Parquet', () => {
  const parquet = { fileFormat: 'parquet', hiveCompatiblePartitions: false, perHourPartition: false }
  const read = async (path: string) => {
    const file = readFileSync(join(directory, path))
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
    return { metadata: parquetMetadata(bytes), rows: await parquetReadObjects({ file: bytes, compressors }) }
  }

  test('is named so, and holds a column a field with the types that AWS documents', async () => {
    const log = { destination: bucket, destinationOptions: parquet }
    files.take(delivery(log, '2 123456789012 eni-1 10.0.0.5 10.0.0.6 40000 22 6 3 4294967296 1 60 ACCEPT OK'))
    files.take(delivery(log, '2 123456789012 eni-1 - - - - - - - 60 120 - NODATA'))
    await files.close()
    const [path = ''] = written()
    expect(path).toMatch(/_20261122T1200Z_[0-9a-f]{8}\.log\.parquet$/)
    const { metadata, rows } = await read(path)
    expect(rows).toEqual([
      {
        version: 2,
        account_id: '123456789012',
        interface_id: 'eni-1',
        srcaddr: '10.0.0.5',
        dstaddr: '10.0.0.6',
        srcport: 40_000,
        dstport: 22,
        protocol: 6,
        packets: 3n,
        bytes: 4_294_967_296n,
        start: 1n,
        end: 60n,
        action: 'ACCEPT',
        log_status: 'OK',
      },
      expect.objectContaining({ srcaddr: '-', srcport: null, packets: null, start: 60n, log_status: 'NODATA' }),
    ])
    expect(metadata.row_groups.flatMap(({ columns }) => columns.map((each) => each.meta_data?.codec))).toEqual(
      Array.from({ length: 14 }, () => 'GZIP'),
    )
  })

  test('has a field that the format names twice once, and fields that nobody knows as strings', async () => {
    const format = formatOf('action', 'tcp-flags', 'action', 'traffic-path', 'ecs-task-id')
    files.take(delivery({ destination: bucket, destinationOptions: parquet, format }, 'ACCEPT 19 ACCEPT - -'))
    await files.close()
    const { rows } = await read(written()[0] ?? '')
    expect(rows).toEqual([{ action: 'ACCEPT', tcp_flags: 19, traffic_path: null, ecs_task_id: '-' }])
  })
})

test('an object that reached 75 MB is followed by another one of the same five minutes', async () => {
  const text = 'x'.repeat(5 * 1024 * 1024 - 1)
  for (let count = 0; count < 16; count++)
    files.take(delivery({ destination: bucket, format: formatOf('version') }, text))
  await files.close()
  const sizes = written().map((path) => unzipped(path).length)
  expect(sizes.sort((a, b) => b - a)).toEqual([8 + 14 * text.length + 14, 8 + 2 * text.length + 2])
})

describe('a log group', () => {
  const stream = 'eni-0123456789abcdef0'

  test.each([
    ['all', { trafficType: 'ALL' }],
    ['accept', { trafficType: 'ACCEPT' }],
    ['reject', { trafficType: 'REJECT' }],
  ] as const)('has a stream an interface: -%s', async (suffix, log) => {
    for (const text of ['one', 'two'])
      files.take(delivery({ ...log, destinationType: 'cloud-watch-logs', logGroup: 'web' }, text))
    await files.close()
    expect(written()).toEqual([`web/${stream}-${suffix}`])
    expect(readFileSync(join(directory, `web/${stream}-${suffix}`), 'utf8')).toBe('one\ntwo\n')
  })

  test.each([
    [
      'its ARN',
      { destinationType: 'cloud-watch-logs', destination: 'arn:aws:logs:us-east-1:123456789012:log-group:web:*' },
      'web',
    ],
    [
      'a delivery stream',
      {
        destinationType: 'kinesis-data-firehose',
        destination: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/s',
      },
      's',
    ],
    ['slashes', { destinationType: 'cloud-watch-logs', logGroup: '/aws/vpc' }, '%2Faws%2Fvpc'],
    ['dots that lead out', { destinationType: 'cloud-watch-logs', logGroup: '..' }, '%2E%2E'],
    ['steps that lead out', { destinationType: 'cloud-watch-logs', logGroup: '../../etc' }, '..%2F..%2Fetc'],
    ['a NUL', { destinationType: 'cloud-watch-logs', logGroup: 'a\u0000b' }, 'a%00b'],
  ] as const)('named by %s has a folder of its own', async (_, log, folder) => {
    files.take(delivery(log))
    await files.close()
    expect([written(), failures]).toEqual([[`${folder}/${stream}-all`], []])
  })

  test('named at length has a shorter folder', async () => {
    files.take(delivery({ destinationType: 'cloud-watch-logs', logGroup: 'x'.repeat(512) }))
    await files.close()
    expect(written()).toEqual([`${'x'.repeat(200)}/${stream}-all`])
  })
})

test('a prefix of an S3 destination leads nowhere else', async () => {
  files.take(delivery({ destination: `${bucket}/../../../x` }))
  await files.close()
  expect(written()).toEqual([expect.stringMatching(/^my-flow-logs\/%2E%2E\/%2E%2E\/%2E%2E\/x\/AWSLogs\//)])
})

test('what cannot be written is reported, and what comes after it is written', async () => {
  writeFileSync(join(directory, 'full'), '')
  files.take(delivery({ destinationType: 'cloud-watch-logs', logGroup: 'full' }))
  files.take(delivery({ destinationType: 'cloud-watch-logs', logGroup: 'free' }))
  await files.close()
  expect(failures).toEqual([expect.objectContaining({ code: 'EEXIST' })])
  expect(written()).toContain('free/eni-0123456789abcdef0-all')
})

test('a service with a directory writes what it gathered when it stops, and shows it while it runs', async () => {
  const system = await assemble({
    store: { directory },
    quotas: defaultQuotas,
    authentication: { defaultAccount: '123456789012' },
    onAnswer: () => undefined,
    onStore: () => undefined,
    onFlowLogFailure: (cause) => failures.push(cause),
  })
  const { url, stop } = await listen(system, { host: '127.0.0.1', port: 0 })
  const call = async (parameters: Readonly<Record<string, string>>, element: string) => {
    const { body } = await send(url, { body: form(parameters) })
    return new RegExp(`<${element}>([^<]*)<`).exec(body)?.[1] ?? body
  }
  const SubnetId = await call({ Action: 'DescribeSubnets' }, 'subnetId')
  const card = await call({ Action: 'CreateNetworkInterface', SubnetId }, 'networkInterfaceId')
  const log = { ResourceType: 'NetworkInterface', 'ResourceId.1': card, TrafficType: 'ALL', LogGroupName: 'web' }
  const role = {
    DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/r',
    LogFormat: formatOf('interface-id', 'action'),
  }
  const id = await call({ Action: 'CreateFlowLogs', ...log, ...role }, 'item')
  const packet = { packet: '50 10.9.9.9 > 10.9.9.8', at: { networkInterface: card, direction: 'ingress' } }
  await send(url, { path: '/_sallyport/packets', body: JSON.stringify(packet) })
  const shown = await send(url, { method: 'GET', path: `/_sallyport/flow-logs?flow-log=${id}` })
  expect(JSON.parse(shown.body)).toEqual({ flowLog: id, header: 'interface-id action', records: [] })
  const unknown = await send(url, { method: 'GET', path: '/_sallyport/flow-logs?flow-log=fl-0' })
  expect([unknown.status, JSON.parse(unknown.body)]).toEqual([400, { error: "There is no flow log 'fl-0'." }])
  await stop()
  await system.close()
  expect(failures).toEqual([])
  expect(readFileSync(join(directory, 'flow-logs/web', `${card}-all`), 'utf8')).toBe(`${card} REJECT\n`)
})
