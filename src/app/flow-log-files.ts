/**
 * Flow log lines as files, in the folders that the real destinations would have: an S3 bucket's keys, a log
 * group's streams (data-plane 4.5). What cannot be written is reported and lost, as delivery is best effort.
 */

import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Instant, instant, seconds } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import { fieldsOf } from '../engine/flow-record-text.ts'
import { type FlowLog, logGroupOf, nameInDestination } from '../model/flow-log.ts'
import type { Scope } from '../model/world.ts'
import { parquetFile } from './flow-log-parquet.ts'
import { type Delivery, headerOf } from './flow-logs.ts'

interface Parts {
  readonly directory: string
  readonly entropy: Entropy
  readonly onFailure: (cause: unknown) => void
}

/** Lines of one log that belong into one S3 object. */
interface Slot {
  readonly scope: Scope
  readonly log: FlowLog
  readonly start: Instant
  readonly lines: string[]
  /** Of the lines as text. */
  size: number
}

const slotLength = seconds(300)
/** An object that reached it is published before its five minutes are over, and another one begun (data-plane 4.5). */
const mostBytes = 75 * 1024 * 1024
const compressed = promisify(gzip)

export class FlowLogFiles {
  readonly #parts: Parts
  readonly #slots = new Map<string, Slot>()
  #written: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  take(delivery: Delivery): void {
    if (delivery.log.destinationType === 's3') this.#collect(delivery)
    else
      this.#queue(streamPath(delivery), ({ path }) => appendFile(path, textOf(delivery.lines.map(({ text }) => text))))
  }

  /** Writes the S3 objects whose five minutes are over. */
  flush(now: Instant): void {
    for (const [key, slot] of this.#slots) if (slot.start + slotLength <= now) this.#publish(key, slot)
  }

  /** Writes everything and waits for it. */
  async close(): Promise<void> {
    for (const [key, slot] of this.#slots) this.#publish(key, slot)
    await this.#written
  }

  #collect({ scope, log, lines }: Delivery): void {
    for (const { text, end } of lines) {
      const start = instant(Math.floor(end / slotLength) * slotLength)
      const key = `${log.id} ${start}`
      const length = Buffer.byteLength(text) + 1
      const full = this.#slots.get(key)
      if (full && full.size + length > mostBytes) this.#publish(key, full)
      const slot = this.#slots.get(key) ?? { scope, log, start, lines: [], size: headerOf(log).length + 1 }
      this.#slots.set(key, slot)
      slot.lines.push(text)
      slot.size += length
    }
  }

  #publish(key: string, slot: Slot): void {
    this.#slots.delete(key)
    const object = objectPath(slot, this.#parts.entropy.hex(8))
    this.#queue(object, async ({ path }) => writeFile(path, await contentOf(slot)))
  }

  /** One write after the other, so that the lines of a stream keep their order. */
  #queue(segments: readonly string[], write: (place: { readonly path: string }) => Promise<void>): void {
    const path = join(this.#parts.directory, ...segments.map(fileName))
    this.#written = this.#written
      .then(() => mkdir(dirname(path), { recursive: true }))
      .then(() => write({ path }))
      .catch(this.#parts.onFailure)
  }
}

async function contentOf({ log, lines }: Slot): Promise<Uint8Array> {
  if (isParquet(log)) return parquetFile(fieldsOf(log.format), lines)
  return compressed(textOf([headerOf(log), ...lines]))
}

function isParquet({ destinationOptions }: FlowLog): boolean {
  return destinationOptions.fileFormat === 'parquet'
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

/** Names come from requests: none of them leads out of its folder. */
function fileName(segment: string): string {
  const name = encodeURIComponent(segment).replaceAll('%3D', '=').slice(0, 200)
  return /^\.{1,2}$/.test(name) ? name.replaceAll('.', '%2E') : name
}

/** A log group or a delivery stream, in it a file an interface. */
function streamPath({ log, networkInterface }: Delivery): string[] {
  const { destinationType, destination = '' } = log
  const folder = logGroupOf(log) ?? nameInDestination(destinationType, destination) ?? log.id
  return [folder, `${networkInterface}-${log.trafficType.toLowerCase()}`]
}

function objectPath({ scope: { account, region }, log, start }: Slot, hash: string): string[] {
  const { destination = '', destinationOptions } = log
  const [, bucketAndPrefix = ''] = destination.split(':::')
  const stamp = new Date(start).toISOString()
  const [year = '', month = '', day = ''] = stamp.slice(0, 10).split('-')
  const hour = stamp.slice(11, 13)
  const isHive = destinationOptions.hiveCompatiblePartitions
  const service = isHive
    ? [`aws-account-id=${account}`, 'aws-service=vpcflowlogs', `aws-region=${region}`]
    : [account, 'vpcflowlogs', region]
  const date = isHive ? [`year=${year}`, `month=${month}`, `day=${day}`] : [year, month, day]
  const hours = destinationOptions.perHourPartition ? [isHive ? `hour=${hour}` : hour] : []
  const minute = `${year}${month}${day}T${hour}${stamp.slice(14, 16)}Z`
  const name = `${account}_vpcflowlogs_${region}_${log.id}_${minute}_${hash}.log.${isParquet(log) ? 'parquet' : 'gz'}`
  return [...bucketAndPrefix.split('/').filter((part) => part !== ''), 'AWSLogs', ...service, ...date, ...hours, name]
}
