/** What an access scope's statements say of one end of a connection, and of its services. */

import { type HeaderStatement, isOfType, type ResourceStatement, type ScopePath } from '../../model/access-scope.ts'
import type { PathComponent } from '../../model/network-insights.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { prefixListCidrs } from '../../model/prefix-list-version.ts'
import type { World } from '../../model/world.ts'
import type { Address } from '../../net/address.ts'
import { type AddressSet, addressSet, hasAddress } from '../../net/address-set.ts'
import { parseCidr } from '../../net/cidr.ts'
import { type Diagram, type Diagrams, everything, type Line } from '../packet-set/diagram.ts'
import { clientLine, protocolLine, protocols, serviceLine } from '../packet-set/lines.ts'

/** One end: an interface, or what is behind an internet gateway. */
export type ScopeEnd = { readonly card: NetworkInterface } | { readonly gateway: string }

/** An address as it is at the source and at the destination: a gateway translates between the two. */
export interface SeenAddress {
  readonly atSource: Address
  readonly atDestination: Address
}

/** A scope's path with its addresses and services as sets; undefined for any address. */
export interface PathMatcher {
  readonly path: ScopePath
  readonly sources: readonly (AddressSet | undefined)[]
  readonly destinations: readonly (AddressSet | undefined)[]
  readonly services: Diagram
}

/** At the source, then at the destination. */
const places = ['source', 'destination'] as const

export function matcherOf(world: World, diagrams: Diagrams, path: ScopePath): PathMatcher {
  const headers = places.map((place) => path[place]?.header)
  return {
    path,
    sources: headers.map((header) => addressesIn(world, header?.sourceAddresses, header?.sourcePrefixLists)),
    destinations: headers.map((header) =>
      addressesIn(world, header?.destinationAddresses, header?.destinationPrefixLists),
    ),
    services: headers.reduce<Diagram>(
      (all, header) => (header ? diagrams.intersection(all, servicesOf(diagrams, header)) : all),
      transports(diagrams, ['tcp', 'udp'], everything),
    ),
  }
}

function addressesIn(
  world: World,
  addresses: readonly string[] = [],
  lists: readonly string[] = [],
): AddressSet | undefined {
  if (addresses.length === 0 && lists.length === 0) return undefined
  const texts = [...addresses, ...lists.flatMap((list) => prefixListCidrs(world, list))]
  return addressSet(texts.flatMap((text) => parseCidr(text.includes('/') ? text : `${text}/32`)?.cidr ?? []))
}

function servicesOf(diagrams: Diagrams, header: HeaderStatement): Diagram {
  const { protocols: named, sourcePorts, destinationPorts } = header
  const clients = sourcePorts?.length ? diagrams.within(clientLine, linesOf(sourcePorts), everything) : everything
  const wanted = destinationPorts?.length ? linesOf(destinationPorts) : [serviceLine]
  return transports(diagrams, named?.length ? named : ['tcp', 'udp'], diagrams.within(serviceLine, wanted, clients))
}

function transports(diagrams: Diagrams, named: readonly ('tcp' | 'udp')[], below: Diagram): Diagram {
  return diagrams.unionOf(
    named.map((name) => {
      const number = protocols[name]
      return diagrams.within(protocolLine, [{ first: number, last: number }], below)
    }),
  )
}

/** Ascending and apart, as diagrams want them. */
function linesOf(spans: readonly { readonly from: number; readonly to: number }[]): Line[] {
  const joined: { first: number; last: number }[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const before = joined.at(-1)
    if (before && from <= before.last + 1) before.last = Math.max(before.last, to)
    else joined.push({ first: from, last: to })
  }
  return joined
}

/** Whether an end may be one of the statement's resources; without a statement any may. */
export function isEnd(statement: ResourceStatement | undefined, end: ScopeEnd): boolean {
  if (statement === undefined) return true
  const ids = 'gateway' in end ? [end.gateway] : idsOf(end.card)
  return ids.some((id) => statement.resources.includes(id) || statement.types.some((type) => isOfType(type, id)))
}

function idsOf({ id, attachment, groups, subnet, vpc }: NetworkInterface): string[] {
  return [id, ...(attachment ? [attachment.instance] : []), ...groups, subnet, vpc]
}

export function isSeen(sets: readonly (AddressSet | undefined)[], { atSource, atDestination }: SeenAddress): boolean {
  const seen = [atSource, atDestination]
  return sets.every((set, index) => set === undefined || hasAddress(set, seen[index] as Address))
}

/** Whether the way has something of each statement on it. */
export function isThrough({ through }: ScopePath, components: readonly PathComponent[]): boolean {
  const ids = components.flatMap(({ component, subnet, vpc }) =>
    [component, subnet, vpc].flatMap((each) => each?.id ?? []),
  )
  return through.every(({ resources, types }) =>
    ids.some((id) => resources.includes(id) || types.some((type) => isOfType(type, id))),
  )
}
