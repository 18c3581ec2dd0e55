/**
 * The state of one reading: the world so far, where things came from, what was not understood. A template is
 * read twice, once for each bound: only in the possible world is there what may be.
 */

import type { Change } from '../../model/change.ts'
import { apply, emptyWorld, type World } from '../../model/world.ts'
import { cidrWrittenAs } from '../cidr-peer.ts'
import type { Doubt, Origin } from '../imported.ts'
import type { Bound } from '../perhaps.ts'
import { attributeOf, physicalId } from './attributes.ts'
import { branchesOf, callOf, conditionHolds, evaluate, outputOf, type Scope, type Surroundings } from './intrinsics.ts'
import type { Given, Resource, StandIn, Template } from './template.ts'
import { at, isUnknown, mappingOf, type Unknown, unknown, type Value, whyUnknown } from './value.ts'

export interface Builder {
  readonly bound: Bound
  readonly given: Given
  readonly templates: readonly Template[]
  readonly resources: readonly Resource[]
  /** Those of the resources that take away as well as give, and of which a condition that is not known decides. */
  readonly uncertain: ReadonlySet<Resource>
  /** The newest; `add` replaces it. */
  world: World
  readonly origins: Map<string, Origin>
  /** By rule: its CIDR as the template has it. */
  readonly written: Map<string, string>
  readonly doubts: Map<string, Doubt>
  /** Attributes that follow from what was placed, as `stack/Web.PrivateIp`. */
  readonly placed: Map<string, Value>
  readonly standIns: StandIn[]
  readonly surroundings: Surroundings
}

export function newBuilder(templates: readonly Template[], given: Given, bound: Bound): Builder {
  const placed = new Map<string, Value>()
  const surroundings = surroundingsOf(templates, placed)
  const builder = {
    bound,
    given,
    templates,
    world: emptyWorld({ account: given.account, region: given.region }),
    origins: new Map(),
    written: new Map(),
    doubts: new Map(),
    placed,
    standIns: [],
    surroundings,
  }
  const all = templates.flatMap(({ resources }) => [...resources.values()])
  const uncertain = new Set<Resource>()
  const resources = all.filter((resource) => isThere({ ...builder, resources: [], uncertain }, resource, uncertain))
  return { ...builder, resources, uncertain }
}

/** A resource whose condition is not known is there in the possible world alone, unless it is one that may take away. */
function isThere(builder: Builder, resource: Resource, uncertain: Set<Resource>): boolean {
  const around = stacksAround(resource).flatMap((each) => conditionOf(builder, each) ?? [])
  const own = conditionOf(builder, resource)
  if ([own, ...around].includes(false)) return false
  const holds = [own, ...around].find(isUnknown)
  if (holds === undefined) return true
  doubt(builder, resource, `Whether there is ${resource.id} is not known: it depends on ${whyUnknown(holds)}.`)
  if (resource.type === 'AWS::EC2::NetworkAclEntry' || resource.type === 'AWS::EC2::Route') {
    uncertain.add(resource)
    return true
  }
  return builder.bound === 'possible' || isGround(resource)
}

/** Undefined for one that is not conditional. */
function conditionOf(builder: Builder, { condition, template }: Resource): boolean | Unknown | undefined {
  return condition === undefined ? undefined : conditionHolds(condition, scopeOf(builder, template))
}

/** The stacks that a resource is nested in, as resources. */
function stacksAround({ template: { outer } }: Resource): Resource[] {
  const stack = outer?.template.resources.get(outer.id)
  return stack ? [stack, ...stacksAround(stack)] : []
}

/** What other things stand on is taken to be there: without it nothing could be said of them. */
function isGround({ type }: Resource): boolean {
  return ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup', 'AWS::EC2::PrefixList'].includes(type)
}

function surroundingsOf(templates: readonly Template[], placed: ReadonlyMap<string, Value>): Surroundings {
  const surroundings: Surroundings = {
    refer(template, id) {
      const resource = template.resources.get(id)
      return resource && (placed.get(`${template.stack}/${id}`) ?? physicalId(resource))
    },
    attribute(template, id, name) {
      const resource = template.resources.get(id)
      if (!resource) return unknown(`an attribute of ${id}, which is not in the template`)
      const inner = name.startsWith('Outputs.') ? template.nested.get(id) : undefined
      const output = inner && outputOf(inner, name.slice('Outputs.'.length), { surroundings, depth: 1 })
      if (output !== undefined) return output
      const known = placed.get(`${template.stack}/${id}.${name}`) ?? attributeOf(resource, name, { evaluate: read })
      return known ?? unknown(`${id}.${name}, which is known after it is deployed`)
    },
    exported(name) {
      for (const template of templates) {
        for (const output of Object.values(template.outputs)) {
          const scope = { template, surroundings, depth: 0 }
          const exported = evaluate(mappingOf(mappingOf(output)?.['Export'])?.['Name'], scope)
          if (exported === name) return evaluate(mappingOf(output)?.['Value'], scope) ?? null
        }
      }
      return unknown(`the export ${name} of another stack`)
    },
  }
  const read = (template: Template, raw: unknown) => evaluate(raw, { template, surroundings, depth: 1 })
  return surroundings
}

export function scopeOf({ surroundings }: Builder, template: Template): Scope {
  return { template, surroundings, depth: 0 }
}

export function add(builder: Builder, ...changes: readonly Change[]): void {
  builder.world = apply(builder.world, changes)
}

/** The resources of a type that are there. */
export function resourcesOf({ resources }: Builder, ...types: readonly string[]): Resource[] {
  return resources.filter(({ type }) => types.includes(type))
}

/** A property by its name, or by a path like `VpcConfig.SubnetIds`. */
export function property(builder: Builder, resource: Resource, path: string): Value | undefined {
  const [name = '', ...rest] = path.split('.')
  const value = evaluate(resource.properties[name], scopeOf(builder, resource.template))
  return rest.length === 0 ? value : at(value, rest.join('.'))
}

export interface Item {
  readonly value: Value
  readonly line: number
  /** False for what a condition that is not known may leave out. */
  readonly isSure: boolean
}

/** A list of the template item by item, each with its line. Unknown for one that is not told. */
export function items(builder: Builder, resource: Resource, name: string): readonly Item[] {
  return itemsIn(builder, resource, { raw: resource.properties[name], line: resource.line, isSure: true })
}

function itemsIn(
  builder: Builder,
  resource: Resource,
  { raw, line, isSure }: { readonly raw: unknown; readonly line: number; readonly isSure: boolean },
): Item[] {
  const { lineOf } = resource.template
  if (raw === undefined || raw === null) return []
  if (Array.isArray(raw)) {
    return raw.flatMap((item) => itemsIn(builder, resource, { raw: item, line: lineFrom(lineOf(item), line), isSure }))
  }
  const call = callOf(raw)
  const scope = scopeOf(builder, resource.template)
  const branches = call?.name === 'Fn::If' ? branchesOf(call.argument, scope) : undefined
  if (branches) {
    const { holds, then, otherwise } = branches
    const taken = holds === true ? [then] : holds === false ? [otherwise] : [then, otherwise]
    const sure = isSure && typeof holds === 'boolean'
    return taken.flatMap((each) =>
      itemsIn(builder, resource, { raw: each, line: lineFrom(lineOf(each), line), isSure: sure }),
    )
  }
  const value = evaluate(raw, scope)
  if (value === undefined) return []
  return Array.isArray(value) ? value.map((each) => ({ value: each, line, isSure })) : [{ value, line, isSure }]
}

function lineFrom(own: number, around: number): number {
  return own > 1 ? own : around
}

export function originOf({ template, id, line }: Resource, own = line): Origin {
  return { file: template.file, line: own, name: id }
}

/** Notes where an object was written down. */
export function place(builder: Builder, objectId: string, resource: Resource, line?: number): void {
  builder.origins.set(objectId, originOf(resource, line))
}

/** The same for an entry of an ACL or a prefix list, which has a name only; and its CIDR in the template's words. */
export function placeEntry(
  builder: Builder,
  { name, cidr, text }: { readonly name: string; readonly cidr: string; readonly text: string },
  resource: Resource,
  line?: number,
): void {
  place(builder, name, resource, line)
  const written = cidrWrittenAs(cidr, [text])
  if (written !== undefined) builder.written.set(name, written)
}

export function doubt(builder: Builder, resource: Resource, what: string, line?: number): void {
  const origin = originOf(resource, line)
  builder.doubts.set(`${origin.file}:${origin.line} ${what}`, { what, origin })
}

/** Of a value that is not known, a doubt says so. */
export function isKnown<T extends Value | undefined>(
  builder: Builder,
  resource: Resource,
  name: string,
  value: T | Unknown,
): value is T {
  if (!isUnknown(value)) return true
  doubt(builder, resource, `${name} of ${resource.id} is not known: it is ${whyUnknown(value)}.`)
  return false
}
