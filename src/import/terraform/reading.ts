/** One reading of a document: ids for what has none yet, and what attributes name, surely or perhaps. */

import type { Draft } from '../draft.ts'
import type { Origin } from '../imported.ts'
import { text } from '../json-value.ts'
import type { PerhapsRoute } from '../perhaps.ts'
import { stableId } from '../stable-id.ts'
import { at, type Document, isUnknown, type Path, type Resource } from './document.ts'
import { callsOf, type References, type Target } from './references.ts'
import { type NestedBlock, originIn, type SourceText } from './source-text.ts'

/** What ids begin with, by the type of resource whose `id` they are. */
const prefixes: Readonly<Record<string, string>> = {
  aws_vpc: 'vpc',
  aws_default_vpc: 'vpc',
  aws_subnet: 'subnet',
  aws_default_subnet: 'subnet',
  aws_security_group: 'sg',
  aws_default_security_group: 'sg',
  aws_network_acl: 'acl',
  aws_default_network_acl: 'acl',
  aws_route_table: 'rtb',
  aws_default_route_table: 'rtb',
  aws_internet_gateway: 'igw',
  aws_egress_only_internet_gateway: 'eigw',
  aws_nat_gateway: 'nat',
  aws_ec2_transit_gateway: 'tgw',
  aws_vpn_gateway: 'vgw',
  aws_vpc_endpoint: 'vpce',
  aws_vpc_peering_connection: 'pcx',
  aws_ec2_managed_prefix_list: 'pl',
  aws_prefix_list: 'pl',
  aws_network_interface: 'eni',
  aws_instance: 'i',
  aws_eip: 'eipalloc',
  aws_launch_template: 'lt',
}

/** Ids that a VPC has besides its own, and an instance. */
const besides: Readonly<Record<string, string>> = {
  default_security_group_id: 'sg',
  default_network_acl_id: 'acl',
  main_route_table_id: 'rtb',
  default_route_table_id: 'rtb',
  primary_network_interface_id: 'eni',
}

export interface Named {
  readonly sure: readonly string[]
  /** One or several of these; without any, nothing is known of what it may be. */
  readonly perhaps: readonly string[]
  readonly isOpen: boolean
}

export interface Facts {
  readonly document: Document
  readonly references: References
  readonly source: SourceText
  readonly file: string
  readonly account: string
  /** By address, what is there before the plan is carried out: what replaces it takes over its id. */
  readonly former: ReadonlyMap<string, Resource>
  /** By group, the rules of resources of their own that were there: what they are. */
  readonly copies: ReadonlyMap<string, ReadonlySet<string>>
}

export class Reading {
  readonly draft: Draft
  readonly facts: Facts
  /** Routes that bound their table. */
  readonly uncertainRoutes: { readonly table: string; readonly perhaps: PerhapsRoute }[] = []

  constructor(draft: Draft, facts: Facts) {
    this.draft = draft
    this.facts = facts
  }

  ofType(...types: readonly string[]): Resource[] {
    return this.facts.document.resources.filter(({ mode, type }) => mode === 'managed' && types.includes(type))
  }

  data(...types: readonly string[]): Resource[] {
    return this.facts.document.resources.filter(({ mode, type }) => mode === 'data' && types.includes(type))
  }

  origin({ module, mode, type, name, address }: Resource, nested?: NestedBlock): Origin {
    const word = mode === 'data' ? 'data' : 'resource'
    const block = this.facts.source.block(callsOf(module).join('.'), word, type, name)
    return block ? originIn(block, address, nested) : { file: this.facts.file, line: 1, name: address }
  }

  /** Whether a file of the configuration has it. */
  isShown({ module, type, name }: Resource): boolean {
    return this.facts.source.block(callsOf(module).join('.'), 'resource', type, name) !== undefined
  }

  /** Whether its text has a dynamic block of that name, which a plan does not show. */
  hasDynamic({ module, type, name }: Resource, block: string): boolean {
    const written = this.facts.source.block(callsOf(module).join('.'), 'resource', type, name)
    return written?.lines.some((line) => new RegExp(`^\\s*dynamic\\s+"${block}"`).test(line)) === true
  }

  /** The id it has, else that of what it replaces, else one made from its address. */
  id<P extends string>(resource: Resource, prefix: P, attribute = 'id'): `${P}-${string}` {
    const isOwn = (id: string | undefined): id is `${P}-${string}` => id?.startsWith(`${prefix}-`) === true
    const own = this.known(resource, [attribute])
    if (typeof own === 'string' && isOwn(own)) return own
    const former = text(this.facts.former.get(resource.address)?.values[attribute])
    return isOwn(former)
      ? former
      : stableId(prefix, attribute === 'id' ? resource.address : `${resource.address} ${attribute}`)
  }

  /** The value, unless it or a part of it is known only after it is applied. */
  known({ values, unknown }: Resource, path: Path): unknown {
    return isUnknown(unknown, path) ? undefined : at(values, path)
  }

  text(resource: Resource, ...path: Path): string | undefined {
    return text(this.known(resource, path))
  }

  /** Whether it will have a value that nobody knows yet, and not one that AWS gives without being asked. */
  isPending(resource: Resource, path: Path): boolean {
    if (!isUnknown(resource.unknown, path)) return false
    const { references } = this.facts
    // What is inside of a rule is there because somebody wrote it, be it in a block that a plan does not show.
    const isShown = path.length === 1 || references.hasBlocks(resource, path.slice(0, 1))
    return !isShown || references.isConfigured(resource, path) !== false
  }

  /** The ids with that prefix that an attribute holds. */
  ids(resource: Resource, path: Path, prefix: string, isList = false): Named {
    const told = textsIn(at(resource.values, path)).flatMap((each) => idIn(each, prefix))
    if (!this.isPending(resource, path)) return { sure: told, perhaps: [], isOpen: false }
    const { targets, isOpen } = this.facts.references.targetsOf(resource, path)
    const ids = [...new Set(targets.flatMap((target) => this.#idOf(target, prefix)))]
    if (isOpen || ids.length === 0) return { sure: told, perhaps: ids, isOpen: true }
    return isList || ids.length === 1
      ? { sure: [...new Set([...told, ...ids])], perhaps: [], isOpen: false }
      : { sure: told, perhaps: ids, isOpen: false }
  }

  /** Resources of a type that an attribute refers to. */
  targets(resource: Resource, path: Path, type: string): Resource[] {
    const { targets } = this.facts.references.targetsOf(resource, path)
    return targets.flatMap((target) =>
      target.kind === 'resource' && target.resource.type === type ? [target.resource] : [],
    )
  }

  #idOf(target: Target, prefix: string): string[] {
    if (target.kind === 'text') return idIn(target.text, prefix)
    const { resource, attribute } = target
    const own = attribute === 'id' || attribute === 'arn' ? prefixes[resource.type] : undefined
    if (own === prefix && resource.mode === 'managed') return [this.id(resource, own)]
    return besides[attribute] === prefix ? [this.id(resource, prefix, attribute)] : []
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.flatMap(textsIn) : []
}

/** A group of another account is written `123456789012/sg-…`. */
function idIn(value: string, prefix: string): string[] {
  const id = value.replace(/^\d{12}\//, '')
  return id.startsWith(`${prefix}-`) ? [id] : []
}
