/** From instance ids in a request to instances; several unknown ones are refused in one sentence (spec 8.4). */

import { isIdOf } from '../../model/ids.ts'
import type { Instance } from '../../model/instance.ts'
import { reject } from '../../model/rejection.ts'
import { isVisible } from '../../model/terminated-instance.ts'
import type { Context } from '../action.ts'

export function findInstances(ids: readonly string[], { world, now }: Pick<Context, 'world' | 'now'>): Instance[] {
  const distinct = [...new Set(ids)]
  for (const id of distinct) if (!isIdOf('i', id)) reject('InstanceIdMalformed', { id })
  const found = distinct.flatMap((id) => {
    const instance = world.instance.get(id)
    return instance && isVisible(instance, now) ? [instance] : []
  })
  const missing = distinct.filter((id) => !found.some((instance) => instance.id === id))
  const [first] = missing
  if (missing.length > 1) reject('InstancesNotFound', { ids: missing.join(', ') })
  return first === undefined ? found : reject('InstanceNotFound', { id: first })
}

/** The one instance an attribute call is about. */
export function findInstance(id: string, context: Pick<Context, 'world' | 'now'>): Instance {
  const [instance] = findInstances([id], context)
  return instance ?? reject('InstanceNotFound', { id })
}
