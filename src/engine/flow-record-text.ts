/**
 * Flow log records as text: one line each, its fields as the log's format names them (data-plane 4.2).
 * A field that a record has no value for, or that nobody here can know, is `-`.
 */

import type { Instant } from '../base/clock.ts'
import type { InstanceId, NetworkInterfaceId, SubnetId, VpcId } from '../model/ids.ts'
import { type Address, formatAddress } from '../net/address.ts'
import { protocolNumber } from '../packet/packet.ts'
import { type FlowRecord, recordedPorts } from './flow-record.ts'

/** Where a record was taken. */
export interface RecordedInterface {
  readonly account: string
  readonly region: string
  readonly id: NetworkInterfaceId
  readonly vpc: VpcId
  readonly subnet: SubnetId
  readonly instance: InstanceId | undefined
  readonly zoneId: string | undefined
  readonly primaryAddress: Address | undefined
}

/** What a line is about: a record, or a window of which there is nothing to tell. */
export type Line =
  | { readonly status: 'OK'; readonly record: FlowRecord }
  | { readonly status: 'NODATA' | 'SKIPDATA'; readonly start: Instant; readonly end: Instant }

interface Column {
  /** A record's version is the highest among its fields'. */
  readonly version: number
  /** What it is in Parquet, where it is no string. */
  readonly number?: 'INT32' | 'INT64'
  readonly ofInterface?: (at: RecordedInterface) => string | undefined
  readonly ofRecord?: (record: FlowRecord, at: RecordedInterface) => string | number | undefined
  readonly ofLine?: (line: Line, version: number) => string | number
}

const unknowable = (version: number): Column => ({ version })

const columns: Readonly<Record<string, Column>> = {
  version: { version: 2, number: 'INT32', ofLine: (_, version) => version },
  'account-id': { version: 2, ofInterface: ({ account }) => account },
  'interface-id': { version: 2, ofInterface: ({ id }) => id },
  srcaddr: { version: 2, ofRecord: (record, at) => shownAddress(record, at, 'source') },
  dstaddr: { version: 2, ofRecord: (record, at) => shownAddress(record, at, 'destination') },
  srcport: { version: 2, number: 'INT32', ofRecord: ({ packet }) => recordedPorts(packet).source },
  dstport: { version: 2, number: 'INT32', ofRecord: ({ packet }) => recordedPorts(packet).destination },
  protocol: { version: 2, number: 'INT32', ofRecord: ({ packet }) => protocolNumber(packet.payload) },
  packets: { version: 2, number: 'INT64', ofRecord: ({ packets }) => packets },
  bytes: { version: 2, number: 'INT64', ofRecord: ({ bytes }) => bytes },
  start: {
    version: 2,
    number: 'INT64',
    ofLine: (line) => unixSeconds(line.status === 'OK' ? line.record.start : line.start),
  },
  end: {
    version: 2,
    number: 'INT64',
    ofLine: (line) => unixSeconds(line.status === 'OK' ? line.record.end : line.end),
  },
  action: { version: 2, ofRecord: ({ action }) => action },
  'log-status': { version: 2, ofLine: ({ status }) => status },
  'vpc-id': { version: 3, ofInterface: ({ vpc }) => vpc },
  'subnet-id': { version: 3, ofInterface: ({ subnet }) => subnet },
  'instance-id': { version: 3, ofInterface: ({ instance }) => instance },
  'tcp-flags': {
    version: 3,
    number: 'INT32',
    ofRecord: ({ packet, tcpFlags }) => (packet.payload.kind === 'tcp' ? tcpFlags : undefined),
  },
  type: { version: 3, ofRecord: ({ packet }) => `IPv${packet.source.family}` },
  'pkt-srcaddr': { version: 3, ofRecord: ({ packet }) => formatAddress(packet.source) },
  'pkt-dstaddr': { version: 3, ofRecord: ({ packet }) => formatAddress(packet.destination) },
  region: { version: 4, ofInterface: ({ region }) => region },
  'az-id': { version: 4, ofInterface: ({ zoneId }) => zoneId },
  'sublocation-type': unknowable(4),
  'sublocation-id': unknowable(4),
  'pkt-src-aws-service': unknowable(5),
  'pkt-dst-aws-service': unknowable(5),
  'flow-direction': { version: 5, ofRecord: ({ direction }) => direction },
  'traffic-path': { version: 5, number: 'INT32', ofRecord: ({ trafficPath }) => trafficPath },
  'reject-reason': unknowable(8),
}

/** Field names of a format: `${version} ${start}` has two. */
export function fieldsOf(format: string): readonly string[] {
  return Array.from(format.matchAll(/\$\{([^}]*)\}/g), ([, field = '']) => field)
}

/** The type of a field in Parquet, as AWS's table of fields gives it. */
export function parquetTypeOf(field: string): 'INT32' | 'INT64' | 'STRING' {
  return columnOf(field).number ?? 'STRING'
}

export function recordLine(format: string, at: RecordedInterface, line: Line): string {
  const named = fieldsOf(format)
  const version = Math.max(2, ...named.map((field) => columnOf(field).version))
  return named.map((field) => cellText(columnOf(field), { at, line, version })).join(' ')
}

function columnOf(field: string): Column {
  return (Object.hasOwn(columns, field) ? columns[field] : undefined) ?? unknowable(2)
}

interface Cell {
  readonly at: RecordedInterface
  readonly line: Line
  readonly version: number
}

function cellText({ ofRecord, ofLine, ofInterface }: Column, { at, line, version }: Cell): string {
  const ofFlow = line.status === 'OK' ? ofRecord?.(line.record, at) : undefined
  return String(ofFlow ?? ofLine?.(line, version) ?? ofInterface?.(at) ?? '-')
}

/** The interface's own side shows its primary private IPv4 address, whichever of its addresses was used. */
function shownAddress({ packet, direction }: FlowRecord, at: RecordedInterface, end: 'source' | 'destination'): string {
  const own = direction === 'egress' ? 'source' : 'destination'
  const address = packet[end]
  const isReplaced = end === own && at.primaryAddress?.family === address.family
  return formatAddress(isReplaced && at.primaryAddress ? at.primaryAddress : address)
}

function unixSeconds(at: Instant): number {
  return Math.floor(at / 1000)
}
