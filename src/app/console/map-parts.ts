/**
 * What a map shows of a world's interfaces: each by itself where there are few, else together by their groups or
 * their subnet, opened one by one.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { tagsOf, type World } from '../../model/world.ts'
import { formatAddress } from '../../net/address.ts'
import { addressesOf } from '../../reach/holder.ts'
import { type LabelKind, type Labels, labelsBy } from '../../reach/reachability/labels.ts'
import type { MapBox, MapNode } from './api.ts'

/** With more things on it a map is no reading matter. */
const mostNodes = 40

export interface Detail {
  readonly by: LabelKind
  /** Of nodes and boxes that are not shown as one. */
  readonly opened: ReadonlySet<string>
  /** In lower case; what it finds is shown by itself. Empty finds nothing. */
  readonly find: string
}

export interface MapParts {
  /** The node's key of each interface. */
  readonly keyOf: Labels
  readonly nodes: readonly MapNode[]
  readonly boxes: readonly MapBox[]
}

/** Interfaces where they are few; else whatever makes fewer nodes. */
export function usualKind(world: World): LabelKind {
  const cards = Array.from(world.networkInterface.values())
  if (cards.length <= mostNodes) return 'interface'
  const [groups, subnets] = [new Set(cards.map(groupsKey)).size, new Set(cards.map(({ subnet }) => subnet)).size]
  return groups <= mostNodes || groups <= subnets ? 'group' : 'subnet'
}

function groupsKey({ groups }: NetworkInterface): string {
  return groups.join('+') || 'no group'
}

export function mapParts(world: World, detail: Detail): MapParts {
  const names = {
    interface: labelsBy(world, 'interface'),
    group: labelsBy(world, 'group'),
    subnet: labelsBy(world, 'subnet'),
  }
  const cards = Array.from(world.networkInterface.values())
  const found = new Set(detail.find === '' ? [] : cards.filter((card) => textOf(world, card).includes(detail.find)))
  const places = placesOf(cards, detail, found)
  const placeOf = (card: NetworkInterface) => places.get(card) as Place
  const nodes = Array.from(groupedBy(cards, (card) => placeOf(card).key).values(), (members): MapNode => {
    const [first] = members
    const { key, kind, box } = placeOf(first)
    const isOne = kind === 'interface'
    return {
      ...{ key, box, kind, vpc: first.vpc, interfaces: members.length },
      name: kind === 'part' ? names[detail.by === 'group' ? 'subnet' : 'group'](first) : names[kind](first),
      id: isOne ? first.id : key,
      detail: detailOf(world, kind, members),
      groups: first.groups
        .filter((group) => kind !== 'subnet' && members.every((each) => each.groups.includes(group)))
        .map((id) => ({ id, name: world.securityGroup.get(id)?.name ?? id })),
      isFound: members.some((each) => found.has(each)),
    }
  })
  const boxes = Array.from(
    groupedBy(
      cards.filter((card) => placeOf(card).box !== null),
      (card) => placeOf(card).box as string,
    ),
    ([key, members]): MapBox => {
      const [first] = members
      const isSubnet = detail.by !== 'group'
      const isPart = key.includes('@')
      const name = names[isSubnet ? 'subnet' : 'group'](first)
      return {
        ...{ key, vpc: first.vpc, isOpened: detail.by !== 'interface' },
        name: isPart ? `${name}, ${names[isSubnet ? 'group' : 'subnet'](first)}` : name,
        detail: isSubnet ? (world.subnet.get(first.subnet)?.cidr ?? '') : countText(members.length),
      }
    },
  )
  return { keyOf: (card) => placeOf(card).key, nodes, boxes }
}

/** An interface's addresses; of more, how many they are. */
function detailOf(
  world: World,
  kind: MapNode['kind'],
  members: readonly [NetworkInterface, ...NetworkInterface[]],
): string {
  if (kind === 'interface') return addressesOf(world, members[0]).map(formatAddress).join(', ')
  const cidr = kind === 'subnet' ? world.subnet.get(members[0].subnet)?.cidr : undefined
  return cidr === undefined ? countText(members.length) : `${cidr}, ${countText(members.length)}`
}

function countText(count: number): string {
  return count === 1 ? '1 interface' : `${count} interfaces`
}

/** Where an interface is on the map. */
interface Place {
  readonly key: string
  readonly kind: MapNode['kind']
  readonly box: string | null
}

function placesOf(
  cards: readonly NetworkInterface[],
  { by, opened }: Detail,
  found: ReadonlySet<NetworkInterface>,
): Map<NetworkInterface, Place> {
  if (by === 'interface')
    return new Map(cards.map((card) => [card, { key: card.id, kind: 'interface', box: card.subnet }]))
  const wholeKey = (card: NetworkInterface) => (by === 'group' ? groupsKey(card) : card.subnet)
  const partKey = (card: NetworkInterface) => `${groupsKey(card)}@${card.subnet}`
  const sizes = new Map(Array.from(groupedBy(cards, wholeKey), ([key, { length }]) => [key, length]))
  const showsFound = found.size <= mostNodes
  return new Map(
    cards.map((card): [NetworkInterface, Place] => {
      const [whole, part] = [wholeKey(card), partKey(card)]
      const alone = { key: card.id, kind: 'interface' } as const
      if (showsFound && found.has(card)) return [card, { ...alone, box: opened.has(whole) ? whole : null }]
      if (!opened.has(whole)) return [card, { key: whole, kind: by, box: null }]
      if ((sizes.get(whole) ?? 0) <= mostNodes || opened.has(part))
        return [card, { ...alone, box: opened.has(part) ? part : whole }]
      return [card, { key: part, kind: 'part', box: whole }]
    }),
  )
}

/** All that a person may know an interface by. */
function textOf(world: World, card: NetworkInterface): string {
  const named = [card.id, card.subnet, ...(card.attachment ? [card.attachment.instance] : [])]
  const tags = named.flatMap((id) => tagsOf(world, id).flatMap(({ key, value }) => (key === 'Name' ? [value] : [])))
  const groups = card.groups.flatMap((id) => [id, world.securityGroup.get(id)?.name ?? ''])
  const addresses = addressesOf(world, card).map(formatAddress)
  return [...named, ...tags, ...groups, ...addresses].join('\n').toLowerCase()
}
