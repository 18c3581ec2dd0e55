/**
 * The options of each operation, as the aws CLI makes them from the model and then alters them for EC2:
 * `--protocol`, `--port` and `--cidr` beside `--ip-permissions`, `--count`, `--no-…` for booleans, pages.
 */

import { inputShapeOf, isScalar, type Member, membersOf, outputShapeOf } from '../../ec2/protocol/shape.ts'
import { actionShapes } from '../../ec2/protocol/shapes.generated.ts'
import type { ActionName } from '../../ec2/protocol/types.generated.ts'
import type { Arity } from '../parse/command-line.ts'
import { optionName } from './option-name.ts'

/** What becomes of the words. */
export type Meaning =
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'boolean'; readonly member: Member; readonly value: boolean }
  /** A structure of one boolean, for which the option alone stands. */
  | { readonly kind: 'attribute'; readonly member: Member }
  | { readonly kind: 'no attribute'; readonly member: Member }
  | { readonly kind: 'simple rule'; readonly part: SimpleRulePart }
  | { readonly kind: 'launch'; readonly part: LaunchPart }
  | { readonly kind: 'page'; readonly part: PagePart }
  | { readonly kind: 'whole input' }
  | { readonly kind: 'skeleton' }

export type SimpleRulePart = 'protocol' | 'port' | 'cidr' | 'source-group' | 'group-owner'
export type LaunchPart =
  | 'count'
  | 'secondary-private-ip-addresses'
  | 'secondary-private-ip-address-count'
  | 'associate-public-ip-address'
  | 'no-associate-public-ip-address'
export type PagePart = 'starting-token' | 'page-size' | 'max-items'

export interface Option {
  /** Without the dashes. */
  readonly name: string
  readonly arity: Arity
  readonly isRequired: boolean
  /** Refuses what is not an integer while the line is taken apart, not after. */
  readonly isInteger: boolean
  /** Works, and the CLI's help is silent on it. */
  readonly isHidden: boolean
  readonly meaning: Meaning
}

export interface Operation {
  readonly action: ActionName
  /** `describe-vpcs` */
  readonly name: string
  readonly options: readonly Option[]
  /** The member that holds the rows, when the CLI asks for one page after another. */
  readonly pages: string | undefined
}

const actions = Object.keys(actionShapes) as ActionName[]
const actionsByName = new Map<string, ActionName>(actions.map((action) => [optionName(action), action]))
const known = new Map<ActionName, Operation>()

export const operationNames: readonly string[] = [...actionsByName.keys()].sort()

export function findOperation(name: string): Operation | undefined {
  const action = actionsByName.get(name)
  return action && operationOf(action)
}

export function operationOf(action: ActionName): Operation {
  const operation = known.get(action) ?? newOperation(action)
  known.set(action, operation)
  return operation
}

function newOperation(action: ActionName): Operation {
  const pages = rowsOf(action)
  const ofModel = membersOf(inputShapeOf(action)).flatMap((member) => optionsOf(member))
  const options = [
    ...altered(action, ofModel, pages !== undefined),
    option('cli-input-json', 'one', { kind: 'whole input' }),
    option('generate-cli-skeleton', 'perhaps one', { kind: 'skeleton' }),
  ]
  return { action, name: optionName(action), options, pages }
}

/** Every EC2 operation with MaxResults and NextToken has one list of rows, and the CLI reads all its pages. */
function rowsOf(action: ActionName): string | undefined {
  const input = new Set(membersOf(inputShapeOf(action)).map(({ name }) => name))
  const output = outputShapeOf(action)
  if (!input.has('MaxResults') || !input.has('NextToken') || output === undefined) return undefined
  return membersOf(output).find(({ isList }) => isList)?.name
}

function option(name: string, arity: Arity, meaning: Meaning, more: Partial<Option> = {}): Option {
  return { name, arity, isRequired: false, isInteger: false, isHidden: false, meaning, ...more }
}

function optionsOf(member: Member): Option[] {
  const name = optionName(member.name)
  if (member.isList) return [option(name, 'any', { kind: 'member', member }, { isRequired: member.isRequired })]
  if (member.type === 'boolean') {
    return [
      option(name, 'none', { kind: 'boolean', member, value: true }),
      option(negativeOf(name), 'none', { kind: 'boolean', member, value: false }),
    ]
  }
  if (isBooleanAttribute(member.type)) {
    return [
      option(name, 'perhaps one', { kind: 'attribute', member }),
      option(`no-${name}`, 'none', { kind: 'no attribute', member }),
    ]
  }
  return [option(name, 'one', { kind: 'member', member }, { isRequired: member.isRequired })]
}

/** The two that the CLI renames for EC2. */
const negatives: Readonly<Record<string, string>> = {
  egress: 'ingress',
  'disable-api-termination': 'enable-api-termination',
}

function negativeOf(name: string): string {
  return negatives[name] ?? `no-${name}`
}

function isBooleanAttribute(type: string): boolean {
  return onlyMember(type, 'boolean')
}

/** A structure of one text, which may be given as that text. */
export function isTextAttribute(type: string): boolean {
  return onlyMember(type, 'string')
}

function onlyMember(type: string, memberType: string): boolean {
  if (isScalar(type)) return false
  const [member, ...others] = membersOf(type)
  return others.length === 0 && member?.name === 'Value' && member.type === memberType && !member.isList
}

const simpleRuleActions = /^(Authorize|Revoke)SecurityGroup(Ingress|Egress)$/
const longhand: ReadonlySet<string> = new Set([
  'ip-protocol',
  'from-port',
  'to-port',
  'cidr-ip',
  'source-security-group-name',
  'source-security-group-owner-id',
])
const pageMembers: ReadonlySet<string> = new Set(['max-results', 'next-token'])

function altered(action: ActionName, options: readonly Option[], hasPages: boolean): Option[] {
  if (action === 'RunInstances') return [...options.filter(({ name }) => !/^(min|max)-count$/.test(name)), ...launch]
  if (simpleRuleActions.test(action)) {
    return [...options.map((each) => ({ ...each, isHidden: longhand.has(each.name) })), ...simpleRule]
  }
  if (!hasPages) return [...options]
  return [...options.map((each) => ({ ...each, isHidden: pageMembers.has(each.name) })), ...page]
}

const simpleRule: readonly Option[] = (['protocol', 'port', 'cidr', 'source-group', 'group-owner'] as const).map(
  (part) => option(part, 'one', { kind: 'simple rule', part }),
)

const launch: readonly Option[] = [
  option('count', 'one', { kind: 'launch', part: 'count' }),
  option('secondary-private-ip-addresses', 'any', { kind: 'launch', part: 'secondary-private-ip-addresses' }),
  option(
    'secondary-private-ip-address-count',
    'one',
    { kind: 'launch', part: 'secondary-private-ip-address-count' },
    { isInteger: true },
  ),
  option('associate-public-ip-address', 'none', { kind: 'launch', part: 'associate-public-ip-address' }),
  option('no-associate-public-ip-address', 'none', { kind: 'launch', part: 'no-associate-public-ip-address' }),
]

const page: readonly Option[] = [
  option('starting-token', 'one', { kind: 'page', part: 'starting-token' }),
  option('page-size', 'one', { kind: 'page', part: 'page-size' }, { isInteger: true }),
  option('max-items', 'one', { kind: 'page', part: 'max-items' }, { isInteger: true }),
]
