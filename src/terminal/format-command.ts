/**
 * The `aws ec2 …` line that asks for an input: read by the terminal it gives that input back. Shorthand and
 * simple options where they can say it, JSON where they cannot.
 */

import { formatInstant, instant } from '../base/clock.ts'
import { isScalar, type Member, membersOf } from '../ec2/protocol/shape.ts'
import type { ActionName } from '../ec2/protocol/types.generated.ts'
import { base64Of, textOfBase64 } from './input/base64.ts'
import { isTextAttribute, type Operation, type Option, operationOf } from './input/operation.ts'
import { quoteWord } from './parse/shell-words.ts'

export type Values = Readonly<Record<string, unknown>>

/** `input` is under the SDK's member names, as `callAction` takes it. */
export function formatCommand(action: ActionName, input: object): string {
  const operation = operationOf(action)
  const values = input as Values
  const simple = simpleForm(action, values)
  const leftToJson = new Map<string, unknown>()
  const options = operation.options.flatMap((option) => {
    const { meaning } = option
    if (!('member' in meaning) || simple.replaced.has(meaning.member.name)) return []
    const value = values[meaning.member.name]
    if (value === undefined) return []
    const words = optionWords(option, meaning.member, value)
    if (words === 'json') leftToJson.set(meaning.member.name, value)
    return words === 'json' ? [] : [words]
  })
  for (const [name, value] of simple.unsaid) leftToJson.set(name, value)
  const whole = leftToJson.size === 0 ? [] : [['--cli-input-json', jsonText(Object.fromEntries(leftToJson))]]
  const words = [...options, ...simple.options, ...whole].flat()
  return ['aws', 'ec2', operation.name, ...words.map(quoteWord)].join(' ')
}

/** The words of one option; none for the half of a pair that does not say it; `json` when no words can. */
function optionWords(option: Option, member: Member, value: unknown): string[] | 'json' {
  const name = `--${option.name}`
  switch (option.meaning.kind) {
    case 'boolean':
      return value === option.meaning.value ? [name] : []
    case 'attribute':
      if (isOnly(value, false)) return []
      return isOnly(value, true) ? [name] : [name, jsonText(value)]
    case 'no attribute':
      return isOnly(value, false) ? [name] : []
    default:
      return member.isList ? [name, ...listWords(member, value as readonly unknown[])] : oneWord(name, member, value)
  }
}

function isOnly(value: unknown, expected: unknown): boolean {
  const entries = Object.entries(value as object)
  return entries.length === 1 && (value as Values)['Value'] === expected
}

function listWords(member: Member, list: readonly unknown[]): string[] {
  const words = list.map((item) =>
    isScalar(member.type) ? scalarText(member.type, item) : shorthandOf(member.type, item as Values),
  )
  const isPlain = (word: string | undefined): word is string => word !== undefined && !looksLikeOption(word)
  const first = words[0]?.trim()
  return words.every(isPlain) && first !== undefined && !/^[[{]/.test(first) && !isFile(first)
    ? words
    : [jsonText(list)]
}

function oneWord(name: string, { type }: Member, value: unknown): string[] | 'json' {
  if (isScalar(type)) return scalarWord(name, scalarText(type, value))
  const text = (value as Values)['Value']
  const isPlainText = typeof text === 'string' && !/^\s*[[{]|=/.test(text) && !isFile(text)
  if (isTextAttribute(type) && isPlainText) return scalarWord(name, text)
  return [name, shorthandOf(type, value as Values) ?? jsonText(value)]
}

/** `--name=word` where the word alone would be taken for an option. */
function scalarWord(name: string, text: string): string[] | 'json' {
  if (isFile(text)) return 'json'
  return looksLikeOption(text) ? [`${name}=${text}`] : [name, text]
}

function looksLikeOption(word: string): boolean {
  return word.startsWith('-') && !/^-\d+$/.test(word)
}

function isFile(word: string): boolean {
  return /^(file|fileb):\/\//.test(word)
}

function scalarText(type: string, value: unknown): string {
  return type === 'timestamp' && typeof value === 'number' ? formatInstant(instant(value)) : String(value)
}

/** Undefined for what shorthand cannot say. */
function shorthandOf(type: string, structure: Values): string | undefined {
  const entries = memberTexts(type, structure, (member, value) => {
    const isSeparated = member.isList && member.type === 'string' && (value as readonly unknown[]).length > 0
    return isSeparated ? joined(member.type, value as readonly unknown[]) : shorthandMember(member, value)
  })
  return entries === '' ? undefined : entries
}

function memberTexts(
  type: string,
  structure: Values,
  textOf: (member: Member, value: unknown) => string | undefined,
): string | undefined {
  const texts: string[] = []
  const members = new Map(membersOf(type).map((member) => [member.name, member]))
  for (const [name, value] of Object.entries(structure)) {
    const member = members.get(name)
    if (!member || value === undefined) continue
    const text = textOf(member, value)
    if (text === undefined) return undefined
    texts.push(`${member.name}=${text}`)
  }
  return texts.join(',')
}

function shorthandMember(member: Member, value: unknown): string | undefined {
  if (!member.isList) return shorthandItem(member.type, value)
  const items = joined(member.type, value as readonly unknown[])
  return items === undefined ? undefined : `[${items}]`
}

function joined(type: string, list: readonly unknown[]): string | undefined {
  const texts = list.map((item) => shorthandItem(type, item))
  return texts.includes(undefined) ? undefined : texts.join(',')
}

function shorthandItem(type: string, value: unknown): string | undefined {
  if (!isScalar(type)) {
    const inside = memberTexts(type, value as Values, shorthandMember)
    return inside === undefined ? undefined : `{${inside}}`
  }
  const text = scalarText(type, value)
  if (/^[\w.:/@%+*-]([\w.:/@%+* -]*[\w.:/@%+*-])?$/.test(text)) return text
  return /["\\]/.test(text) ? undefined : `"${text}"`
}

function jsonText(value: unknown): string {
  return JSON.stringify(value)
}

/** What an operation says better in options of its own, and the members that need no other option then. */
interface SimpleForm {
  readonly replaced: ReadonlySet<string>
  readonly options: readonly (readonly string[])[]
  /** Members in the form that the CLI takes them in, for the JSON. */
  readonly unsaid: ReadonlyMap<string, unknown>
}

const noForm: SimpleForm = { replaced: new Set(), options: [], unsaid: new Map() }

function simpleForm(action: Operation['action'], input: Values): SimpleForm {
  if (action === 'RunInstances') return launchForm(input)
  if (!/^(Authorize|Revoke)SecurityGroup/.test(action)) return noForm
  const permissions = input['IpPermissions']
  const [permission, ...others] = Array.isArray(permissions) ? (permissions as readonly Values[]) : []
  const options = permission && others.length === 0 ? simpleRule(permission) : undefined
  return options ? { ...noForm, replaced: new Set(['IpPermissions']), options } : noForm
}

/** `--protocol tcp --port 80 --cidr 0.0.0.0/0`, for a permission that says no more than that. */
function simpleRule(permission: Values): string[][] | undefined {
  const { IpProtocol: protocol, FromPort: from, ToPort: to, IpRanges, UserIdGroupPairs, ...more } = permission
  const cidr = onlyText(IpRanges, 'CidrIp')
  const group = onlyText(UserIdGroupPairs, 'GroupId')
  const ports = portWord(from, to)
  const isSimpleProtocol = typeof protocol === 'string' && /^(tcp|udp|icmp|-1|\d{1,2})$/.test(protocol)
  const hasMore = Object.values(more).some((value) => value !== undefined)
  if (hasMore || !isSimpleProtocol || ports === undefined) return undefined
  const peer = cidr !== undefined && UserIdGroupPairs === undefined ? ['--cidr', cidr] : undefined
  const named = group?.startsWith('sg-') && IpRanges === undefined ? ['--source-group', group] : undefined
  const end = peer ?? named
  return end && [['--protocol', protocol], ports, end].filter((words) => words.length > 0)
}

/** The text of a list of one structure with that one member. */
function onlyText(list: unknown, name: string): string | undefined {
  const [item, ...others] = Array.isArray(list) ? (list as readonly Values[]) : []
  if (!item || others.length > 0 || Object.values(item).filter((value) => value !== undefined).length !== 1)
    return undefined
  const text = item[name]
  return typeof text === 'string' && /^[0-9a-z]/.test(text) && !isFile(text) ? text : undefined
}

/** No words for no ports; undefined for ports that `--port` cannot say. */
function portWord(from: unknown, to: unknown): string[] | undefined {
  if (from === undefined && to === undefined) return []
  if (from === -1 && to === -1) return ['--port', '-1']
  if (typeof from !== 'number' || typeof to !== 'number' || from < 0 || to < 0) return undefined
  return ['--port', from === to ? String(from) : `${from}-${to}`]
}

function launchForm({ MinCount: least, MaxCount: most, UserData: data }: Values): SimpleForm {
  const count = least === most ? String(least) : `${String(least)}:${String(most)}`
  const counts = least === 1 && most === 1 ? [] : [looksLikeOption(count) ? [`--count=${count}`] : ['--count', count]]
  const replaced = new Set(['MinCount', 'MaxCount', 'UserData'])
  if (data === undefined) return { replaced, options: counts, unsaid: new Map() }
  const text = textOfBase64(String(data))
  // The CLI encodes what it is given, so that what is no text can only come from a file.
  const isText = text !== undefined && base64Of(text) === data
  const word = isText ? scalarWord('--user-data', text) : ['--user-data', 'fileb://user-data']
  if (word === 'json') return { replaced, options: counts, unsaid: new Map([['UserData', text]]) }
  return { replaced, options: [...counts, word], unsaid: new Map() }
}
