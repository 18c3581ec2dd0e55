/**
 * The options of one operation become its input, with all that the CLI makes of EC2's before it sends it:
 * simple rules, `--count`, secondary addresses, user data in base64, names of protocols.
 */

import type { ActionName } from '../../ec2/protocol/types.generated.ts'
import { parameterError, validationError } from '../cli-error.ts'
import { pythonType } from '../print/python-text.ts'
import type { GivenOptions, Input } from './given-options.ts'
import { addLaunchPart, checkLaunch, completeLaunch } from './launch-options.ts'
import type { Meaning, Option, PagePart } from './operation.ts'
import { addSimpleRulePart, checkSimpleRule } from './simple-rule.ts'
import { isRecord } from './validation.ts'
import { integerOf, jsonOf, memberValue } from './values.ts'

export interface Paging {
  readonly startingToken: string | undefined
  readonly pageSize: number | undefined
  readonly maxItems: number | undefined
}

/** Throws CliError. */
export function inputOf(action: ActionName, given: GivenOptions): Input {
  checkAttributes(given)
  checkSimpleRule(given)
  checkLaunch(given)
  const input: Input = {}
  for (const [option, words] of given) addMeaning(input, option, words)
  for (const [option, words] of given) if (option.meaning.kind === 'whole input') addWholeInput(input, words[0] ?? '')
  complete(action, input)
  return input
}

export function pagingOf(given: GivenOptions): Paging {
  const pages = new Map<PagePart, string>()
  for (const [{ meaning }, words] of given) if (meaning.kind === 'page') pages.set(meaning.part, words[0] ?? '')
  const number = (part: PagePart) => (pages.has(part) ? integerOf(pages.get(part)) : undefined)
  return { startingToken: pages.get('starting-token'), pageSize: number('page-size'), maxItems: number('max-items') }
}

function addMeaning(input: Input, { name, meaning }: Option, words: readonly string[]): void {
  switch (meaning.kind) {
    case 'member':
      input[meaning.member.name] = memberValue(meaning.member, words, `--${name}`)
      return
    case 'boolean':
      input[meaning.member.name] = meaning.value
      return
    case 'attribute':
      input[meaning.member.name] =
        words.length === 0 ? { Value: true } : memberValue(meaning.member, words, `--${name}`)
      return
    case 'no attribute':
      input[meaning.member.name] = { Value: false }
      return
    case 'simple rule':
      addSimpleRulePart(input, meaning.part, words[0] ?? '')
      return
    case 'launch':
      addLaunchPart(input, meaning.part, words)
      return
    case 'page':
    case 'whole input':
    case 'skeleton':
      return
    default:
      meaning satisfies never
  }
}

/** Options win over what the JSON says. */
function addWholeInput(input: Input, text: string): void {
  if (/^(file|fileb):\/\//.test(text)) jsonOfFile(text)
  const whole = jsonOfWhole(text)
  if (!isRecord(whole)) {
    const type = pythonType(whole)
    throw parameterError('--cli-input-json', `Invalid type: expecting map, received ${type}`)
  }
  for (const [name, value] of Object.entries(whole)) if (!Object.hasOwn(input, name)) input[name] = value
}

function jsonOfFile(text: string): never {
  throw parameterError(
    '--cli-input-json',
    `Unable to load paramfile ${text}: this terminal has no files; write the value itself`,
  )
}

function jsonOfWhole(text: string): unknown {
  try {
    return jsonOf(text, 'cli-input-json')
  } catch {
    throw parameterError('cli-input-json', 'Invalid JSON received.')
  }
}

function checkAttributes(given: GivenOptions): void {
  const negative = new Map<string, Option>()
  for (const [option] of given)
    if (option.meaning.kind === 'no attribute') negative.set(memberOf(option.meaning), option)
  for (const [option] of given) {
    const other = option.meaning.kind === 'attribute' ? negative.get(memberOf(option.meaning)) : undefined
    if (!other) continue
    throw validationError(`Cannot specify both the "--${option.name}" option and the "--${other.name}" option.`)
  }
}

function memberOf(meaning: Extract<Meaning, { readonly member: unknown }>): string {
  return meaning.member.name
}

const protocolNumbers = new Map<unknown, string>([
  ['tcp', '6'],
  ['udp', '17'],
  ['icmp', '1'],
  ['all', '-1'],
])

function complete(action: ActionName, input: Input): void {
  if (action === 'RunInstances') completeLaunch(input)
  const takesProtocolName = action === 'CreateNetworkAclEntry' || action === 'ReplaceNetworkAclEntry'
  if (takesProtocolName) input['Protocol'] = protocolNumbers.get(input['Protocol']) ?? input['Protocol']
  if (takesProtocolName && input['Protocol'] === undefined) delete input['Protocol']
}
