/** Entries of a prefix list as requests give them: at most a hundred at a time, one family, no CIDR twice (spec 6.2). */

import type { PrefixListEntry } from '../../model/prefix-list.ts'
import { reject } from '../../model/rejection.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import type { AddPrefixListEntry, RemovePrefixListEntry } from '../protocol/types.generated.ts'

const entriesPerRequest = 100
const longestDescription = 255

/** Host bits are masked, as EC2 does wherever it does not say otherwise. */
export function addedEntries(given: readonly AddPrefixListEntry[], family: 4 | 6): PrefixListEntry[] {
  const cidrs = cidrsFrom(given, family)
  return given.map(({ Description }, index) => ({ cidr: cidrs[index] ?? '', ...describedBy(Description) }))
}

export function removedCidrs(given: readonly RemovePrefixListEntry[], family: 4 | 6): string[] {
  return cidrsFrom(given, family)
}

function cidrsFrom(given: readonly { readonly Cidr: string }[], family: 4 | 6): string[] {
  if (given.length > entriesPerRequest) reject('PrefixListEntriesPerRequest', { limit: entriesPerRequest })
  const seen = new Set<string>()
  return given.map(({ Cidr }) => {
    const cidr = cidrFrom(Cidr, family)
    if (seen.has(cidr)) reject('PrefixListEntryRepeated', { cidr })
    seen.add(cidr)
    return cidr
  })
}

function cidrFrom(text: string, family: 4 | 6): string {
  const { cidr } = parseCidr(text) ?? reject('CidrMalformed', { cidr: text })
  if (cidr.family !== family) reject('PrefixListEntryFamily', { cidr: text, family: `IPv${family}` })
  return formatCidr(cidr)
}

/** Absent and empty stay apart: Terraform compares what it wrote with what it reads (spec 9.2). */
function describedBy(text: string | undefined): { description?: string } {
  if (text === undefined) return {}
  if (text.length > longestDescription) {
    reject('InvalidParameterValue', {
      value: text,
      name: 'description',
      reason: `Expecting at most ${longestDescription} characters.`,
    })
  }
  return { description: text }
}
