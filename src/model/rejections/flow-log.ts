/**
 * Refusals of the flow-log family (spec 8.8). Those of a single resource or of the destination are
 * not thrown: the call succeeds, and they stand in its `unsuccessful` items.
 */

import { plain, wording } from './wording.ts'

function unknownResource(code: string) {
  return wording(code, (p: { id: string }) => `Unknown resource ${p.id}`)
}

export const flowLogRejections = {
  FlowLogTargetsSeveral: plain('InvalidParameter', 'Please only provide LogGroupName or only provide LogDestination.'),
  FlowLogTargetMissing: plain('InvalidParameter', "LogDestination can't be empty if LogGroupName is not provided."),
  FlowLogGroupOfOtherType: plain(
    'InvalidParameter',
    'LogDestination type must be cloud-watch-logs if LogGroupName is provided.',
  ),
  FlowLogRoleMissing: plain(
    'InvalidParameter',
    "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
  ),
  FlowLogIntervalInvalid: plain('InvalidParameter', 'Invalid Flow Log Max Aggregation Interval'),
  FlowLogFormatInvalid: wording(
    'InvalidParameter',
    (p: { format: string }) => `1 validation error detected: Value '${p.format}' at 'logFormat' has an invalid format`,
  ),
  FlowLogAlreadyExists: plain(
    'FlowLogAlreadyExists',
    'Error. There is an existing Flow Log with the same configuration and log destination.',
  ),
  FlowLogsNotFound: wording(
    'InvalidFlowLogId.NotFound',
    (p: { ids: readonly string[] }) =>
      `These flow log ids in the input list are not found: [TotalCount: ${p.ids.length}] ${p.ids.join(' ')}`,
  ),
  FlowLogDestinationMissing: wording(
    '400',
    (p: { destination: string }) => `LogDestination: ${p.destination} does not exist`,
  ),
  FlowLogVpcUnknown: unknownResource('InvalidVpcId.NotFound'),
  FlowLogSubnetUnknown: unknownResource('InvalidSubnetId.NotFound'),
  FlowLogInterfaceUnknown: unknownResource('InvalidNetworkInterfaceId.NotFound'),
} as const
