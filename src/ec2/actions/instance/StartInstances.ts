/** StartInstances (spec 8.4). An instance that had a public address with its launch gets another one. */

import { primaryInterfaceOf } from '../../../model/attached-interface.ts'
import { type Change, put } from '../../../model/change.ts'
import type { Instance } from '../../../model/instance.ts'
import { reject } from '../../../model/rejection.ts'
import { apply, isLinked, type World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { findInstances } from '../../input/instances.ts'
import { freePublicAddress } from '../../input/public-address.ts'
import { viewStateChange } from '../../view/instance.ts'

export const run: Run<'StartInstances'> = (input, context) => {
  const { now } = context
  const instances = findInstances(input.InstanceIds, context)
  const changes: Change[] = []
  let world = context.world
  for (const instance of instances) {
    if (instance.state === 'terminated') reject('InstanceNotStartable', { id: instance.id })
    if (instance.state === 'running') continue
    const started: Instance = { ...instance, state: 'running', stateSince: now, stateReason: '', launchedAt: now }
    const made = [put('instance', started), ...publicAddress(world, instance)]
    changes.push(...made)
    world = apply(world, made)
  }
  const views = instances.map((each) => viewStateChange(each, each.state === 'running' ? 'running' : 'pending'))
  return { changes, output: { StartingInstances: views } }
}

function publicAddress(world: World, instance: Instance): Change[] {
  const card = primaryInterfaceOf(world, instance)
  if (!card || !instance.associatesPublicAddress || card.privateAddresses.length === 0) return []
  if (isLinked(world, 'elastic addresses of interface', card.id)) return []
  return [put('networkInterface', { ...card, autoAssignedPublicAddress: freePublicAddress(world) })]
}
