/** An interface on a packet's way: its rules, its subnet's ACL and route table, asked one packet at a time. */

import { invariant } from '../base/invariant.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import type { Subnet } from '../model/subnet.ts'
import type { World } from '../model/world.ts'
import { type Address, formatAddress } from '../net/address.ts'
import { containsAddress } from '../net/cidr.ts'
import type { Packet } from '../packet/packet.ts'
import { exemptService } from '../policy/exempt.ts'
import { decidingLine, matchingRules, peerOf } from '../policy/match.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import type { Hop, HopOf, Leg } from './hop.ts'
import type { Place } from './place.ts'
import { type Onward, routeTo } from './route.ts'

/** A world whose interfaces are asked many times: each is compiled once. */
export class Terrain {
  readonly world: World
  readonly #hosts = new Map<string, Host>()
  readonly #policies: PolicyTable

  constructor(world: World) {
    this.world = world
    this.#policies = new PolicyTable(world)
  }

  hostAt(place: Place): Host | undefined {
    if (place.kind === 'outside') return undefined
    const card = this.world.networkInterface.get(place.card.id)
    invariant(card, `${place.card.id} was found in this world`)
    return this.hostOf(card)
  }

  hostOf(card: NetworkInterface): Host {
    const known = this.#hosts.get(card.id)
    if (known) return known
    const policy = this.#policies.get(card.id)
    invariant(policy, `${card.id} is of this world`)
    const host = new Host(this.world, card, policy)
    this.#hosts.set(card.id, host)
    return host
  }
}

export class Host {
  readonly card: NetworkInterface
  readonly policy: InterfacePolicy
  readonly #world: World
  readonly #subnet: Subnet

  constructor(world: World, card: NetworkInterface, policy: InterfacePolicy) {
    const subnet = world.subnet.get(card.subnet)
    invariant(subnet, `${card.id} is in a subnet that exists`)
    this.#world = world
    this.card = card
    this.#subnet = subnet
    this.policy = policy
  }

  /** Undefined for what rules, ACLs and routes have a say in. */
  exempts(packet: Packet, direction: Direction, leg: Leg): Hop | undefined {
    const service = exemptService(this.policy, packet, direction)
    return service && { leg, outcome: 'passes', kind: 'exempt', networkInterface: this.card.id, service }
  }

  /** An answer needs no rule: the connection's state, or the rule that made it untracked, lets it pass (data-plane 2). */
  checks(packet: Packet, direction: Direction, leg: Leg): Hop[] {
    const atInterface = leg === 'forward' ? [...this.#state(leg), this.#rules(packet, direction, leg)] : []
    const atEdge = this.#acl(packet, direction, leg)
    return direction === 'egress' ? [...atInterface, ...atEdge] : [...atEdge, ...atInterface]
  }

  /** Neighbours in a subnet need no route. */
  onward(destination: Address, leg: Leg): { readonly onward: Onward; readonly hop: HopOf<'route'> | undefined } {
    if (this.#isNeighbour(destination)) return { onward: { kind: 'vpc', vpc: this.card.vpc }, hop: undefined }
    return routeTo(this.#world, this.#subnet, destination, leg)
  }

  #isNeighbour(address: Address): boolean {
    return this.policy.subnet.some((block) => containsAddress(block, address))
  }

  /** An interface that is attached to nothing stands for what will be attached. */
  #state(leg: Leg): Hop[] {
    const instance = this.card.attachment?.instance
    const state = instance && this.#world.instance.get(instance)?.state
    if (instance === undefined || state === undefined || state === 'running') return []
    return [{ leg, outcome: 'stops', kind: 'interface-state', networkInterface: this.card.id, instance, state }]
  }

  #rules(packet: Packet, direction: Direction, leg: Leg): Hop {
    const rules = matchingRules(this.policy, packet, direction).map(({ rule, group }) => ({ rule, group }))
    return {
      leg,
      outcome: rules.length > 0 ? 'passes' : 'stops',
      kind: 'rules',
      networkInterface: this.card.id,
      direction,
      peer: formatAddress(peerOf(packet, direction)),
      groups: this.policy.groups,
      rules,
    }
  }

  /** The ACL stands at the subnet's edge: neighbours in the subnet never meet it (data-plane 3). */
  #acl(packet: Packet, direction: Direction, leg: Leg): Hop[] {
    const peer = peerOf(packet, direction)
    if (this.#isNeighbour(peer)) return []
    const { action, number: entry } = decidingLine(this.policy.acl, packet, direction)
    const outcome = action === 'allow' ? 'passes' : 'stops'
    const place = { subnet: this.#subnet.id, acl: this.policy.acl.id, direction, peer: formatAddress(peer) }
    return [{ leg, outcome, kind: 'acl', ...place, entry }]
  }
}
