/**
 * The other way of `decodeInput`: an input as data, under the SDK's member names, becomes the parameters
 * that an SDK would send. Callers in our own process are so checked as strictly as those on the wire.
 */

import { formatInstant, instant } from '../../base/clock.ts'
import { reject } from '../../model/rejection.ts'
import type { Parameters } from './query.ts'
import { inputShapeOf, isScalar, type Member, membersOf } from './shape.ts'
import type { ActionName } from './types.generated.ts'

/** Rejects UnknownParameter for a member that the model does not have, InvalidParameterValue for a wrong kind of value. */
export function encodeInput(action: ActionName, input: unknown): Parameters {
  const parameters = new Map<string, string>()
  addStructure(parameters, { shape: inputShapeOf(action), prefix: '', path: '' }, input)
  return parameters
}

/** Where in the input the encoder is: the wire's spelling and the one that the caller used. */
interface Position {
  readonly shape: string
  readonly prefix: string
  readonly path: string
}

function addStructure(parameters: Map<string, string>, { shape, prefix, path }: Position, value: unknown): void {
  if (!isRecord(value)) wrongKind(path, value, 'a structure')
  const members = new Map(membersOf(shape).map((member) => [member.name, member]))
  for (const [name, given] of Object.entries(value)) {
    if (given === undefined) continue
    const spelled = path === '' ? name : `${path}.${name}`
    const member = members.get(name) ?? reject('UnknownParameter', { name: spelled.slice(0, 80) })
    addMember(parameters, member, { wire: `${prefix}${member.requestName}`, path: spelled, value: given })
  }
}

interface Given {
  readonly wire: string
  readonly path: string
  readonly value: unknown
}

function addMember(parameters: Map<string, string>, member: Member, given: Given): void {
  if (member.isList) addList(parameters, member, given)
  else addItem(parameters, member, given)
}

function addList(parameters: Map<string, string>, member: Member, { wire, path, value }: Given): void {
  if (!Array.isArray(value)) wrongKind(path, value, 'a list')
  if (value.length === 0) parameters.set(wire, '')
  value.forEach((item, index) => {
    addItem(parameters, member, { wire: `${wire}.${index + 1}`, path: `${path}.${index}`, value: item })
  })
}

function addItem(parameters: Map<string, string>, { type }: Member, { wire, path, value }: Given): void {
  if (!isScalar(type)) addStructure(parameters, { shape: type, prefix: `${wire}.`, path }, value)
  else if (typeof value === 'object' || value === undefined) wrongKind(path, value, 'a single value')
  else
    parameters.set(
      wire,
      type === 'timestamp' && typeof value === 'number' ? formatInstant(instant(value)) : String(value),
    )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongKind(name: string, value: unknown, expected: string): never {
  const text = JSON.stringify(value) ?? 'nothing'
  return reject('InvalidParameterValue', { value: text.slice(0, 80), name, reason: `Expected ${expected}.` })
}
