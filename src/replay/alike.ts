/**
 * Which flows are judged alike: interfaces with the same groups, ACL and subnet are of one kind, addresses that
 * no rule, ACL entry or exemption of a kind tells apart are one place, ports likewise. Flows of the same kinds,
 * places and ports have one judgement, so that of a million flows few are held against rules.
 */

import type { World } from '../model/world.ts'
import { type Address, addressLength, type Family } from '../net/address.ts'
import { type AddressSet, addressSet, hasAddress } from '../net/address-set.ts'
import { blockAround, formatCidr } from '../net/cidr.ts'
import { exemptPlaces } from '../policy/exempt.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import type { Flow } from './flow.ts'
import { portClasses } from './port-classes.ts'

/** So many flows of a kind are judged one by one: for fewer its places are not worth their making. */
const patience = 32

export class Alike {
  readonly #ports: Uint16Array
  readonly #kinds = new Map<InterfacePolicy, Kind>()
  readonly #byText = new Map<string, Kind>()
  /** Rules and ACLs by identity: interfaces share them. */
  readonly #numbers = new Map<unknown, number>()

  constructor(world: World) {
    this.#ports = portClasses([world])
  }

  /** Equal for flows that are judged alike; undefined where that is not known. `far` filters the other end. */
  keyOf(flow: Flow, near: InterfacePolicy, far: InterfacePolicy | undefined): string | undefined {
    const { own, peer, protocol, direction, action, evidence, certainty } = flow
    // What an interface sends to itself is exempt, by its own addresses, which its kind does not have.
    if (near === far || isOf(near, peer) || (far && isOf(far, own.address))) return undefined
    const [one, other] = [this.#kindOf(near), far && this.#kindOf(far)]
    const [there, here] = [one.placeOf(peer), other ? other.placeOf(own.address) : 0]
    if (there === undefined || here === undefined) return undefined
    const ports = `${this.#ports[flow.sourcePort]} ${this.#ports[flow.destinationPort]}`
    const side = flow.isOpening ? 'opening' : 'answer'
    return `${peer.family} ${one.number} ${there} ${other?.number} ${here} ${protocol} ${ports} ${direction} ${action} ${evidence} ${side} ${certainty}`
  }

  #kindOf(policy: InterfacePolicy): Kind {
    const known = this.#kinds.get(policy)
    if (known) return known
    const { allows, acl, groups, subnet, resolvers, router } = policy
    const parts = [allows.ingress, allows.egress, acl].map((part) => this.#numberOf(part))
    const ends = [...resolvers, ...(router ? [router] : [])].map(({ family, bits }) => `${family}/${bits}`)
    const text = `${parts} ${groups} ${subnet.map(formatCidr)} ${ends}`
    const kind = this.#byText.get(text) ?? new Kind(this.#byText.size, policy)
    this.#byText.set(text, kind)
    this.#kinds.set(policy, kind)
    return kind
  }

  #numberOf(part: unknown): number {
    const number = this.#numbers.get(part) ?? this.#numbers.size
    this.#numbers.set(part, number)
    return number
  }
}

function isOf({ addresses }: InterfacePolicy, { family, bits }: Address): boolean {
  return addresses.some((own) => own.bits === bits && own.family === family)
}

/** Interfaces that are told apart by their own addresses alone. */
class Kind {
  readonly number: number
  readonly #policy: InterfacePolicy
  #asked = 0
  #places: Readonly<Record<Family, Places>> | undefined

  constructor(number: number, policy: InterfacePolicy) {
    this.number = number
    this.#policy = policy
  }

  /** Undefined as long as places are not worth it. */
  placeOf({ family, bits }: Address): number | undefined {
    this.#asked += 1
    if (this.#asked <= patience) return undefined
    this.#places ??= placesOf(this.#policy)
    return this.#places[family].of(bits)
  }
}

function placesOf(policy: InterfacePolicy): Readonly<Record<Family, Places>> {
  const { allows, acl, subnet } = policy
  const ofRules = [...allows.ingress, ...allows.egress].map(({ peers }) => peers)
  const ofAcl = [...acl.lines.ingress, ...acl.lines.egress].map(({ cidr }) => addressSet([cidr]))
  const ofExemptions = exemptPlaces(policy).map(({ address: { family, bits } }) =>
    addressSet([blockAround({ family, bits }, addressLength[family])]),
  )
  const sets = [...new Set([...ofRules, ...ofAcl, addressSet(subnet), ...ofExemptions])]
  return { 4: new Places(sets, 4), 6: new Places(sets, 6) }
}

/** Addresses of one family by which of the sets they are in. */
class Places {
  readonly #sets: readonly AddressSet[]
  readonly #family: Family
  /** Where an address and the one before it may be in different sets, in order. */
  readonly #starts: readonly bigint[]
  /** Of each such stretch, once it was asked for, the number that all have that are in the same sets. */
  readonly #numbers: (number | undefined)[] = []
  readonly #known = new Map<string, number>()

  constructor(sets: readonly AddressSet[], family: Family) {
    this.#sets = sets
    this.#family = family
    const edges = sets.flatMap((set) => set[family].flatMap(({ first, last }) => [first, last + 1n]))
    this.#starts = [...new Set([0n, ...edges])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  }

  of(bits: bigint): number {
    const starts = this.#starts
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as bigint) <= bits) low = middle
      else high = middle
    }
    this.#numbers[low] ??= this.#numberOf({ family: this.#family, bits })
    return this.#numbers[low] as number
  }

  #numberOf(address: Address): number {
    const held = this.#sets.flatMap((set, number) => (hasAddress(set, address) ? number : [])).join()
    const number = this.#known.get(held) ?? this.#known.size
    this.#known.set(held, number)
    return number
  }
}
