/**
 * What is to be made and unmade to get from one topology to another. A fact's key names all that it stands on,
 * a device by its cable and a namespace by its life, so that what goes down with those is made again after them.
 */

import type { Cable, End, Filter, Namespace, Part, Topology } from './topology.ts'

type Fact =
  | { readonly kind: 'namespace'; readonly namespace: Namespace }
  | { readonly kind: 'cable'; readonly cable: Cable }
  | { readonly kind: 'part'; readonly namespace: string; readonly part: Part }
  | { readonly kind: 'filter'; readonly namespace: string; readonly filter: Filter }

export type Facts = ReadonlyMap<string, Fact>

/** What is known of the system: after a failure less is sure than may be. */
export interface Known {
  readonly sure: Facts
  readonly maybe: Facts
}

export const nothing: Known = { sure: new Map(), maybe: new Map() }

export interface Sorted {
  readonly namespaces: readonly Namespace[]
  readonly cables: readonly Cable[]
  /** By namespace, in the order in which they stand on each other. */
  readonly parts: ReadonlyMap<string, readonly Part[]>
  readonly filters: ReadonlyMap<string, Filter>
}

export interface Difference {
  readonly removed: Sorted
  readonly added: Sorted
  /** By namespace: chains of a filter before that the filter to come does not have. */
  readonly chainsGone: ReadonlyMap<string, readonly string[]>
}

export function factsOf({ namespaces, cables }: Topology): Facts {
  const keyOfSpace = (name: string) => `${name} ${namespaces.get(name)?.life ?? ''}`
  const cableOfDevice = new Map<string, string>()
  const facts = new Map<string, Fact>()
  for (const cable of cables) {
    const key = `cable ${cable.ends.map((end) => `${keyOfSpace(end.namespace)} ${JSON.stringify(end)}`).join(' ')}`
    facts.set(key, { kind: 'cable', cable })
    for (const end of cable.ends) cableOfDevice.set(placeOf(end), key)
  }
  for (const namespace of namespaces.values()) {
    const own = keyOfSpace(namespace.name)
    facts.set(`namespace ${own}`, { kind: 'namespace', namespace })
    for (const part of namespace.parts) {
      const device = deviceOf(part)
      const cable = device === undefined ? undefined : cableOfDevice.get(placeOf({ namespace: namespace.name, device }))
      facts.set(`part ${own} ${JSON.stringify(part)} ${cable ?? ''}`, { kind: 'part', namespace: namespace.name, part })
    }
    const { filter } = namespace
    if (filter) {
      const content = JSON.stringify([[...filter.chains], [...filter.maps]])
      facts.set(`filter ${own} ${content}`, { kind: 'filter', namespace: namespace.name, filter })
    }
  }
  return facts
}

function placeOf({ namespace, device }: Pick<End, 'namespace' | 'device'>): string {
  return `${namespace} ${device}`
}

/** The device without which the part cannot be. */
function deviceOf(part: Part): string | undefined {
  switch (part.kind) {
    case 'bridge':
    case 'address':
      return part.device
    case 'route':
      return part.hop.kind === 'device' ? part.hop.device : undefined
    case 'rule':
      return part.selector.startsWith('iif ') ? part.selector.slice(4) : undefined
    default:
      return part satisfies never
  }
}

export function difference({ sure, maybe }: Known, after: Facts): Difference {
  const removed = sorted([...maybe].filter(([key]) => !after.has(key)).map(([, fact]) => fact))
  const added = sorted([...after].filter(([key]) => !sure.has(key)).map(([, fact]) => fact))
  return { removed, added, chainsGone: chainsGone(maybe, after, added) }
}

export function isEmpty({ removed, added }: Difference): boolean {
  return [removed, added].every(
    ({ namespaces, cables, parts, filters }) =>
      namespaces.length + cables.length === 0 && parts.size + filters.size === 0,
  )
}

/** While the way to `after` is being gone: what is left alone is sure, all else may be. */
export function underway({ sure, maybe }: Known, after: Facts): Known {
  return {
    sure: new Map([...sure].filter(([key]) => after.has(key))),
    maybe: new Map([...maybe, ...after]),
  }
}

function sorted(facts: readonly Fact[]): Sorted {
  const parts = new Map<string, Part[]>()
  for (const fact of facts) {
    if (fact.kind !== 'part') continue
    const list = parts.get(fact.namespace) ?? []
    parts.set(fact.namespace, list)
    list.push(fact.part)
  }
  for (const list of parts.values()) list.sort((a, b) => rank[a.kind] - rank[b.kind])
  return {
    namespaces: facts.flatMap((fact) => (fact.kind === 'namespace' ? fact.namespace : [])),
    cables: facts.flatMap((fact) => (fact.kind === 'cable' ? fact.cable : [])),
    parts,
    filters: new Map(facts.flatMap((fact) => (fact.kind === 'filter' ? [[fact.namespace, fact.filter] as const] : []))),
  }
}

const rank: Readonly<Record<Part['kind'], number>> = { bridge: 0, address: 1, route: 2, rule: 3 }

function chainsGone(maybe: Facts, after: Facts, { filters, namespaces }: Sorted): Map<string, readonly string[]> {
  const born = new Set(namespaces.map(({ name }) => name))
  const gone = new Map<string, string[]>()
  for (const [key, fact] of maybe) {
    if (fact.kind !== 'filter' || after.has(key) || born.has(fact.namespace)) continue
    const kept = filters.get(fact.namespace)?.chains
    const chains = [...fact.filter.chains.keys()].filter((name) => kept && !kept.has(name))
    gone.set(fact.namespace, [...new Set([...(gone.get(fact.namespace) ?? []), ...chains])])
  }
  return gone
}

/** All that stands without these cables. */
export function withoutCables(facts: Facts, cables: ReadonlySet<Cable>): Facts {
  const places = new Set([...cables].flatMap(({ ends }) => ends.map(placeOf)))
  const stands = (fact: Fact) => {
    if (fact.kind === 'cable') return !cables.has(fact.cable)
    const device = fact.kind === 'part' ? deviceOf(fact.part) : undefined
    return fact.kind !== 'part' || device === undefined || !places.has(placeOf({ namespace: fact.namespace, device }))
  }
  return new Map([...facts].filter(([, fact]) => stands(fact)))
}
