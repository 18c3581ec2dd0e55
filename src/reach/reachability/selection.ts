/** The ends that a person names as one side of reachability: some members of classes, and addresses outside. */

import { groupedBy } from '../../base/grouped.ts'
import { formatAddress } from '../../net/address.ts'
import { privateOf } from '../holder.ts'
import { type InterfacePlace, type OutsidePlace, type Place, placesNamed } from '../place.ts'
import type { End, EndClass } from './end.ts'
import type { Reachability } from './reachability.ts'

/** Members of one class that were asked about. */
export interface Portion {
  readonly of: EndClass
  readonly members: readonly [End, ...End[]]
}

export interface Selection {
  readonly inside: readonly Portion[]
  readonly outside: readonly OutsidePlace[]
}

/** Without a name: all interfaces and the internet. Throws UnknownPlace. */
export function selectionOf(reachability: Reachability, name: string | undefined): Selection {
  const places = placesNamed(reachability.world, name ?? 'internet')
  const outside = places.filter((place) => place.kind === 'outside')
  if (name !== undefined) return { inside: portionsAt(reachability, places), outside }
  return { inside: reachability.classes.map((of) => ({ of, members: of.members })), outside }
}

export function joinedSelections(all: readonly Selection[]): Selection {
  return { inside: all.flatMap(({ inside }) => inside), outside: all.flatMap(({ outside }) => outside) }
}

function portionsAt(reachability: Reachability, places: readonly Place[]): Portion[] {
  const named = new Set(
    places.flatMap((place) => (place.kind === 'interface' ? addressesNamed(reachability, place) : [])),
  )
  const own = reachability.classes.flatMap((of) =>
    of.members.filter((end) => named.has(keyOf(end))).map((end) => ({ of, end })),
  )
  return Array.from(groupedBy(own, ({ of }) => of).values(), ([first, ...more]) => ({
    of: first.of,
    members: [first.end, ...more.map(({ end }) => end)],
  }))
}

/** An id means all addresses of the interface; a public address the private one that it stands for. */
function addressesNamed({ world, classes }: Reachability, { card, addresses, isByAddress }: InterfacePlace): string[] {
  if (!isByAddress) {
    return classes.flatMap(({ members }) => members.filter((end) => end.card.id === card.id).map(keyOf))
  }
  return addresses.map((address) => keyOf({ card, address: privateOf(world, card, address) ?? address }))
}

function keyOf({ card, address }: End): string {
  return `${card.id} ${formatAddress(address)}`
}
