/**
 * The words of one option become the value of one member: JSON where it starts like JSON, else shorthand
 * for structures, and the types of the model for what is text until then.
 */

import { isScalar, type Member, membersOf } from '../../ec2/protocol/shape.ts'
import { generalError, invalidInteger, parameterError } from '../cli-error.ts'
import { JsonError, parseJson } from '../parse/python-json.ts'
import { parseShorthand, type Shorthand, ShorthandError, type ShorthandStructure } from '../parse/shorthand.ts'
import { isTextAttribute } from './operation.ts'

/** Throws CliError. */
export function memberValue(member: Member, words: readonly string[], option: string): unknown {
  const given = words.map((word) => withoutFile(word, words, option))
  const [first = ''] = given
  if (member.isList) return listOf(member, given, option)
  if (isScalar(member.type)) return scalarOf(member.type, first)
  if (first.trimStart().startsWith('{')) return jsonOf(first, option)
  if (isTextAttribute(member.type) && !first.includes('=') && !first.trimStart().startsWith('['))
    return { Value: first }
  if (first.trimStart().startsWith('[')) throw parameterError(option, `Invalid JSON:\n${first}`)
  return structureOf(member.type, first, option)
}

function listOf(member: Member, words: readonly string[], option: string): unknown {
  const [first = ''] = words
  if (words.length === 1 && first.trim().startsWith('[')) return jsonOf(first, option)
  if (isScalar(member.type)) return words.map((word) => scalarOf(member.type, word))
  if (!/^\s*[[{]/.test(first)) return words.map((word) => structureOf(member.type, word, option))
  return words.map((word) => {
    if (word.trimStart().startsWith('{')) return jsonOf(word, option)
    throw parameterError(option, `Invalid JSON:\n${word}`)
  })
}

/** The CLI reads a file here. A terminal without files says so, in the place where the CLI says that it found none. */
function withoutFile(word: string, words: readonly string[], option: string): string {
  if (words.length > 1 || !/^(file|fileb):\/\//.test(word)) return word
  throw parameterError(option, `Unable to load paramfile ${word}: this terminal has no files; write the value itself`)
}

export function jsonOf(text: string, option: string): unknown {
  try {
    return parseJson(text)
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw parameterError(option, `Invalid JSON: ${cause.message}\nJSON received: ${text}`)
  }
}

function scalarOf(type: string, text: string): unknown {
  return type === 'number' ? integerOf(text) : text
}

/** Python's int() of a text. */
export function integerOf(text: unknown): number {
  if (typeof text !== 'string' || !/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) throw invalidInteger(text)
  return Number(text.replaceAll('_', '')) + 0
}

function structureOf(type: string, word: string, option: string): unknown {
  try {
    return typedStructure(type, parseShorthand(word))
  } catch (cause) {
    if (cause instanceof ShorthandError) throw parameterError(option, cause.message)
    throw cause
  }
}

function typedStructure(type: string, structure: ShorthandStructure): unknown {
  const members = new Map(membersOf(type).map((member) => [member.name, member]))
  return Object.fromEntries(
    Object.entries(structure).map(([key, value]) => {
      const member = members.get(key)
      return [key, member ? typedMember(member, value) : value]
    }),
  )
}

function typedMember(member: Member, value: Shorthand): unknown {
  if (!member.isList) return typedItem(member.type, value)
  // One value stands for a list of it, and is then left as it was written.
  return Array.isArray(value) ? value.map((item) => typedItem(member.type, item)) : [value]
}

function typedItem(type: string, value: Shorthand): unknown {
  if (!isScalar(type)) return isStructure(value) ? typedStructure(type, value) : value
  if (type === 'number') return integerOf(value)
  return type === 'boolean' ? booleanOf(value) : value
}

function booleanOf(value: Shorthand): unknown {
  if (typeof value !== 'string') {
    throw generalError(`'${Array.isArray(value) ? 'list' : 'dict'}' object has no attribute 'lower'`)
  }
  const lower = value.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : value
}

function isStructure(value: Shorthand): value is ShorthandStructure {
  return typeof value === 'object' && !Array.isArray(value)
}
