/** A template's parts: parameters with what they were given, conditions, mappings, resources, exports. */

import type { Address } from '../../net/address.ts'
import { type Cidr, parseCidr } from '../../net/cidr.ts'
import { stableId } from '../stable-id.ts'
import { BadTemplate, parseTemplate, type TemplateText } from './template-text.ts'
import { mappingOf, type Record, unknown, type Value } from './value.ts'

export interface TemplateFile {
  /** As messages name it. */
  readonly file: string
  readonly text: string
  /** What tells its logical ids from those of other stacks; empty where there is one. */
  readonly stack: string
  /** By logical id, the files of nested stacks that are at hand. */
  readonly nested?: ReadonlyMap<string, TemplateFile>
}

export interface Given {
  readonly account: string
  readonly region: string
  readonly parameters: Readonly<{ [name: string]: string }>
}

export interface Resource {
  readonly template: Template
  /** Its logical id. */
  readonly id: string
  readonly type: string
  /** What people call it: its path in the CDK's app, where there is one. */
  readonly label: string
  readonly properties: Record
  readonly line: number
  readonly condition: string | undefined
}

export interface Template {
  readonly file: string
  readonly stack: string
  readonly given: Given
  /** A stack that this one is nested in gives them others. */
  readonly parameters: ReadonlyMap<string, Value>
  readonly listParameters: ReadonlySet<string>
  readonly mappings: Record
  readonly conditions: Record
  /** The stack that this one is nested in, and as what. */
  readonly outer: Outer | undefined
  /** By logical id. */
  readonly nested: ReadonlyMap<string, Template>
  readonly resources: ReadonlyMap<string, Resource>
  readonly outputs: Record
  /** What is to be said of the template as a whole, with the line. */
  readonly remarks: readonly { readonly what: string; readonly line: number; readonly name: string }[]
  readonly lineOf: TemplateText['lineOf']
  /** Blocks of addresses that its text and its parameters name. */
  readonly blocks: readonly Cidr[]
}

interface Outer {
  readonly template: Template
  readonly id: string
}

/** An address that stands for one that AWS will choose. */
export interface StandIn {
  readonly address: Address
  /** Where AWS may put it. */
  readonly block: Cidr
  readonly resource: Resource
}

/** A template and those of the stacks nested in it, the outermost first. */
export function withNested(template: Template): Template[] {
  return [template, ...Array.from(template.nested.values()).flatMap(withNested)]
}

/** Throws BadTemplate. */
export function readTemplate(source: TemplateFile, given: Given, outer?: Outer): Template {
  const { file, text, stack } = source
  const { value, lineOf } = parseTemplate(text)
  const section = (name: string) => mappingOf(value[name] ?? {}) ?? {}
  const resources = new Map<string, Resource>()
  const nested = new Map<string, Template>()
  const declared = section('Parameters')
  const parameters = Object.entries(declared).map(
    ([name, raw]) =>
      [name, parameterValue(name, mappingOf(raw) ?? {}, { stack, given, isNested: outer !== undefined })] as const,
  )
  const remarks: { what: string; line: number; name: string }[] = []
  const template: Template = {
    file,
    stack,
    given,
    parameters: new Map(parameters),
    listParameters: new Set(Object.keys(declared).filter((name) => isListType(mappingOf(declared[name])?.['Type']))),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    outer,
    nested,
    resources,
    outputs: section('Outputs'),
    remarks,
    lineOf,
    blocks: blocksIn(`${text} ${Object.values(given.parameters).join(' ')}`),
  }
  for (const [id, raw] of Object.entries(section('Resources'))) {
    const resource = resourceFrom(template, id, raw)
    if (resource) resources.set(id, resource)
    else remarks.push({ what: `${id} is not expanded: it may make any resource.`, line: lineOf(raw), name: id })
  }
  if (resources.size === 0) throw new BadTemplate('This is no template: it has no Resources with a Type.')
  for (const name of transformsOf(value['Transform'])) {
    remarks.push({ what: `The transform ${name} is not run: it may add or change resources.`, line: 1, name })
  }
  // What was given is for the stack that is deployed: it gives to those inside.
  const within = { ...given, parameters: {} }
  for (const [id, inner] of source.nested ?? []) {
    if (resources.get(id)?.type === stackType) nested.set(id, readTemplate(inner, within, { template, id }))
  }
  return template
}

export const stackType = 'AWS::CloudFormation::Stack'

/** Where a nested stack's template may be found: a path seen from the outer one, or the hash that an asset is kept under. */
export interface NestedSource {
  readonly path?: string
  readonly asset?: string
}

/** By logical id, of nested stacks whose template is perhaps at hand: the CDK notes its path, others write it plainly. */
export function nestedSources(text: string): ReadonlyMap<string, NestedSource> {
  const resources = mappingOf(parseTemplate(text).value['Resources']) ?? {}
  return new Map(
    Object.entries(resources).flatMap(([id, raw]): [string, NestedSource][] => {
      const { Type, Properties, Metadata } = mappingOf(raw) ?? {}
      if (Type !== stackType) return []
      const url = mappingOf(Properties)?.['TemplateURL']
      const noted = mappingOf(Metadata)?.['aws:asset:path']
      const path = [noted, url].find((each): each is string => typeof each === 'string' && !/^\w+:\/\//.test(each))
      const asset = /\b[0-9a-f]{64}(?=\.json\b)/.exec(JSON.stringify(url ?? ''))?.[0]
      return [[id, { ...(path !== undefined && { path }), ...(asset !== undefined && { asset }) }]]
    }),
  )
}

function resourceFrom(template: Template, id: string, raw: unknown): Resource | undefined {
  const resource = mappingOf(raw)
  const type = resource?.['Type']
  if (!resource || typeof type !== 'string' || id.startsWith('Fn::')) return undefined
  const { Properties, Condition, Metadata } = resource
  const path = mappingOf(Metadata)?.['aws:cdk:path']
  return {
    template,
    id,
    type,
    label: typeof path === 'string' ? path.replace(/\/(Resource|Default)$/, '') : id,
    properties: mappingOf(Properties) ?? {},
    line: template.lineOf(resource),
    condition: typeof Condition === 'string' ? Condition : undefined,
  }
}

/** AWS::LanguageExtensions adds functions, of which those that are read here need no more. */
function transformsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value]
  const names = all.map((each) => String(mappingOf(each)?.['Name'] ?? each))
  return names.filter((name) => name !== 'AWS::LanguageExtensions')
}

interface Setting {
  readonly stack: string
  readonly isNested: boolean
  readonly given: Given
}

function parameterValue(name: string, { Type, Default }: Record, { stack, given, isNested }: Setting): Value {
  const type = String(Type ?? 'String')
  const isGiven = Object.hasOwn(given.parameters, name)
  const text = isGiven ? given.parameters[name] : Default
  const isList = isListType(type)
  // The default of such a parameter is the name of what Systems Manager knows.
  const isNamed = type.startsWith('AWS::SSM::Parameter') && !isGiven
  if (text !== undefined && !isNamed) return isList ? String(text).split(/\s*,\s*/) : String(text)
  const existing = idOfType(type, `${stack}/${name}`)
  if (existing === undefined) {
    const how = isNested ? 'which its stack is not given' : `which has no value yet (--parameters ${name}=…)`
    return unknown(`the parameter ${name}, ${how}`)
  }
  return isList ? [existing] : existing
}

function isListType(type: unknown): boolean {
  return type === 'CommaDelimitedList' || String(type).startsWith('List<')
}

const idTypes: { readonly [type: string]: string } = {
  'AWS::EC2::SecurityGroup::Id': 'sg',
  'AWS::EC2::Subnet::Id': 'subnet',
  'AWS::EC2::VPC::Id': 'vpc',
  'AWS::EC2::Instance::Id': 'i',
}

/** Something that exists already and is not told about: an id that stands for it. */
function idOfType(type: string, name: string): string | undefined {
  const prefix = idTypes[type.replace(/^List<(.*)>$/, '$1')]
  return prefix === undefined ? undefined : stableId(prefix, name)
}

/** What tells a resource of a stack from all others. */
export function nameOf({ template, id }: Pick<Resource, 'template' | 'id'>): string {
  return `${template.stack}/${id}`
}

/** All blocks that stand in a text, whatever they are there for. */
function blocksIn(text: string): Cidr[] {
  const found =
    text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}\b|(?<![\w:])[0-9a-fA-F]*:[0-9a-fA-F:]*\/\d{1,3}\b/g) ?? []
  return [...new Set(found)].flatMap((each) => parseCidr(each)?.cidr ?? [])
}
