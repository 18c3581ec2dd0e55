/**
 * An nftables program as data: the rules of one network interface, in the words that `nft -n list` prints them in,
 * so that a program can be held against what the kernel says it has.
 *
 * A regular chain and a set are named after their content. A name never means two things, so whatever is loaded
 * under a new name is out of reach until a switch points at it, and one transaction turns old into new.
 */

import type { RuleId } from '../../model/ids.ts'
import type { Address } from '../../net/address.ts'

export interface NftSet {
  readonly kind: 'set' | 'map'
  /** `ipv4_addr`, `inet_service : verdict`. */
  readonly type: string
  /** What follows the type, as nft lists it: `flags interval`. */
  readonly properties: readonly string[]
  /** As nft lists them, in any order; undefined where packets put them in. */
  readonly elements: readonly string[] | undefined
}

export const interval: readonly string[] = ['flags interval']

export type Chain = readonly string[]

export interface Program {
  /** Rules that have a counter, named as they are. */
  readonly counters: ReadonlySet<RuleId>
  /** Named after what is in them; or after a group or a prefix list, and then edited in place. */
  readonly sets: ReadonlyMap<string, NftSet>
  readonly chains: ReadonlyMap<string, Chain>
  readonly switches: Switches
}

/** Chains of the frame whose lines change: where a packet is judged, and where its fate is written down. */
export const switchNames = ['ingress', 'egress', 'passed_in', 'passed_out', 'refused_in', 'refused_out'] as const
export type SwitchName = (typeof switchNames)[number]
export type Switches = Readonly<Record<SwitchName, Chain>>

/** Where a program runs: a device of a network namespace. */
export interface Post {
  /** The device's name, `eth0`. */
  readonly device: string
  /** Interfaces that share a namespace have different ones, from 0 on: each has its own bits of the conntrack mark. */
  readonly slot: number
  /** Where the rules come from, if they come by this device: AWS's are not told to a host by its own interface. */
  readonly control?: readonly Control[]
}

export interface Control {
  readonly address: Address
  readonly port: number
}

/** Bits of a conntrack mark that one interface needs. */
const bitsPerSlot = 3

/** A mark has 32 bits. */
export const mostSlots = Math.floor(32 / bitsPerSlot)

/**
 * What the mark says of a connection at this interface. A flow is tracked if one of the first two is set, and which
 * one says whose direction conntrack calls the original: an entry can be older than what makes the flow tracked, and
 * be the other way round (data-plane 6.3; docs/adr/0004-kernel-recipe.md).
 */
export interface MarkBits {
  /** Packets in the original direction come in. */
  readonly inward: number
  /** Packets in the original direction go out. */
  readonly outward: number
  /** A rule admits the packet under way; gone when it is through. */
  readonly admitted: number
}

export function markBits({ slot }: Post): MarkBits {
  const shift = slot * bitsPerSlot
  return { inward: 2 ** shift, outward: 2 ** (shift + 1), admitted: 2 ** (shift + 2) }
}

export function hex(bits: number): string {
  return `0x${(bits >>> 0).toString(16).padStart(8, '0')}`
}

export function tableOf({ device }: Post): string {
  return `sallyport-${device}`
}
