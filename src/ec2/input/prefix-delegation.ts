/** Prefix delegation: whole blocks on an interface, which this endpoint does not model and says so. */

import { reject } from '../../model/rejection.ts'

export interface PrefixInput {
  readonly Ipv4Prefixes?: readonly unknown[] | undefined
  readonly Ipv4PrefixCount?: number | undefined
  readonly Ipv6Prefixes?: readonly unknown[] | undefined
  readonly Ipv6PrefixCount?: number | undefined
}

export function refusePrefixes(input: PrefixInput): void {
  const isAsked = input.Ipv4Prefixes || input.Ipv4PrefixCount || input.Ipv6Prefixes || input.Ipv6PrefixCount
  if (isAsked) reject('InterfaceFeatureUnsupported', { feature: 'Prefix delegation' })
}
