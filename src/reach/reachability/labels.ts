/** What an interface is called in a listing: by itself, or by what many have in common. */

import type { GroupId, TaggableId } from '../../model/ids.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { tagsOf, type World } from '../../model/world.ts'

export type LabelKind = 'interface' | 'group' | 'subnet'
export const labelKinds: readonly LabelKind[] = ['interface', 'group', 'subnet']

export type Labels = (card: NetworkInterface) => string

/** Equal for interfaces that are told together. A name that several have goes with their ids. */
export function labelsBy(world: World, kind: LabelKind): Labels {
  if (kind === 'group') return groupLabels(world)
  if (kind === 'subnet') return ({ subnet }) => nameTag(world, subnet) ?? subnet
  const counts = new Map<string, number>()
  for (const card of world.networkInterface.values()) {
    const name = ownName(world, card) ?? card.id
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return (card) => {
    const name = ownName(world, card)
    if (name === undefined) return card.id
    return counts.get(name) === 1 ? name : `${name} (${card.id})`
  }
}

function ownName(world: World, { id, attachment }: NetworkInterface): string | undefined {
  return nameTag(world, id) ?? (attachment && nameTag(world, attachment.instance))
}

function nameTag(world: World, id: TaggableId): string | undefined {
  return tagsOf(world, id).find(({ key, value }) => key === 'Name' && value !== '')?.value
}

function groupLabels(world: World): Labels {
  const counts = new Map<string, number>()
  for (const { name } of world.securityGroup.values()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const nameOf = (id: GroupId) => {
    const name = world.securityGroup.get(id)?.name
    if (name === undefined) return id
    return counts.get(name) === 1 ? name : `${name} (${id})`
  }
  return ({ groups }) => groups.map(nameOf).join(' + ') || 'no group'
}
