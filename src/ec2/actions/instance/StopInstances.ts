/** StopInstances (spec 8.4). The public address that came with the launch goes; elastic ones stay. */

import { primaryInterfaceOf, withoutLaunchAddress } from '../../../model/attached-interface.ts'
import { type Change, put } from '../../../model/change.ts'
import type { Instance } from '../../../model/instance.ts'
import { reject } from '../../../model/rejection.ts'
import type { Context, Run } from '../../action.ts'
import { findInstances } from '../../input/instances.ts'
import { userInitiated, viewStateChange } from '../../view/instance.ts'

export const run: Run<'StopInstances'> = (input, context) => {
  const instances = findInstances(input.InstanceIds, context)
  for (const { id, state, disableApiStop } of instances) {
    if (state === 'terminated') reject('InstanceNotStoppable', { id })
    if (disableApiStop) reject('StopProtected', { id })
  }
  const views = instances.map((each) => viewStateChange(each, each.state === 'stopped' ? 'stopped' : 'stopping'))
  return { changes: instances.flatMap((each) => stop(each, context)), output: { StoppingInstances: views } }
}

function stop(instance: Instance, { world, now }: Context): Change[] {
  if (instance.state !== 'running') return []
  const stopped: Instance = { ...instance, state: 'stopped', stateSince: now, stateReason: userInitiated(now) }
  const card = primaryInterfaceOf(world, instance)
  const released = card?.autoAssignedPublicAddress ? [put('networkInterface', withoutLaunchAddress(card))] : []
  return [put('instance', stopped), ...released]
}
