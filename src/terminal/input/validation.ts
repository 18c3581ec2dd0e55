/** The CLI's own check of an input against the model before anything is sent: names, types and what is required. */

import { inputShapeOf, isScalar, type Member, membersOf, type ScalarType } from '../../ec2/protocol/shape.ts'
import type { ActionName } from '../../ec2/protocol/types.generated.ts'
import { validationError } from '../cli-error.ts'
import { pythonText, pythonType } from '../print/python-text.ts'

/** Throws CliError that lists everything wrong. */
export function validate(action: ActionName, input: Readonly<Record<string, unknown>>): void {
  const complaints: string[] = []
  checkStructure(complaints, inputShapeOf(action), '', input)
  if (complaints.length > 0) throw validationError(`Parameter validation failed:\n${complaints.join('\n')}`)
}

function checkStructure(complaints: string[], shape: string, path: string, value: unknown): void {
  if (!isRecord(value)) {
    complaints.push(wrongType(path, value, "<class 'dict'>"))
    return
  }
  const members = membersOf(shape)
  for (const { name, isRequired } of members) {
    if (isRequired && !Object.hasOwn(value, name)) {
      complaints.push(`Missing required parameter in ${named(path)}: "${name}"`)
    }
  }
  const known = new Map(members.map((member) => [member.name, member]))
  const names = members.map(({ name }) => name).join(', ')
  for (const name of Object.keys(value)) {
    if (!known.has(name)) complaints.push(`Unknown parameter in ${named(path)}: "${name}", must be one of: ${names}`)
  }
  for (const [name, given] of Object.entries(value)) {
    const member = known.get(name)
    if (member) checkMember(complaints, member, `${path}.${name}`, given)
  }
}

function checkMember(complaints: string[], member: Member, path: string, value: unknown): void {
  if (!member.isList) checkItem(complaints, member.type, path, value)
  else if (!Array.isArray(value)) complaints.push(wrongType(path, value, "<class 'list'>, <class 'tuple'>"))
  else for (const [at, item] of value.entries()) checkItem(complaints, member.type, `${path}[${at}]`, item)
}

function checkItem(complaints: string[], type: string, path: string, value: unknown): void {
  if (!isScalar(type)) checkStructure(complaints, type, path, value)
  else if (!fits[type](value)) complaints.push(wrongType(path, value, pythonTypes[type]))
}

const isText = (value: unknown): boolean => typeof value === 'string'

const fits: Readonly<Record<ScalarType, (value: unknown) => boolean>> = {
  string: isText,
  // Python counts True among the integers.
  number: (value) => Number.isInteger(value) || typeof value === 'boolean',
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => isText(value) || typeof value === 'number',
  blob: isText,
}

const pythonTypes: Readonly<Record<ScalarType, string>> = {
  string: "<class 'str'>",
  number: "<class 'int'>",
  boolean: "<class 'bool'>",
  timestamp: "<class 'datetime.datetime'>, timestamp-string",
  blob: "<class 'bytes'>, <class 'bytearray'>, file-like object",
}

function wrongType(path: string, value: unknown, expected: string): string {
  const type = pythonType(value)
  return `Invalid type for parameter ${named(path)}, value: ${pythonText(value)}, type: ${type}, valid types: ${expected}`
}

function named(path: string): string {
  return path === '' ? 'input' : path.replace(/^\./, '')
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
