/** DescribeVolumes: no volumes are kept, so none are ever found (spec 8.4 names the call for Terraform's sake). */

import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { matchingNothing } from '../../filter.ts'
import { list, rowsFrom } from '../../page.ts'

export const run: Run<'DescribeVolumes'> = (input) => {
  const { nextToken } = list({
    input,
    ids: { given: input.VolumeIds, set: 'volumeSet' },
    rows: rowsFrom([], String),
    filters,
    tags: () => [],
  })
  for (const id of input.VolumeIds ?? []) {
    if (!isIdOf('vol', id)) reject('VolumeIdMalformed', { id })
    reject('VolumeNotFound', { id })
  }
  return answer({ Volumes: [], NextToken: nextToken })
}

const filters = matchingNothing(
  'attachment.attach-time',
  'attachment.delete-on-termination',
  'attachment.device',
  'attachment.instance-id',
  'attachment.status',
  'availability-zone',
  'availability-zone-id',
  'create-time',
  'encrypted',
  'fast-restored',
  'multi-attach-enabled',
  'operator.managed',
  'operator.principal',
  'size',
  'snapshot-id',
  'status',
  'volume-id',
  'volume-type',
)
