/** The ends that a person names as one side of reachability: some members of classes, and addresses outside. */

import { groupedBy } from '../../base/grouped.ts'
import { formatAddress } from '../../net/address.ts'
import { privateOf } from '../holder.ts'
import { type InterfacePlace, type OutsidePlace, type Place, placesNamed } from '../place.ts'
import type { Reaches } from './bounded.ts'
import type { End, EndClass } from './end.ts'

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
export function selectionOf(reachability: Reaches, name: string | undefined): Selection {
  const places = placesNamed(reachability.world, name ?? 'internet')
  const outside = places.filter((place) => place.kind === 'outside')
  if (name !== undefined) return { inside: portionsAt(reachability, places), outside }
  return { inside: reachability.classes.map((of) => ({ of, members: of.members })), outside }
}

export function joinedSelections(all: readonly Selection[]): Selection {
  return { inside: all.flatMap(({ inside }) => inside), outside: all.flatMap(({ outside }) => outside) }
}

function portionsAt(reachability: Reaches, places: readonly Place[]): Portion[] {
  const cards = new Set(places.flatMap((place) => (place.kind === 'interface' ? [place.card.id] : [])))
  const named = places.flatMap((place) => (place.kind === 'interface' ? endsNamed(reachability, place) : []))
  const isNamed = new Set(named)
  const own = [...cards].flatMap((card) => reachability.endsOf(card).filter(({ end }) => isNamed.has(end)))
  return Array.from(
    groupedBy(own, ({ of }) => of),
    ([of, [first, ...more]]) => ({ of, members: [first.end, ...more.map(({ end }) => end)] }),
  )
}

/** An id means all addresses of the interface; a public address the private one that it stands for. */
function endsNamed(reachability: Reaches, { card, addresses, isByAddress }: InterfacePlace): End[] {
  const ends = reachability.endsOf(card.id).map(({ end }) => end)
  if (!isByAddress) return ends
  const wanted = addresses.map((address) => formatAddress(privateOf(reachability.world, card, address) ?? address))
  return ends.filter(({ address }) => wanted.includes(formatAddress(address)))
}
