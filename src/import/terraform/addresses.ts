/**
 * Addresses for interfaces that have none yet. AWS picks one of the subnet; here it is one that no rule tells
 * apart from others, and where a rule names a part of the subnet, the interface may turn out to be in it.
 */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import { prefixListVersionId } from '../../model/prefix-list.ts'
import type { Peer } from '../../model/rule.ts'
import type { Subnet } from '../../model/subnet.ts'
import { type Address, formatAddress, parseAddress } from '../../net/address.ts'
import { type Cidr, containsAddress, formatCidr, lastOf, parseCidr } from '../../net/cidr.ts'
import type { Draft } from '../draft.ts'
import type { Origin } from '../imported.ts'
import { isPartOf, twinFor } from '../subnet-parts.ts'

interface Waiting {
  readonly card: NetworkInterfaceId
  readonly address: Address
  /** Where AWS may put it. */
  readonly block: Cidr
  readonly origin: Origin
}

/** `former` is the address of the interface that this one replaces. */
export interface WantedAddress {
  readonly card: NetworkInterfaceId
  readonly subnet: Subnet
  readonly family: 4 | 6
  readonly origin: Origin
  readonly former: string | undefined
}

/** The first four addresses of a block are AWS's own (VPC guide), and its last. */
const kept = 4n

export class Addresses {
  readonly #draft: Draft
  readonly #taken = new Set<string>()
  readonly #waiting: Waiting[] = []
  readonly #named: readonly Cidr[]
  #publics = 0

  /** After groups, before interfaces. `told` are addresses that some interface is known to have. */
  constructor(draft: Draft, told: readonly string[]) {
    this.#draft = draft
    for (const text of told) this.#taken.add(text)
    this.#named = namedBlocks(draft)
  }

  inSubnet(wanted: WantedAddress): string {
    const { card, subnet, family, origin, former } = wanted
    const block = this.#blockOf(subnet, family)
    const others = subnet.cidr === undefined ? this.#subnetBlocks() : []
    const parts = [...this.#named, ...others].filter((each) => isPartOf(each, block))
    const before = former === undefined ? undefined : parseAddress(former)
    const isKept =
      before !== undefined &&
      containsAddress(block, before) &&
      !this.#taken.has(formatAddress(before)) &&
      !parts.some((each) => containsAddress(each, before))
    const address = isKept ? before : this.#free(block, parts)
    this.#taken.add(formatAddress(address))
    this.#waiting.push({ card, address, block, origin })
    return formatAddress(address)
  }

  /** Of a block that was once for 6to4 relays, and that nobody names in rules. */
  public(): string {
    this.#publics += 1
    return `192.88.99.${this.#publics % 256}`
  }

  /** The possible world has a rule for every address that may turn out to be in a block that a rule names. */
  allowParts(): void {
    for (const group of this.#draft.all('securityGroup')) {
      for (const rule of this.#draft.rulesOf(group.id)) {
        for (const block of blocksOf(this.#draft, rule.peer)) {
          for (const each of this.#waiting.filter((one) => isPartOf(block, one.block))) {
            const twin = twinFor(rule, each.address, `${each.card} at `)
            if (!this.#draft.addRule(group.id, twin, this.#draft.originOf(rule.id), 'possible')) continue
            const what = `${formatCidr(block)}, which a rule names, is a part of where AWS will put it: whether it is in it is not known.`
            this.#draft.doubt(what, each.origin)
          }
        }
      }
    }
  }

  /** A subnet that nobody tells of is somewhere in its VPC, beside the others. */
  #blockOf({ cidr, ipv6CidrBlocks, vpc }: Subnet, family: 4 | 6): Cidr {
    const around = this.#draft.get('vpc', vpc)
    const [own, wider] =
      family === 4 ? [cidr, around?.cidrBlocks[0]?.cidr] : [ipv6CidrBlocks[0]?.cidr, around?.ipv6CidrBlocks[0]?.cidr]
    return [own, wider, placeholders[family]].flatMap((text) => parseCidr(text ?? '')?.cidr ?? [])[0] as Cidr
  }

  #subnetBlocks(): Cidr[] {
    return this.#draft.all('subnet').flatMap(({ cidr }) => parseCidr(cidr ?? '')?.cidr ?? [])
  }

  #free(block: Cidr, parts: readonly Cidr[]): Address {
    const at = (bits: bigint): Address => ({ family: block.family, bits })
    const isFree = (address: Address) => !this.#taken.has(formatAddress(address))
    const last = lastOf(block)
    let spare: Address | undefined
    for (let bits = block.first + kept; bits < last; bits += 1n) {
      const address = at(bits)
      const part = parts.find((each) => containsAddress(each, address))
      if (part === undefined && isFree(address)) return address
      spare ??= isFree(address) ? address : undefined
      if (part !== undefined) bits = lastOf(part)
    }
    return spare ?? at(block.first + kept)
  }
}

/** Where not even the VPC's block is known. */
const placeholders = { 4: '10.255.0.0/16', 6: 'fd00:5a11::/64' } as const

function namedBlocks(draft: Draft): Cidr[] {
  const peers = draft
    .all('securityGroup')
    .flatMap(({ id }) => draft.rulesOf(id).flatMap(({ peer }) => blocksOf(draft, peer)))
  const acls = draft
    .all('networkAcl')
    .flatMap(({ entries }) => entries.flatMap(({ cidr }) => parseCidr(cidr)?.cidr ?? []))
  const routes = draft
    .all('routeTable')
    .flatMap((table) =>
      table.routes.flatMap(({ destination }) =>
        'cidr' in destination ? (parseCidr(destination.cidr)?.cidr ?? []) : [],
      ),
    )
  return [...peers, ...acls, ...routes]
}

function blocksOf(draft: Draft, peer: Peer): Cidr[] {
  if (peer.kind === 'ipv4' || peer.kind === 'ipv6') return [parseCidr(peer.cidr)?.cidr ?? []].flat()
  if (peer.kind !== 'prefix-list') return []
  const version = draft.get('prefixList', peer.list)?.version ?? 1
  const entries = draft.get('prefixListVersion', prefixListVersionId(peer.list, version))?.entries ?? []
  return entries.flatMap(({ cidr }) => parseCidr(cidr)?.cidr ?? [])
}
