/**
 * EC2's query language: form text to parameters to an action's typed input. Lists are flattened
 * (`Name.1.Sub`, never `.member.`), and a bare `Name=` is how an SDK says an empty list (spec 1.1).
 */

import { reject } from '../../model/rejection.ts'
import { decodeScalar } from './scalar.ts'
import { inputShapeOf, isScalar, lowerFirst, type Member, membersOf } from './shape.ts'
import type { ActionName, ActionTypes } from './types.generated.ts'

/** The request's parameters as they came, decoded, in order. */
export type Parameters = ReadonlyMap<string, string>

const mostParameters = 10_000
const deepestName = 10
const highestIndex = 100_000

export function decodeQuery(text: string): Parameters {
  const parameters = new Map<string, string>()
  let start = 0
  while (start < text.length) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand === -1 ? text.length : ampersand
    if (end > start) addParameter(parameters, text.slice(start, end))
    start = end + 1
  }
  return parameters
}

function addParameter(parameters: Map<string, string>, pair: string): void {
  const equals = pair.indexOf('=')
  const name = decodeText(equals === -1 ? pair : pair.slice(0, equals))
  // A presigned request's signature travels among the parameters and is no part of the action.
  if (name.startsWith('X-Amz-')) return
  if (parameters.has(name)) reject('MalformedQueryString', { reason: `The parameter ${name} is given more than once` })
  if (parameters.size === mostParameters) {
    reject('MalformedQueryString', { reason: `The request has more than ${mostParameters} parameters` })
  }
  parameters.set(name, equals === -1 ? '' : writable(decodeText(pair.slice(equals + 1))))
}

/** What XML 1.0 cannot write, and so no answer could give back. */
const unwritable = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

function writable(value: string): string {
  if (unwritable.test(value)) {
    reject('MalformedQueryString', { reason: 'The query string contains a control character' })
  }
  return value
}

/** Form text: `+` is a space; an encoding that is not UTF-8 is refused. */
export function decodeText(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return reject('MalformedQueryString', { reason: 'The query string contains a malformed percent-encoding' })
  }
}

/** The action's input under the SDK's member names. Parameters the model does not know are ignored. */
export function decodeInput<A extends ActionName>(action: A, parameters: Parameters): ActionTypes[A]['input'] {
  const decode = structureDecoder(inputShapeOf(action))
  return decode(treeFrom(parameters)) as ActionTypes[A]['input']
}

/** The parameters that share a prefix, under what follows it. Maps, so that no name means anything. */
interface Branch {
  value: string | undefined
  children: Map<string, Branch> | undefined
}

function treeFrom(parameters: Parameters): Branch {
  const root: Branch = { value: undefined, children: new Map() }
  for (const [name, value] of parameters) {
    const leaf = name.includes('.') ? name.split('.', deepestName + 1).reduce(childOf, root) : childOf(root, name, 0)
    leaf.value = value
  }
  return root
}

function childOf(parent: Branch, name: string, depth: number): Branch {
  if (depth === deepestName) {
    reject('MalformedQueryString', { reason: `A parameter name is nested deeper than ${deepestName} levels` })
  }
  parent.children ??= new Map()
  let child = parent.children.get(name)
  if (!child) {
    child = { value: undefined, children: undefined }
    parent.children.set(name, child)
  }
  return child
}

/** What a branch says; undefined where it says nothing. */
type Decoder = (branch: Branch) => unknown

const structureDecoders = new Map<string, Decoder>()

function structureDecoder(shape: string): Decoder {
  let decoder = structureDecoders.get(shape)
  if (!decoder) {
    decoder = compileStructure(shape)
    structureDecoders.set(shape, decoder)
  }
  return decoder
}

/** Walks what the request holds, not what the shape could hold: the wide shapes are mostly absent. */
function compileStructure(shape: string): Decoder {
  const members = membersOf(shape)
  const decoders = new Map(members.map((member) => [member.requestName, namedDecoder(member)]))
  const required = members.filter((member) => member.isRequired).map((member) => requirement(shape, member))
  return (branch) => {
    const structure: Record<string, unknown> = {}
    for (const [wireName, child] of branch.children ?? []) {
      const member = decoders.get(wireName)
      const value = member?.decode(child)
      if (member && value !== undefined) structure[member.name] = value
    }
    for (const check of required) check(structure)
    return structure
  }
}

function namedDecoder(member: Member): { readonly name: string; readonly decode: Decoder } {
  const { name, isList } = member
  return { name, decode: isList ? listDecoder(member) : itemDecoder(member) }
}

function itemDecoder({ type, requestName }: Member): Decoder {
  const parameter = lowerFirst(requestName)
  if (isScalar(type)) {
    return ({ value }) => (value === undefined ? undefined : decodeScalar(type, value, parameter))
  }
  const decodeStructure = structureDecoder(type)
  return (branch) => {
    if (branch.children) return decodeStructure(branch)
    if (branch.value) reject('InvalidParameterValue', { value: branch.value, name: parameter, reason: namesMissing })
    return undefined
  }
}

function listDecoder(member: Member): Decoder {
  const decodeItem = itemDecoder(member)
  const name = lowerFirst(member.requestName)
  return ({ value, children }) => {
    if (children) return decodeItems(children, decodeItem, name)
    if (value) reject('InvalidParameterValue', { value, name, reason: indexMissing })
    return undefined
  }
}

const namesMissing = 'It is a structure: name its members, as in Name.Member.'
const indexMissing = 'It is a list: number its items, as in Name.1.'
const canonicalIndex = /^(?:0|[1-9][0-9]*)$/

/** Hand-made requests leave gaps: the order is that of the indexes, the gaps close (spec 1.1). */
function decodeItems(children: Map<string, Branch>, decodeItem: Decoder, name: string): unknown {
  const indexed: { index: number; branch: Branch }[] = []
  for (const [text, branch] of children) {
    if (!canonicalIndex.test(text)) continue
    const index = Number(text)
    if (index > highestIndex) {
      reject('InvalidParameterValue', { value: text, name, reason: `List indexes end at ${highestIndex}.` })
    }
    indexed.push({ index, branch })
  }
  const items = indexed.sort((one, other) => one.index - other.index).map(({ branch }) => decodeItem(branch))
  const present = items.filter((item) => item !== undefined)
  return present.length > 0 ? present : undefined
}

/** Where the name in AWS's MissingParameter is not the parameter's own with a small first letter (spec 1.3). */
const missingNames: Readonly<Record<string, string>> = {
  'CreateTagsRequest.Resources': 'resourceIdSet',
  'DeleteTagsRequest.Resources': 'resourceIdSet',
  'CreateSecurityGroupRequest.GroupName': 'GroupName',
  'CreateSecurityGroupRequest.Description': 'GroupDescription',
}

/** Required members that AWS takes for absent when they are empty. */
const neverEmpty: ReadonlySet<string> = new Set([
  'CreateSecurityGroupRequest.GroupName',
  'CreateSecurityGroupRequest.Description',
])

function requirement(shape: string, { name, requestName }: Member): (structure: Record<string, unknown>) => void {
  const key = `${shape}.${name}`
  const spoken = missingNames[key] ?? lowerFirst(requestName)
  const refusesEmpty = neverEmpty.has(key)
  return (structure) => {
    const value = structure[name]
    if (value === undefined || (refusesEmpty && value === '')) reject('MissingParameter', { name: spoken })
  }
}
