/**
 * Answers as XML. Each shape compiles once into a chain of writers. A list that is empty is written
 * and one that is undefined is not: tools index the first without looking (spec 1.2).
 */

import { formatInstant, type Instant } from '../../base/clock.ts'
import { isScalar, type Member, membersOf, outputShapeOf, type ScalarType } from './shape.ts'
import type { ActionName, ActionTypes } from './types.generated.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/'

export function encodeResponse<A extends ActionName>(
  action: A,
  output: ActionTypes[A]['output'],
  requestId: string,
): string {
  const opening = `${declaration}<${action}Response xmlns="${namespace}"><requestId>${escapeText(requestId)}</requestId>`
  return `${bodyWriter(action)(opening, output)}</${action}Response>`
}

/** An error names its id `RequestID`, a success `requestId` (spec 1.3). */
export function encodeError(code: string, message: string, requestId: string): string {
  const error = `<Error><Code>${escapeText(code)}</Code><Message>${escapeText(message)}</Message></Error>`
  return `${declaration}<Response><Errors>${error}</Errors><RequestID>${escapeText(requestId)}</RequestID></Response>`
}

/** Appends `value` to the text so far: one string that grows costs less than many that are joined. */
type Writer = (text: string, value: unknown) => string

const structureWriters = new Map<string, Writer>()

/** An action without output members still answers `<return>true</return>` (spec 1.2). */
function bodyWriter(action: ActionName): Writer {
  const shape = outputShapeOf(action)
  return shape ? structureWriter(shape) : (text) => `${text}<return>true</return>`
}

function structureWriter(shape: string): Writer {
  let writer = structureWriters.get(shape)
  if (!writer) {
    writer = compileStructure(shape)
    structureWriters.set(shape, writer)
  }
  return writer
}

function compileStructure(shape: string): Writer {
  const members = membersOf(shape).map((member) => ({ name: member.name, write: elementWriter(member) }))
  return (text, value) => {
    const structure = value as Readonly<Record<string, unknown>>
    let grown = text
    for (const { name, write } of members) {
      const member = structure[name]
      if (member !== undefined) grown = write(grown, member)
    }
    return grown
  }
}

function elementWriter({ type, isList, responseName }: Member): Writer {
  const element = (name: string) =>
    isScalar(type) ? scalarElement(name, scalarTexts[type]) : structureElement(name, structureWriter(type))
  return isList ? listElement(responseName, element('item')) : element(responseName)
}

function scalarElement(name: string, textOf: (value: unknown) => string): Writer {
  const opening = `<${name}>`
  const closing = `</${name}>`
  return (text, value) => text + (opening + textOf(value) + closing)
}

function structureElement(name: string, write: Writer): Writer {
  const opening = `<${name}>`
  const closing = `</${name}>`
  const empty = `<${name}/>`
  return (text, value) => {
    const opened = text + opening
    const filled = write(opened, value)
    return filled.length === opened.length ? text + empty : filled + closing
  }
}

function listElement(name: string, writeItem: Writer): Writer {
  return structureElement(name, (text, items) => {
    let grown = text
    for (const item of items as readonly unknown[]) grown = writeItem(grown, item)
    return grown
  })
}

const scalarTexts: Readonly<Record<ScalarType, (value: unknown) => string>> = {
  string: (value) => escapeText(value as string),
  number: String,
  boolean: String,
  timestamp: (value) => formatInstant(value as Instant),
  blob: (value) => value as string,
}

/** All but what XML 1.0 allows and needs no escape. A bare carriage return would be read as a line feed. */
const troublesome = /[^\t\n -%'-;=?-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const everyTroublesome = new RegExp(troublesome, 'gu')

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

export function escapeText(text: string): string {
  return troublesome.test(text) ? text.replace(everyTroublesome, escapeCharacter) : text
}

/** XML 1.0 has no way to write most control characters, so they leave as U+FFFD. */
function escapeCharacter(character: string): string {
  return references[character] ?? '\ufffd'
}
