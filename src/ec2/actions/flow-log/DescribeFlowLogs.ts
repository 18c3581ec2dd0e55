/**
 * DescribeFlowLogs (spec 8.8). An id that is not there is left out: Terraform takes an empty answer,
 * and no error, for a flow log that is gone.
 */

import { type FlowLog, logGroupOf } from '../../../model/flow-log.ts'
import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import { viewFlowLog } from '../../view/flow-log.ts'

export const run: Run<'DescribeFlowLogs'> = (input, { world }) => {
  const { FlowLogIds, Filter: Filters, MaxResults, NextToken } = input
  const { items, nextToken } = list({
    input: { Filters, MaxResults, NextToken },
    limits: { least: 1, most: 1000 },
    ids: { given: FlowLogIds, set: 'flowLogIdSet' },
    rows: FlowLogIds ? rowsFrom(known(world, FlowLogIds), ({ id }) => id) : tableRows(world.flowLog),
    filters,
    tags: ({ id }) => tagsOf(world, id),
    indexes: { 'resource-id': (resource) => known(world, logsOf(world, resource)) },
  })
  return answer({ FlowLogs: items.map((log) => viewFlowLog(world, log)), NextToken: nextToken })
}

function logsOf(world: World, resource: string): readonly string[] {
  return linked(world, 'flow logs of resource', resource)
}

function known(world: World, ids: readonly string[]): FlowLog[] {
  return ids.flatMap((id) => (isIdOf('fl', id) ? (world.flowLog.get(id) ?? []) : reject('FlowLogIdMalformed', { id })))
}

const filters: FilterTable<FlowLog> = {
  'deliver-log-status': () => 'SUCCESS',
  'log-destination-type': ({ destinationType }) => destinationType,
  'flow-log-id': ({ id }) => id,
  'log-group-name': logGroupOf,
  'resource-id': ({ resource }) => resource,
  'traffic-type': ({ trafficType }) => trafficType,
}
