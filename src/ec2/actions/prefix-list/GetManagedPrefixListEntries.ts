/** GetManagedPrefixListEntries (spec 6.2), in the order of the CIDRs, so that a page ends at a CIDR. */

import type { PrefixListEntry } from '../../../model/prefix-list.ts'
import { entriesAt } from '../../../model/prefix-list-version.ts'
import type { World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { type AnyPrefixList, findAnyPrefixList, refuseVersion, refuseVersionTooSmall } from '../../input/prefix-list.ts'
import { list, rowsFrom } from '../../page.ts'

export const run: Run<'GetManagedPrefixListEntries'> = (input, { world }) => {
  const found = findAnyPrefixList(world, input.PrefixListId)
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 100 },
    rows: rowsFrom(entriesOf(world, found, input.TargetVersion), ({ cidr }) => cidr),
    filters: {},
  })
  return answer({
    Entries: items.map(({ cidr, description }) => ({ Cidr: cidr, Description: description })),
    NextToken: nextToken,
  })
}

/** AWS's own lists have no versions to ask for. */
function entriesOf(world: World, found: AnyPrefixList, version: number | undefined): readonly PrefixListEntry[] {
  if (version !== undefined) refuseVersionTooSmall(version)
  if (found.owner === 'AWS') {
    if (version !== undefined) refuseVersion(version, 'targetVersion')
    return found.list.cidrs.map((cidr) => ({ cidr }))
  }
  const { id } = found.list
  const asked = version ?? found.list.version
  return entriesAt(world, { id, version: asked }) ?? refuseVersion(asked, 'targetVersion')
}
