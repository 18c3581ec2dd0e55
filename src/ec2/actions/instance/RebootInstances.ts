/** RebootInstances (spec 8.4): nothing that is kept of an instance changes when it reboots. */

import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { findInstances } from '../../input/instances.ts'

export const run: Run<'RebootInstances'> = (input, context) => {
  for (const { id, state } of findInstances(input.InstanceIds, context)) {
    if (state !== 'running') reject('InstanceNotRebootable', { id })
  }
  return answer({})
}
