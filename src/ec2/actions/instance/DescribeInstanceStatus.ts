/** DescribeInstanceStatus (spec 8.4): the running instances, or all of them when asked so. */

import { instanceStateCodes } from '../../../model/instance.ts'
import { findZone } from '../../../model/region.ts'
import type { World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { type FilterTable, matchingNothing } from '../../filter.ts'
import { type InstanceRow, instanceRows } from '../../input/instance-rows.ts'
import { list, type Rows } from '../../page.ts'
import type { InstanceStatus } from '../../protocol/types.generated.ts'
import { viewState } from '../../view/instance.ts'

export const run: Run<'DescribeInstanceStatus'> = (input, context) => {
  const { world } = context
  const rows = instanceRows(input.InstanceIds, context)
  const { items, nextToken } = list({
    input,
    ids: { given: input.InstanceIds, set: 'instancesSet' },
    rows: input.IncludeAllInstances ? rows : running(rows),
    filters: filtersOf(world),
  })
  return answer({ InstanceStatuses: items.map((row) => viewStatus(world, row)), NextToken: nextToken })
}

function running({ keyOf, after }: Rows<InstanceRow>): Rows<InstanceRow> {
  return { keyOf, after: (key) => filtered(after(key)) }

  function* filtered(rows: Iterable<InstanceRow>): Iterable<InstanceRow> {
    for (const row of rows) if (isRunning(row)) yield row
  }
}

function isRunning({ instance }: InstanceRow): boolean {
  return instance.state === 'running'
}

/** Nothing here is ever impaired. */
const passed = { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] } as const
const notApplicable = { Status: 'not-applicable', Details: [] } as const

function viewStatus(world: World, row: InstanceRow): InstanceStatus {
  const { id, zone, state } = row.instance
  const checks = isRunning(row) ? passed : notApplicable
  return {
    InstanceId: id,
    AvailabilityZone: zone,
    AvailabilityZoneId: findZone(world.scope.region, zone)?.id,
    InstanceState: viewState(state),
    InstanceStatus: checks,
    SystemStatus: checks,
    AttachedEbsStatus: checks,
    Operator: { Managed: false },
  }
}

function filtersOf(world: World): FilterTable<InstanceRow> {
  const status = (row: InstanceRow) => (isRunning(row) ? passed.Status : notApplicable.Status)
  const reachability = (row: InstanceRow) => (isRunning(row) ? 'passed' : undefined)
  return {
    ...matchingNothing(
      'application-status.status',
      'event.code',
      'event.description',
      'event.instance-event-id',
      'event.not-after',
      'event.not-before',
      'event.not-before-deadline',
      'operator.principal',
    ),
    'attached-ebs-status.status': status,
    'availability-zone': ({ instance }) => instance.zone,
    'availability-zone-id': ({ instance }) => findZone(world.scope.region, instance.zone)?.id,
    'instance-state-code': ({ instance }) => instanceStateCodes[instance.state],
    'instance-state-name': ({ instance }) => instance.state,
    'instance-status.reachability': reachability,
    'instance-status.status': status,
    'operator.managed': () => false,
    'system-status.reachability': reachability,
    'system-status.status': status,
  }
}
