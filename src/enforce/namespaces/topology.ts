/**
 * Network namespaces and what joins them, as data: what there is to be, not how to make it. A cable is a pair
 * of virtual Ethernet devices; one that carries a seat is an instance's interface, guarded before its first packet.
 */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { Family } from '../../net/address.ts'

export interface Topology {
  readonly namespaces: ReadonlyMap<string, Namespace>
  readonly cables: readonly Cable[]
}

export interface Namespace {
  readonly name: string
  readonly role: 'instance' | 'router' | 'internet'
  /** With another value it is another namespace of the same name: an instance that was stopped and started. */
  readonly life: string
  readonly parts: readonly Part[]
  /** Of routers: what may cross it. */
  readonly filter?: Filter
}

export type Part =
  | { readonly kind: 'bridge'; readonly device: string; readonly mac: string }
  /** `address` has its prefix length: `10.0.0.4/24`. */
  | { readonly kind: 'address'; readonly device: string; readonly address: string }
  | RoutePart
  | {
      readonly kind: 'rule'
      readonly family: Family
      readonly priority: number
      /** `iif DEVICE` or `from ADDRESS`. */
      readonly selector: string
      readonly table: number
    }

export interface RoutePart {
  readonly kind: 'route'
  readonly family: Family
  readonly table: number | 'main' | 'local'
  /** A block, or `default`. */
  readonly destination: string
  readonly hop: Hop
  /** The lower one of two routes to one block is taken. */
  readonly metric?: number
}

export type Hop =
  /** Without `via` the destination is on the link. */
  | { readonly kind: 'device'; readonly device: string; readonly via?: string }
  | { readonly kind: 'blackhole' }
  /** Answered here, though no device has the addresses. */
  | { readonly kind: 'here' }
  /** Looked up in the tables that follow. */
  | { readonly kind: 'elsewhere' }

export interface Cable {
  /** The instance's end comes first, when it has one. */
  readonly ends: readonly [End, End]
  readonly seat?: { readonly networkInterface: NetworkInterfaceId; readonly slot: number }
}

export interface End {
  readonly namespace: string
  readonly device: string
  readonly mac?: string
  /** The bridge that the device is a port of. */
  readonly bridge?: string
}

/** What fills a router's frame of nftables chains: rules by chain, elements by map. */
export interface Filter {
  readonly chains: ReadonlyMap<string, readonly string[]>
  readonly maps: ReadonlyMap<string, readonly string[]>
}
