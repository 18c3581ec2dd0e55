/** Where a route leads, as a request names it: one block or one prefix list. */

import { reject } from '../../model/rejection.ts'
import type { RouteDestination } from '../../model/routing.ts'
import type { World } from '../../model/world.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { prefixListReference } from './prefix-list-reference.ts'

interface DestinationInput {
  readonly DestinationCidrBlock?: string | undefined
  readonly DestinationIpv6CidrBlock?: string | undefined
  readonly DestinationPrefixListId?: string | undefined
}

/** The parameter that names each kind, and the option that AWS's messages call it by. */
const members = [
  { member: 'DestinationCidrBlock', parameter: 'destinationCidrBlock', kind: 'ipv4' },
  { member: 'DestinationIpv6CidrBlock', parameter: 'destinationIpv6CidrBlock', kind: 'ipv6' },
  { member: 'DestinationPrefixListId', parameter: 'destinationPrefixListId', kind: 'prefix-list' },
] as const

const options = {
  ipv4: 'destination-cidr-block',
  ipv6: 'destination-ipv6-cidr-block',
  'prefix-list': 'destination-prefix-list-id',
} as const satisfies Record<RouteDestination['kind'], string>

/** A block's host bits are masked, as AWS does: 100.68.0.18/18 becomes 100.68.0.0/18. */
export function destinationFrom(input: DestinationInput, world: World): RouteDestination {
  const [given, surplus] = members.filter(({ member }) => input[member])
  if (!given) reject('MissingParameter', { name: 'destinationCidrBlock or destinationIpv6CidrBlock' })
  if (surplus) reject('ParametersExclusive', { first: given.parameter, second: surplus.parameter })
  const text = input[given.member] ?? ''
  if (given.kind === 'prefix-list') return { kind: 'prefix-list', list: prefixListReference(world, text).id }
  const block = parseCidr(text)?.cidr
  if (block?.family !== (given.kind === 'ipv4' ? 4 : 6)) {
    reject('InvalidParameterValue', {
      value: text,
      name: given.parameter,
      reason: 'This is not a valid CIDR block.',
    })
  }
  return { kind: given.kind, cidr: formatCidr(block) }
}

/** `destination-cidr-block`, as AWS names what it did not find. */
export function destinationOption({ kind }: RouteDestination): string {
  return options[kind]
}
