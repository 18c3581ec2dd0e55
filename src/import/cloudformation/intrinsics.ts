/** Expressions of a template evaluated: intrinsic functions, conditions, pseudo parameters, dynamic references. */

import { zonesOf } from '../../model/region.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import type { Template } from './template.ts'
import { BadTemplate } from './template-text.ts'
import { isUnknown, mappingOf, type Record, textOf, type Unknown, unknown, type Value } from './value.ts'

/** What an expression may refer to besides its own template's parameters. */
export interface Surroundings {
  /** `Ref` of a resource. */
  refer(template: Template, id: string): Value | undefined
  /** `Fn::GetAtt` of a resource. */
  attribute(template: Template, id: string, name: string): Value
  /** `Fn::ImportValue`. */
  exported(name: string): Value
}

export interface Scope {
  readonly template: Template
  readonly surroundings: Surroundings
  /** How many expressions this one is inside of: a template that refers to itself in a circle has no end. */
  readonly depth: number
}

/** Undefined for AWS::NoValue: the property is as if it were not written. Throws BadTemplate. */
export function evaluate(raw: unknown, scope: Scope): Value | undefined {
  if (scope.depth > 100) throw new BadTemplate('This template refers to itself in a circle.')
  const inner = { ...scope, depth: scope.depth + 1 }
  if (typeof raw === 'string') return resolved(raw)
  if (Array.isArray(raw)) return raw.map((item) => evaluate(item, inner)).filter((item) => item !== undefined)
  const mapping = mappingOf(raw)
  if (!mapping) return raw as Value
  const call = callOf(mapping)
  if (call) return functionNamed(call.name)(call.argument, inner)
  const entries = Object.entries(mapping).map(([key, value]) => [key, evaluate(value, inner)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Value
}

/** The intrinsic function that a mapping of one key is. */
export function callOf(raw: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  const entries = Object.entries(mappingOf(raw) ?? {})
  const [name, argument] = entries[0] ?? []
  const isCall = entries.length === 1 && (name === 'Ref' || name === 'Condition' || name?.startsWith('Fn::'))
  return isCall && name !== undefined ? { name, argument } : undefined
}

function resolved(text: string): Value {
  return text.includes('{{resolve:') ? unknown('a dynamic reference') : text
}

type Intrinsic = (argument: unknown, scope: Scope) => Value | undefined

function functionNamed(name: string): Intrinsic {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined
  return found ?? (() => unknown(`${name}, which is not evaluated here`))
}

const functions: { readonly [name: string]: Intrinsic } = {
  Ref: (argument, scope) => referred(String(argument), scope),
  Condition: (argument, scope) => conditionHolds(String(argument), scope),
  'Fn::GetAtt': attribute,
  'Fn::Sub': substituted,
  'Fn::Join': joined,
  'Fn::Select': selected,
  'Fn::Split': split,
  'Fn::FindInMap': found,
  'Fn::If': chosen,
  'Fn::Equals': isEqual,
  'Fn::Not': (argument, scope) => negated(truths(argument, scope)[0]),
  'Fn::And': (argument, scope) => combined(truths(argument, scope), false),
  'Fn::Or': (argument, scope) => combined(truths(argument, scope), true),
  'Fn::ImportValue': imported,
  'Fn::Cidr': blocks,
  'Fn::GetAZs': zones,
  'Fn::Base64': encoded,
  'Fn::Length': counted,
}

function referred(name: string, scope: Scope): Value | undefined {
  const { template, surroundings } = scope
  if (name.startsWith('AWS::')) return pseudo(name, template)
  const parameter = givenByOuter(name, scope) ?? template.parameters.get(name)
  return parameter ?? surroundings.refer(template, name) ?? unknown(`a Ref to ${name}, which is not in the template`)
}

/** What the stack that this one is nested in has for a parameter. */
function givenByOuter(name: string, { template, surroundings, depth }: Scope): Value | undefined {
  const { outer, parameters, listParameters } = template
  if (!outer || !parameters.has(name)) return undefined
  const raw = mappingOf(outer.template.resources.get(outer.id)?.properties['Parameters'])?.[name]
  const value = evaluate(raw, { template: outer.template, surroundings, depth: depth + 1 })
  return listParameters.has(name) && typeof value === 'string' ? value.split(/\s*,\s*/) : value
}

/** An output of a stack nested in this template; undefined where that is not at hand or has none of the name. */
export function outputOf(template: Template, name: string, { surroundings, depth }: Omit<Scope, 'template'>) {
  const output = mappingOf(template.outputs[name])?.['Value']
  return output === undefined ? undefined : evaluate(output, { template, surroundings, depth: depth + 1 })
}

function pseudo(name: string, { given, stack }: Template): Value | undefined {
  switch (name) {
    case 'AWS::NoValue':
      return undefined
    case 'AWS::Region':
      return given.region
    case 'AWS::AccountId':
      return given.account
    case 'AWS::Partition':
      return 'aws'
    case 'AWS::URLSuffix':
      return 'amazonaws.com'
    case 'AWS::StackName':
      return stack === '' ? 'stack' : stack
    case 'AWS::NotificationARNs':
      return []
    default:
      return unknown(`${name}, which is known after it is deployed`)
  }
}

function attribute(argument: unknown, scope: Scope): Value {
  const parts = evaluate(argument, scope)
  if (!Array.isArray(parts)) return unknown('a GetAtt without a resource')
  const [id, ...names] = parts.map((part) => textOf(part as Value))
  const lost = [id, ...names].find(isUnknown)
  if (lost) return lost
  return scope.surroundings.attribute(scope.template, String(id), names.join('.'))
}

/** Throws BadTemplate for a condition that is not declared. */
export function conditionHolds(name: string, scope: Scope): boolean | Unknown {
  if (!Object.hasOwn(scope.template.conditions, name)) throw new BadTemplate(`There is no condition ${name}.`)
  return truth(evaluate(scope.template.conditions[name], { ...scope, depth: scope.depth + 1 }))
}

function truth(value: Value | undefined): boolean | Unknown {
  if (value === undefined || isUnknown(value)) return value ?? unknown('a condition without a value')
  return typeof value === 'boolean' ? value : value === 'true'
}

function truths(argument: unknown, scope: Scope): (boolean | Unknown)[] {
  return (Array.isArray(argument) ? argument : [argument]).map((each) => truth(evaluate(each, scope)))
}

function negated(value: boolean | Unknown | undefined): Value {
  return typeof value === 'boolean' ? !value : (value ?? unknown('a Not of nothing'))
}

/** `And` is decided by one false, `Or` by one true, whatever the rest. */
function combined(values: readonly (boolean | Unknown)[], decisive: boolean): Value {
  if (values.includes(decisive)) return decisive
  return values.find(isUnknown) ?? !decisive
}

function chosen(argument: unknown, scope: Scope): Value | undefined {
  const branches = branchesOf(argument, scope)
  if (!branches) return unknown('an If without a condition and two values')
  const { holds, then, otherwise } = branches
  if (typeof holds === 'boolean') return evaluate(holds ? then : otherwise, scope)
  const [one, other] = [evaluate(then, scope), evaluate(otherwise, scope)]
  return JSON.stringify(one) === JSON.stringify(other) && !isUnknown(one) ? one : holds
}

export interface Branches {
  readonly holds: boolean | Unknown
  readonly then: unknown
  readonly otherwise: unknown
}

/** What `Fn::If` chooses between. */
export function branchesOf(argument: unknown, scope: Scope): Branches | undefined {
  if (!Array.isArray(argument) || argument.length !== 3) return undefined
  const [condition, then, otherwise] = argument
  const holds = typeof condition === 'string' ? conditionHolds(condition, scope) : truth(evaluate(condition, scope))
  return { holds, then, otherwise }
}

function isEqual(argument: unknown, scope: Scope): Value {
  const [one, other] = Array.isArray(argument) ? argument.map((each) => evaluate(each, scope)) : []
  if (isUnknown(one)) return one
  if (isUnknown(other)) return other
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other))
}

/** Numbers and truths are equal to their text. */
function plain(value: Value | undefined): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

function substituted(argument: unknown, scope: Scope): Value {
  const [text, own] = Array.isArray(argument) ? argument : [argument]
  if (typeof text !== 'string') return unknown('a Sub without text')
  const names = mappingOf(own) ?? {}
  let lost: Unknown | undefined
  const made = text.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`
    const value = textOf(variable(name.trim(), names, scope))
    if (isUnknown(value)) lost ??= value
    return isUnknown(value) ? '' : (value ?? '')
  })
  return lost ?? resolved(made)
}

function variable(name: string, names: Record, scope: Scope): Value | undefined {
  if (Object.hasOwn(names, name)) return evaluate(names[name], scope)
  return name.includes('.') ? evaluate({ 'Fn::GetAtt': dotted(name) }, scope) : referred(name, scope)
}

function dotted(name: string): string[] {
  const at = name.indexOf('.')
  return [name.slice(0, at), name.slice(at + 1)]
}

function joined(argument: unknown, scope: Scope): Value {
  const [between, items] = pairOf(argument, scope)
  if (isUnknown(items)) return items
  if (typeof between !== 'string' || !Array.isArray(items)) return unknown('a Join without a list')
  const texts = items.map((item) => textOf(item as Value))
  return texts.find(isUnknown) ?? resolved(texts.join(between))
}

function selected(argument: unknown, scope: Scope): Value {
  const [index, items] = pairOf(argument, scope)
  if (isUnknown(index)) return index
  if (isUnknown(items)) return items
  const item = Array.isArray(items) ? items[Number(index)] : undefined
  return item ?? unknown(`a Select of item ${String(index)}, which the list does not have`)
}

function split(argument: unknown, scope: Scope): Value {
  const [between, text] = pairOf(argument, scope)
  if (isUnknown(text)) return text
  return typeof between === 'string' && typeof text === 'string' ? text.split(between) : unknown('a Split of no text')
}

function pairOf(argument: unknown, scope: Scope): readonly (Value | undefined)[] {
  return Array.isArray(argument) ? argument.map((each) => evaluate(each, scope)) : []
}

function found(argument: unknown, scope: Scope): Value {
  const keys = pairOf(argument, scope)
  const lost = keys.slice(0, 3).find((key) => isUnknown(key))
  if (lost !== undefined) return lost
  let value: unknown = scope.template.mappings
  for (const key of keys.slice(0, 3)) value = mappingOf(value)?.[String(key)]
  if (value !== undefined) return evaluate(value, scope) ?? null
  const fallback = mappingOf(keys[3])?.['DefaultValue'] as Value | undefined
  return fallback ?? unknown(`the mapping ${keys.slice(0, 3).map(String).join('.')}, which is not there`)
}

function imported(argument: unknown, scope: Scope): Value {
  const name = textOf(evaluate(argument, scope))
  if (name === undefined || isUnknown(name)) return name ?? unknown('an ImportValue without a name')
  return scope.surroundings.exported(name)
}

/** `Fn::Cidr: [block, count, hostBits]`: the first `count` blocks with that many host bits. */
function blocks(argument: unknown, scope: Scope): Value {
  const [around, count, hostBits] = pairOf(argument, scope)
  const lost = [around, count, hostBits].find((each) => isUnknown(each))
  if (lost !== undefined) return lost
  const outer = parseCidr(String(around))?.cidr
  if (!outer) return unknown(`a Cidr of '${String(around)}'`)
  const length = (outer.family === 4 ? 32 : 128) - Number(hostBits ?? (outer.family === 4 ? 8 : 64))
  if (!(length >= outer.length)) return unknown(`a Cidr of blocks larger than ${String(around)}`)
  const size = 1n << BigInt((outer.family === 4 ? 32 : 128) - length)
  const { family, first } = outer
  return Array.from({ length: Math.min(Number(count), 256) }, (_, index) =>
    formatCidr({ family, first: first + BigInt(index) * size, length }),
  )
}

/** The zones that subnets may be in, in the order of their names. */
function zones(argument: unknown, scope: Scope): Value {
  const region = textOf(evaluate(argument, scope))
  if (isUnknown(region)) return region
  return zonesOf(region === undefined || region === '' ? scope.template.given.region : region).map(({ name }) => name)
}

function encoded(argument: unknown, scope: Scope): Value {
  const text = textOf(evaluate(argument, scope))
  return text === undefined || isUnknown(text) ? (text ?? '') : Buffer.from(text).toString('base64')
}

function counted(argument: unknown, scope: Scope): Value {
  const list = evaluate(argument, scope)
  return Array.isArray(list) ? list.length : isUnknown(list) ? list : unknown('the length of no list')
}
