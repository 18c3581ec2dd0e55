/** A flow log as responses show it (spec 8.8). A group given by its ARN is shown by its name as well. */

import { type FlowLog, logGroupOf } from '../../model/flow-log.ts'
import type { World } from '../../model/world.ts'
import type { FlowLog as WireFlowLog } from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewFlowLog(world: World, log: FlowLog): WireFlowLog {
  const { fileFormat, hiveCompatiblePartitions, perHourPartition } = log.destinationOptions
  return {
    CreationTime: log.createdAt,
    DeliverLogsPermissionArn: log.permissionArn,
    DeliverCrossAccountRole: log.crossAccountRoleArn,
    DeliverLogsStatus: 'SUCCESS',
    FlowLogId: log.id,
    FlowLogStatus: 'ACTIVE',
    LogGroupName: logGroupOf(log),
    ResourceId: log.resource,
    TrafficType: log.trafficType,
    LogDestinationType: log.destinationType,
    LogDestination: log.destination,
    LogFormat: log.format,
    Tags: viewTagsOf(world, log.id),
    MaxAggregationInterval: log.maxAggregation / 1000,
    DestinationOptions: {
      FileFormat: fileFormat,
      HiveCompatiblePartitions: hiveCompatiblePartitions,
      PerHourPartition: perHourPartition,
    },
  }
}
