/** The two ends of a packet by the names that people are shown. */

import type { World } from '../model/world.ts'
import { type Address, formatAddress } from '../net/address.ts'
import type { Packet } from '../packet/packet.ts'
import { hosts } from './hosts.ts'

export interface Party {
  /** An interface's, a known host's, or the address again. */
  readonly name: string
  readonly address: string
  readonly port: number | null
}

export function partiesOf({ source, destination, payload }: Packet, world: World): { from: Party; to: Party } {
  const ports = 'ports' in payload ? payload.ports : undefined
  return {
    from: partyAt(source, ports?.source, world),
    to: partyAt(destination, ports?.destination, world),
  }
}

function partyAt(at: Address, port: number | undefined, world: World): Party {
  const address = formatAddress(at)
  const card = Array.from(world.networkInterface.values()).find(
    ({ privateAddresses, ipv6Addresses }) =>
      privateAddresses.some((own) => own.address === address) || ipv6Addresses.includes(address),
  )
  return { name: card?.description || hosts[address] || address, address, port: port ?? null }
}
