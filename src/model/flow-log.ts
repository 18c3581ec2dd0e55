/** The definition of a VPC flow log (spec 8.8): which resource is recorded, how, and to where. */

import type { Instant, Milliseconds } from '../base/clock.ts'
import type { FlowLogId, NetworkInterfaceId, SubnetId, VpcId } from './ids.ts'

export interface FlowLog {
  readonly id: FlowLogId
  readonly resource: VpcId | SubnetId | NetworkInterfaceId
  readonly trafficType: 'ACCEPT' | 'REJECT' | 'ALL'
  readonly destinationType: 'cloud-watch-logs' | 's3' | 'kinesis-data-firehose'
  readonly destination?: string
  readonly logGroup?: string
  readonly permissionArn?: string
  readonly format: string
  readonly maxAggregation: Milliseconds
  readonly destinationOptions: {
    readonly fileFormat: string
    readonly hiveCompatiblePartitions: boolean
    readonly perHourPartition: boolean
  }
  readonly createdAt: Instant
}
