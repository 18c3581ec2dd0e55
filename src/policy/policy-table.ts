/**
 * The policies of a world's interfaces, kept in step with its changes. A change costs next to nothing until
 * a policy is asked for: then what it was compiled from is looked at, and what differs is compiled again.
 * Interfaces that carry the same groups share their rules.
 */

import { type Change, touched } from '../model/change.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkAcl } from '../model/network-acl.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Kind } from '../model/objects.ts'
import type { Subnet } from '../model/subnet.ts'
import type { Vpc } from '../model/vpc.ts'
import type { World } from '../model/world.ts'
import { compile } from './compile.ts'
import { RuleShelf } from './group-rules.ts'
import { PeerSources } from './peer-sources.ts'
import type { InterfacePolicy } from './policy.ts'

/** What a policy is compiled from, but for its rules. */
interface Origin {
  readonly card: NetworkInterface
  readonly subnet: Subnet | undefined
  readonly acl: NetworkAcl | undefined
  readonly vpc: Vpc | undefined
  /** Its instance's. */
  readonly type: string | undefined
}

interface Compiled {
  checkedAt: number
  readonly origin: Origin
  readonly policy: InterfacePolicy
}

/** All else in a world is nothing that a policy follows from. */
const kindsOfPolicies: ReadonlySet<Kind> = new Set([
  'vpc',
  'subnet',
  'networkAcl',
  'networkInterface',
  'instance',
  'securityGroup',
  'vpcAssociation',
  'peering',
  'prefixList',
  'prefixListVersion',
])

export class PolicyTable {
  readonly #compiled = new Map<NetworkInterfaceId, Compiled>()
  readonly #rules = new RuleShelf()
  readonly #sources: PeerSources
  #world: World
  #version = 0
  #reach = 0

  constructor(world: World) {
    this.#world = world
    this.#sources = new PeerSources(world)
  }

  /** The world that the policies are of. */
  get world(): World {
    return this.#world
  }

  /** Undefined for an interface that the world does not have. Unchanged policies are the same object. */
  get(id: NetworkInterfaceId): InterfacePolicy | undefined {
    const known = this.#compiled.get(id)
    if (known?.checkedAt === this.#version) return known.policy
    const card = this.#world.networkInterface.get(id)
    if (!card) return undefined
    const policy = this.#policyOf(card, known)
    if (policy === known?.policy) known.checkedAt = this.#version
    else this.#compiled.set(id, { checkedAt: this.#version, origin: this.#originOf(card), policy })
    return policy
  }

  /** `after` is `before`, the world so far, with the changes applied. */
  update(before: World, after: World, changes: readonly Change[]): void {
    this.#world = after
    const all = changes.map(touched)
    if (!all.some(({ of }) => kindsOfPolicies.has(of))) return
    this.#version += 1
    if (all.some(({ of, id }) => altersReach(before, after, of, id))) this.#reach += 1
    this.#sources.update(before, after, changes)
    for (const { of, id } of all) {
      if (of === 'networkInterface' && !after.networkInterface.has(id)) this.#compiled.delete(id as NetworkInterfaceId)
    }
  }

  #policyOf(card: NetworkInterface, known: Compiled | undefined): InterfacePolicy {
    const allows = this.#rules.allowsOf(card.groups, {
      world: this.#world,
      sources: this.#sources,
      version: this.#version,
      reach: this.#reach,
    })
    if (!known || !isSameOrigin(known.origin, this.#originOf(card))) return compile(this.#world, card, allows)
    return known.policy.allows === allows ? known.policy : { ...known.policy, allows }
  }

  #originOf(card: NetworkInterface): Origin {
    const subnet = this.#world.subnet.get(card.subnet)
    const acl = subnet && this.#world.networkAcl.get(subnet.acl)
    const instance = card.attachment && this.#world.instance.get(card.attachment.instance)
    return { card, subnet, acl, vpc: this.#world.vpc.get(card.vpc), type: instance?.type }
  }
}

function isSameOrigin(one: Origin, other: Origin): boolean {
  return (
    one.card === other.card &&
    one.subnet === other.subnet &&
    one.acl === other.acl &&
    one.vpc === other.vpc &&
    one.type === other.type
  )
}

/** A rule is stale by the groups, associations and peerings there are (model/stale-rule.ts). */
function altersReach(before: World, after: World, of: Kind, id: string): boolean {
  if (of === 'securityGroup') return before.securityGroup.get(id)?.vpc !== after.securityGroup.get(id)?.vpc
  return of === 'vpcAssociation' || of === 'peering'
}
