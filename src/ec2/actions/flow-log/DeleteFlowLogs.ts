/** DeleteFlowLogs (spec 8.8): all of the call's flow logs or none. */

import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'

export const run: Run<'DeleteFlowLogs'> = (input, { world }) => {
  const ids = [...new Set(input.FlowLogIds)]
  for (const id of ids) if (!isIdOf('fl', id)) reject('FlowLogIdMalformed', { id })
  const unknown = ids.filter((id) => !world.flowLog.has(id))
  if (unknown.length > 0) reject('FlowLogsNotFound', { ids: unknown })
  return { changes: ids.flatMap((id) => removal(world, 'flowLog', id)), output: { Unsuccessful: [] } }
}
