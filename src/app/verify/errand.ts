/**
 * A finding of an explanation as something to be done in this machine's namespaces: from where a packet is sent, to
 * what address, and where it has to arrive. Or why nobody here can send it.
 */

import { deviceAt } from '../../enforce/namespaces/instance-namespace.ts'
import { instanceNamespace, internetNamespace } from '../../enforce/namespaces/names.ts'
import { internetBlocks } from '../../enforce/namespaces/world-topology.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { World } from '../../model/world.ts'
import { type Address, formatAddress } from '../../net/address.ts'
import { containsAddress, parseCidr } from '../../net/cidr.ts'
import { isSpecial } from '../../net/special-blocks.ts'
import { parsePacket } from '../../packet/notation.ts'
import type { Packet } from '../../packet/packet.ts'
import type { Finding } from '../../reach/explain.ts'
import { privateOf, publicOf } from '../../reach/holder.ts'

export interface Spot {
  readonly namespace: string
  /** The device whose rules a packet meets; undefined at the internet, which has none. */
  readonly device: string | undefined
  readonly address: Address
  /** Nobody at the internet has the address yet. */
  readonly isLent: boolean
}

export interface Errand {
  readonly from: Spot
  /** As the sender spells the receiver: its public address where the way leads over the internet. */
  readonly target: Address
  /** Undefined where nobody has the address. */
  readonly to: Spot | undefined
  readonly packet: Packet
  /** `1024-65535`; those that the finding speaks of. */
  readonly clientPorts: readonly string[]
}

/** In words, why it is not sent. */
export type NotSent = string

export function errandOf(world: World, finding: Finding): Errand | NotSent {
  const packet = parsePacket(finding.packet)
  if (finding.result === 'undetermined') return 'it depends on something that is not run here'
  const exempt = finding.hops.find((hop) => hop.kind === 'exempt')
  if (exempt?.kind === 'exempt') return `${exempt.service} is not run here`
  const [sender, receiver] = [finding.sender, finding.receiver].map((id) => cardOf(world, id))
  const from = sender ? spotOf(world, sender, packet.source) : outside(world, packet.source)
  if (typeof from === 'string') return `${from}, so nothing is sent from there`
  if (from === undefined) return `nobody here has ${formatAddress(packet.source)}`
  const to = receiver ? arrival(world, receiver, packet.destination) : outside(world, packet.destination)
  if (typeof to === 'string') return `${to}, so nothing arrives there`
  if (to?.namespace === from.namespace) return 'both ends are one instance, which sends it over no wire'
  const target =
    sender || !receiver ? packet.destination : (publicOf(world, receiver, packet.destination) ?? packet.destination)
  return { from, target, to, packet, clientPorts: finding.clientPorts }
}

function cardOf(world: World, id: string | null): NetworkInterface | undefined {
  return id === null ? undefined : world.networkInterface.get(id)
}

function spotOf(world: World, { id, attachment }: NetworkInterface, address: Address): Spot | NotSent {
  const instance = attachment && world.instance.get(attachment.instance)
  if (instance?.state !== 'running') return `${id} is in no running instance`
  const device = deviceAt(attachment?.deviceIndex ?? 0)
  return { namespace: instanceNamespace(instance.id), device, address, isLent: false }
}

function arrival(world: World, card: NetworkInterface, destination: Address): Spot | NotSent {
  return spotOf(world, card, privateOf(world, card, destination) ?? destination)
}

const answered = internetBlocks.flatMap((text) => parseCidr(text)?.cidr ?? [])

/** The internet lends any public address. */
function outside(world: World, address: Address): Spot | undefined {
  if (isSpecial(address) && !isAnswered(address)) return undefined
  return { namespace: internetNamespace(world.scope), device: undefined, address, isLent: !isAnswered(address) }
}

function isAnswered(address: Address): boolean {
  return answered.some((block) => containsAddress(block, address))
}
