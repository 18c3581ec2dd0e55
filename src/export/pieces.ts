/** What a World is written as, piece by piece, and how a form prints them. */

import type { ElasticAddress } from '../model/elastic-address.ts'
import type { Instance } from '../model/instance.ts'
import type { NetworkAcl } from '../model/network-acl.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Peering } from '../model/peering.ts'
import type { PrefixList, PrefixListEntry } from '../model/prefix-list.ts'
import type { Route, RouteTable } from '../model/routing.ts'
import type { Rule } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import type { Subnet } from '../model/subnet.ts'
import type { Vpc } from '../model/vpc.ts'

export type Piece =
  | { readonly kind: 'vpc'; readonly vpc: Vpc }
  | { readonly kind: 'internet-gateway'; readonly id: string; readonly vpc: string | undefined }
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  | { readonly kind: 'network-acl'; readonly acl: NetworkAcl; readonly subnets: readonly Subnet[] }
  | { readonly kind: 'prefix-list'; readonly list: PrefixList; readonly entries: readonly PrefixListEntry[] }
  | { readonly kind: 'group'; readonly group: SecurityGroup; readonly rules: readonly Rule[] }
  | { readonly kind: 'rules'; readonly group: SecurityGroup; readonly rules: readonly Rule[] }
  | { readonly kind: 'interface'; readonly card: NetworkInterface }
  | { readonly kind: 'instance'; readonly instance: Instance; readonly cards: readonly NetworkInterface[] }
  | { readonly kind: 'elastic-address'; readonly address: ElasticAddress }
  | { readonly kind: 'peering'; readonly peering: Peering }
  | {
      readonly kind: 'route-table'
      readonly table: RouteTable
      readonly subnets: readonly Subnet[]
      readonly routes: readonly Route[]
    }

export type PieceOf<K extends Piece['kind']> = Extract<Piece, { readonly kind: K }>

/** One function a kind of piece. */
export type PiecePrinters<P> = { readonly [K in Piece['kind']]: (printer: P, piece: PieceOf<K>) => void }

export function printPieces<P extends { readonly pieces: readonly Piece[] }>(printer: P, by: PiecePrinters<P>): void {
  for (const piece of printer.pieces) (by[piece.kind] as (printer: P, piece: Piece) => void)(printer, piece)
}

export interface Written {
  readonly text: string
  /** What the form cannot say. */
  readonly unsaid: readonly string[]
}
