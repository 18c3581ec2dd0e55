/**
 * Instances as describe calls walk them: the visible ones, each with a view that is made once and
 * only if a filter or the answer reads it.
 */

import { interfacesOf } from '../../model/attached-interface.ts'
import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { Instance } from '../../model/instance.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { isVisible } from '../../model/terminated-instance.ts'
import { linked, type World } from '../../model/world.ts'
import type { Context } from '../action.ts'
import { type Rows, rowsFrom } from '../page.ts'
import type { Instance as WireInstance } from '../protocol/types.generated.ts'
import { viewInstance } from '../view/instance.ts'
import { findInstances } from './instances.ts'

export interface InstanceRow {
  readonly instance: Instance
  readonly view: () => WireInstance
  readonly cards: () => readonly NetworkInterface[]
}

/** The instances of `ids`, or all that are visible. */
export function instanceRows(ids: readonly string[] | undefined, context: Context): Rows<InstanceRow> {
  const { world, now } = context
  if (ids) {
    const rows = findInstances(ids, context).map((instance) => rowOf(world, instance))
    return rowsFrom(rows, keyOf)
  }
  return { keyOf, after: (key) => visibleRows(key) }

  function* visibleRows(key: string | undefined): Iterable<InstanceRow> {
    for (const instance of world.instance.values(key)) {
      if (isVisible(instance, now)) yield rowOf(world, instance)
    }
  }
}

/** Shorter ways to the rows of some filters, for calls without ids. */
export function instanceIndexes({
  world,
  now,
}: Context): Readonly<Record<string, (value: string) => readonly InstanceRow[]>> {
  const rows = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const instance = world.instance.get(id)
      return instance && isVisible(instance, now) ? [rowOf(world, instance)] : []
    })
  const holders = (cards: readonly NetworkInterfaceId[]) =>
    rows(cards.flatMap((id) => world.networkInterface.get(id)?.attachment?.instance ?? []))
  const inVpc = (id: string) => holders(linked(world, 'interfaces in vpc', id))
  const inSubnet = (id: string) => holders(linked(world, 'interfaces in subnet', id))
  const ofGroup = (id: string) => holders(linked(world, 'interfaces of group', id))
  return {
    'instance-id': (id) => rows([id]),
    'vpc-id': inVpc,
    'subnet-id': inSubnet,
    'instance.group-id': ofGroup,
    'network-interface.vpc-id': inVpc,
    'network-interface.subnet-id': inSubnet,
    'network-interface.group-id': ofGroup,
  }
}

function keyOf({ instance }: InstanceRow): string {
  return instance.id
}

function rowOf(world: World, instance: Instance): InstanceRow {
  return {
    instance,
    view: once(() => viewInstance(world, instance)),
    cards: once(() => interfacesOf(world, instance)),
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
