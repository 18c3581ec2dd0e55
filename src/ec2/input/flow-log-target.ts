/** Where a flow log is to deliver: a log group by its name, or a log group, bucket or stream by its ARN (spec 8.8). */

import { destinationTypes, type FlowLog } from '../../model/flow-log.ts'
import { reject } from '../../model/rejection.ts'
import type { CreateFlowLogsRequest } from '../protocol/types.generated.ts'
import { choice } from './choice.ts'

type FlowLogTarget = Pick<FlowLog, 'destinationType' | 'destination' | 'logGroup' | 'permissionArn'>

/** SDKs and Terraform say an absent text as an empty one, too. */
export function flowLogTarget(input: CreateFlowLogsRequest): FlowLogTarget {
  const destinationType = choice(input.LogDestinationType, destinationTypes, 'logDestinationType') ?? 'cloud-watch-logs'
  const { LogGroupName: logGroup, LogDestination: destination, DeliverLogsPermissionArn: permissionArn } = input
  if (logGroup && destination) reject('FlowLogTargetsSeveral')
  if (!logGroup && !destination) reject('FlowLogTargetMissing')
  if (logGroup && destinationType !== 'cloud-watch-logs') reject('FlowLogGroupOfOtherType')
  if (!permissionArn && destinationType === 'cloud-watch-logs') reject('FlowLogRoleMissing')
  return {
    destinationType,
    ...(destination ? { destination } : {}),
    ...(logGroup ? { logGroup } : {}),
    ...(permissionArn ? { permissionArn } : {}),
  }
}
