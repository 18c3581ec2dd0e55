/** One World put into another: which changes it takes, or why it cannot be. */

import type { Change } from '../model/change.ts'
import { put } from '../model/change.ts'
import { type Kind, kinds, type Objects } from '../model/objects.ts'
import type { ReadonlySortedMap } from '../model/sorted-map.ts'
import { isUntouched } from '../model/untouched-network.ts'
import { apply, removal, type World } from '../model/world.ts'
import { complaintsOf } from './soundness.ts'

/** Two worlds that do not go together, or one that holds together not even alone; the message says where. */
export class BadMerge extends Error {
  override readonly name = 'BadMerge'
}

export interface Merge {
  readonly changes: readonly Change[]
  readonly made: Counts
  readonly altered: Counts
  readonly removed: Counts
}

export type Counts = { readonly [K in Kind]?: number }

/** The endpoint's own: that the Region was used, and which calls were answered. */
const own: readonly Kind[] = ['regionUse', 'clientToken']
const merged = kinds.filter((kind) => !own.includes(kind))

/**
 * `add` leaves all that is there as it is, but for a default VPC that nobody has used; `replace` leaves nothing.
 * Throws BadMerge.
 */
export function mergeOf(world: World, source: World, how: 'add' | 'replace'): Merge {
  const goes = how === 'replace' ? everythingOf(world) : replacedDefault(world, source)
  const gone = new Set(goes.map(({ kind, id }) => `${kind} ${id}`))
  const comes = merged.flatMap((kind) => {
    const there = tableOf(world, kind)
    return Array.from(tableOf(source, kind).values(), (object) => ({ kind, object, before: there.get(object.id) }))
  })
  const fresh = comes.filter(({ object, before }) => before === undefined || !isSame(object, before))
  const conflicts = fresh.filter(({ kind, object, before }) => before && !gone.has(`${kind} ${object.id}`))
  if (conflicts.length > 0) throw new BadMerge(conflictText(conflicts.map(({ object }) => object.id)))
  const kept = new Set(comes.map(({ kind, object }) => `${kind} ${object.id}`))
  const removed = goes.filter(({ kind, id }) => !kept.has(`${kind} ${id}`))
  const changes = [
    ...removed.map(({ kind, id }): Change => ({ kind: 'removed', of: kind, id })),
    ...fresh.map(({ kind, object }) => put(kind, object)),
  ]
  const complaints = complaintsOf(apply(world, changes))
  if (complaints.length > 0) throw new BadMerge(`This does not hold together: ${listed(complaints)}`)
  return {
    changes,
    made: countsOf(fresh.filter(({ before }) => !before)),
    altered: countsOf(fresh.filter(({ before }) => before)),
    removed: countsOf(removed),
  }
}

function tableOf(world: World, kind: Kind): ReadonlySortedMap<Objects[Kind]> {
  return world[kind] as ReadonlySortedMap<Objects[Kind]>
}

interface Named {
  readonly kind: Kind
  readonly id: string
}

function everythingOf(world: World): Named[] {
  return merged.flatMap((kind) => Array.from(world[kind].keys(), (id) => ({ kind, id })))
}

/** A Region has one default VPC. AWS's gives way to another as long as it is as AWS made it. */
function replacedDefault(world: World, source: World): Named[] {
  const own = Array.from(world.vpc.values()).find(({ isDefault }) => isDefault)
  const other = Array.from(source.vpc.values()).find(({ isDefault }) => isDefault)
  if (!own || !other || own.id === other.id) return []
  if (!isUntouched(world, own)) {
    throw new BadMerge(
      `A Region has one default VPC, and ${own.id} is in use: delete it first, or use --replace to replace everything.`,
    )
  }
  const isIn = (each: { readonly vpc: string }) => each.vpc === own.id
  const parts = (kind: 'subnet' | 'securityGroup' | 'networkAcl' | 'routeTable') =>
    Array.from((world[kind] as ReadonlySortedMap<{ id: string; vpc: string }>).values()).filter(isIn)
  const gateways = Array.from(world.internetGateway.values()).filter(({ attachedTo }) => attachedTo === own.id)
  const all = [
    ...(['subnet', 'securityGroup', 'networkAcl', 'routeTable'] as const).flatMap((kind) =>
      parts(kind).map(({ id }) => ({ kind, id })),
    ),
    ...gateways.map(({ id }) => ({ kind: 'internetGateway', id }) as const),
    { kind: 'vpc', id: own.id } as const,
  ]
  const removals = all.flatMap(({ kind, id }) => removal(world, kind, id))
  return removals.flatMap((change) => (change.kind === 'removed' ? [{ kind: change.of, id: change.id }] : []))
}

/** Members may be in another order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}

function conflictText(ids: readonly string[]): string {
  const verb = ids.length === 1 ? 'is' : 'are'
  return `${listed(ids)} ${verb} there already, and not the same: use --replace to replace everything.`
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).join(', ')
  return texts.length > 5 ? `${shown} and ${texts.length - 5} more` : shown
}

function countsOf(objects: readonly { readonly kind: Kind }[]): Counts {
  const counts: { [K in Kind]?: number } = {}
  for (const { kind } of objects) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
