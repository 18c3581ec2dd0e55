/**
 * TerminateInstances (spec 8.4). Terminating again succeeds. The instance stays visible for an hour;
 * its interfaces, and with them its groups, are free at once.
 */

import { releaseInterfaces } from '../../../model/attached-interface.ts'
import { type Change, put } from '../../../model/change.ts'
import type { Instance } from '../../../model/instance.ts'
import { reject } from '../../../model/rejection.ts'
import { forgetTerminated } from '../../../model/terminated-instance.ts'
import type { Context, Run } from '../../action.ts'
import { findInstances } from '../../input/instances.ts'
import { userInitiated, viewStateChange } from '../../view/instance.ts'

export const run: Run<'TerminateInstances'> = (input, context) => {
  const instances = findInstances(input.InstanceIds, context)
  for (const { id, state, disableApiTermination } of instances) {
    if (disableApiTermination && state !== 'terminated') reject('TerminationProtected', { id })
  }
  const changes = instances.flatMap((each) => terminate(each, context))
  return {
    changes: changes.length > 0 ? [...forgetTerminated(context.world, context.now), ...changes] : [],
    output: {
      TerminatingInstances: instances.map((each) => {
        return viewStateChange(each, each.state === 'running' ? 'shutting-down' : 'terminated')
      }),
    },
  }
}

function terminate(instance: Instance, { world, now }: Context): Change[] {
  if (instance.state === 'terminated') return []
  const { subnet: _, ...rest } = instance
  const terminated: Instance = { ...rest, state: 'terminated', stateSince: now, stateReason: userInitiated(now) }
  return [put('instance', terminated), ...releaseInterfaces(world, instance)]
}
