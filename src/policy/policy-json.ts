/** A policy as JSON, for whoever enforces it elsewhere: addresses and blocks as text, sets as ranges. */

import { type Address, type Family, formatAddress, parseAddress } from '../net/address.ts'
import type { AddressSet } from '../net/address-set.ts'
import { type Cidr, formatCidr, parseCidr } from '../net/cidr.ts'
import type { AclLine, Allow, InterfacePolicy } from './policy.ts'

type Directed<T> = { readonly ingress: readonly T[]; readonly egress: readonly T[] }

export interface PolicyJson
  extends Omit<InterfacePolicy, 'allows' | 'acl' | 'addresses' | 'subnet' | 'resolvers' | 'router'> {
  /** A later form that means something else counts up. */
  readonly format: 1
  readonly allows: Directed<AllowJson>
  readonly acl: { readonly id: InterfacePolicy['acl']['id']; readonly lines: Directed<AclLineJson> }
  readonly addresses: readonly string[]
  readonly subnet: readonly string[]
  readonly resolvers: readonly string[]
  readonly router?: string
}

/** `peers` as addresses and ranges of them. */
type AllowJson = Omit<Allow, 'peers'> & { readonly peers: readonly string[] }
type AclLineJson = Omit<AclLine, 'cidr'> & { readonly cidr: string }

/** Text that is no policy; the message says what is wrong. */
export class BadPolicy extends Error {
  override readonly name = 'BadPolicy'
}

export function policyJson(policy: InterfacePolicy): PolicyJson {
  const { router, ...rest } = policy
  return {
    ...rest,
    format: 1,
    allows: both(policy.allows, (allow) => ({ ...allow, peers: formatSet(allow.peers) })),
    acl: { id: policy.acl.id, lines: both(policy.acl.lines, (line) => ({ ...line, cidr: formatCidr(line.cidr) })) },
    addresses: policy.addresses.map(formatAddress),
    subnet: policy.subnet.map(formatCidr),
    resolvers: policy.resolvers.map(formatAddress),
    ...(router ? { router: formatAddress(router) } : {}),
  }
}

/** Throws BadPolicy. */
export function policyFromJson(json: PolicyJson): InterfacePolicy {
  if (json.format !== 1) throw new BadPolicy('This policy is of a form that this version does not know.')
  const { format: _, router, ...rest } = json
  return {
    ...rest,
    instance: json.instance,
    allows: both(json.allows, (allow) => ({ ...allow, open: allow.open, peers: readSet(allow.peers) })),
    acl: {
      id: json.acl.id,
      lines: both(json.acl.lines, (line) => ({ ...line, ports: line.ports, icmp: line.icmp, cidr: cidrOf(line.cidr) })),
    },
    addresses: json.addresses.map(addressOf),
    subnet: json.subnet.map(cidrOf),
    resolvers: json.resolvers.map(addressOf),
    router: router === undefined ? undefined : addressOf(router),
  }
}

function both<T, U>({ ingress, egress }: Directed<T>, map: (each: T) => U): Directed<U> {
  return { ingress: ingress.map(map), egress: egress.map(map) }
}

const texts = new WeakMap<AddressSet, readonly string[]>()

function formatSet(set: AddressSet): readonly string[] {
  const known = texts.get(set)
  if (known) return known
  const made = ([4, 6] as const).flatMap((family) => set[family].map((range) => formatRange(range, family)))
  texts.set(set, made)
  return made
}

function formatRange({ first, last }: { readonly first: bigint; readonly last: bigint }, family: Family): string {
  const text = formatAddress({ family, bits: first })
  return first === last ? text : `${text}-${formatAddress({ family, bits: last })}`
}

function readSet(ranges: readonly string[]): AddressSet {
  const read = ranges.map((text) => {
    const [first = '', last = first] = text.split('-')
    return { first: addressOf(first), last: addressOf(last) }
  })
  const of = (family: Family) =>
    read
      .filter(({ first }) => first.family === family)
      .map(({ first, last }) => ({ first: first.bits, last: last.bits }))
  return { 4: of(4), 6: of(6) }
}

function addressOf(text: string): Address {
  const address = parseAddress(text)
  if (address === undefined) throw new BadPolicy(`'${text}' is no address.`)
  return address
}

function cidrOf(text: string): Cidr {
  const spelled = parseCidr(text)
  if (spelled === undefined) throw new BadPolicy(`'${text}' is no CIDR.`)
  return spelled.cidr
}
