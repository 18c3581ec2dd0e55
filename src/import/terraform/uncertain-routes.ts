/** Routes of a Terraform document that are there perhaps, or lead nobody knows from where: told once all others are. */

import { groupedBy } from '../../base/grouped.ts'
import type { VpcId } from '../../model/ids.ts'
import { type Bound, type PerhapsRoute, withPerhapsRoute } from '../perhaps.ts'
import type { Reading } from './reading.ts'

/** In one of these tables, or in all of them. */
export function noteUncertain(reading: Reading, tables: readonly string[], perhaps: PerhapsRoute): void {
  reading.uncertainRoutes.push(...tables.map((table) => ({ table, perhaps })))
}

export function putUncertainRoutes(reading: Reading): void {
  const { draft } = reading
  for (const [id, routes] of groupedBy(reading.uncertainRoutes, ({ table }) => table)) {
    const table = draft.get('routeTable', id)
    if (!table) continue
    const blocks = blocksOf(reading, table.vpc)
    const within = (bound: Bound) =>
      routes.reduce((all, { perhaps }) => withPerhapsRoute(all, perhaps, { bound, blocks }), table)
    draft.put('routeTable', within('certain'))
    draft.putPossible('routeTable', within('possible'))
  }
}

/** A VPC that others made has at least the blocks of its subnets. */
function blocksOf({ draft }: Reading, id: VpcId): string[] {
  const vpc = draft.get('vpc', id)
  const holders = vpc ? [vpc] : []
  const subnets = vpc ? [] : draft.all('subnet').filter((each) => each.vpc === id)
  return [
    ...holders.flatMap(({ cidrBlocks, ipv6CidrBlocks }) => [...cidrBlocks, ...ipv6CidrBlocks].map(({ cidr }) => cidr)),
    ...subnets.flatMap(({ cidr }) => cidr ?? []),
  ]
}
