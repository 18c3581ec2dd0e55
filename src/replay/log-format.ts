/**
 * Which field of a flow log's line is where (data-plane 4.2): from a header line, from a format as the log has
 * it (`${version} ${srcaddr} …`), or the default format. Fields that judging does not need are skipped unread.
 */

import { defaultFlowLogFormat } from '../model/flow-log.ts'

/** What a column is read as: a number, an address, a word, or nothing. */
export const columnKinds = {
  skipped: 0,
  interface: 1,
  source: 2,
  destination: 3,
  packetSource: 4,
  packetDestination: 5,
  action: 6,
  status: 7,
  direction: 8,
  sourcePort: 9,
  destinationPort: 10,
  protocol: 11,
  packets: 12,
  bytes: 13,
  start: 14,
  end: 15,
  flags: 16,
} as const

export type ColumnKind = (typeof columnKinds)[keyof typeof columnKinds]

const kindOfField: ReadonlyMap<string, ColumnKind> = new Map([
  ['interface-id', columnKinds.interface],
  ['srcaddr', columnKinds.source],
  ['dstaddr', columnKinds.destination],
  ['pkt-srcaddr', columnKinds.packetSource],
  ['pkt-dstaddr', columnKinds.packetDestination],
  ['action', columnKinds.action],
  ['log-status', columnKinds.status],
  ['flow-direction', columnKinds.direction],
  ['srcport', columnKinds.sourcePort],
  ['dstport', columnKinds.destinationPort],
  ['protocol', columnKinds.protocol],
  ['packets', columnKinds.packets],
  ['bytes', columnKinds.bytes],
  ['start', columnKinds.start],
  ['end', columnKinds.end],
  ['tcp-flags', columnKinds.flags],
])

/** All that a replay looks at. */
export const neededFields: ReadonlySet<string> = new Set(kindOfField.keys())

export interface LogFormat {
  readonly fields: readonly string[]
  /** Of each field of a line, in order. */
  readonly kinds: Uint8Array
  readonly hasFlags: boolean
}

/** What is no flow log, or does not say enough to judge by; the message says what to do. */
export class BadFormat extends Error {
  override readonly name = 'BadFormat'
}

/** Without one of these a record says nothing about rules. Packets, bytes and times only weigh it. */
const needed = ['interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'action']

/** Fields by name, in the order of the line. Throws BadFormat. */
export function formatOf(fields: readonly string[]): LogFormat {
  const missing = needed.filter((field) => !fields.includes(field))
  if (missing.length > 0) {
    throw new BadFormat(`The format lacks ${missing.join(', ')}: a record without cannot be judged.`)
  }
  const seen = new Set<string>()
  const kinds = fields.map((field) => {
    const kind = seen.has(field) ? columnKinds.skipped : (kindOfField.get(field) ?? columnKinds.skipped)
    seen.add(field)
    return kind
  })
  return { fields, kinds: Uint8Array.from(kinds), hasFlags: fields.includes('tcp-flags') }
}

/** `${version} ${account-id} …`, as the flow log's own format is written; plain names do as well. Throws BadFormat. */
export function formatFromText(text: string): LogFormat {
  const fields = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^\$\{(.*)\}$/, '$1'))
  const wrong = fields.find((field) => !/^[a-z][a-z0-9-]*$/.test(field))
  if (wrong !== undefined) throw new BadFormat(`'${wrong}' is no field: write \${version} \${interface-id} …`)
  return formatOf(fields)
}

const defaultFields = formatFromText(defaultFlowLogFormat).fields

/** The fields that a line names, if it is a header and no record; a first line may be of fields that say too little. */
export function headerFields(line: string, isFirst: boolean): readonly string[] | undefined {
  const words = line.trim().split(/\s+/)
  const isHeader = words.length > 1 && words.every((word) => /^[a-z][a-z0-9_-]*$/.test(word))
  const fields = words.map((word) => word.replaceAll('_', '-'))
  return isHeader && (isFirst || fields.includes('interface-id')) ? fields : undefined
}

/** A line that CloudWatch Logs exported begins with the time of its event, which is no field of the record. */
const eventTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** The format of a file by its first line that is no header, where nobody said which. Throws BadFormat. */
export function formatByFirstLine(line: string, asked: LogFormat | undefined): LogFormat {
  const words = line.trim().split(/\s+/)
  const isExported = eventTime.test(words[0] ?? '')
  const fields = asked?.fields ?? defaultFields
  const count = words.length - (isExported ? 1 : 0)
  if (!asked && count !== fields.length) {
    throw new BadFormat(
      `It has no header and lines of ${count} fields, where the default format has ${fields.length}: ` +
        `say --format '\${version} …' as the flow log has it.`,
    )
  }
  return formatOf(isExported ? ['event-time', ...fields] : fields)
}
