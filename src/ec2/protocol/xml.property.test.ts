/** Every action's output survives the trip through XML, read back by an independent parser. */

import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { anyStructure, everyAction, type Structure } from '../../../test/ec2-shapes.ts'
import { isScalar, membersOf, outputShapeOf } from './shape.ts'
import { encodeResponse } from './xml.ts'

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => name === 'item',
})

describe('an output that is encoded is the output that a client parses', () => {
  test.each(everyAction)('%s', (action) => {
    const shape = outputShapeOf(action)
    const property = fc.property(shape ? anyStructure(shape) : fc.constant({}), (output) => {
      const root = parser.parse(encodeResponse(action, output, 'id'))[`${action}Response`]
      expect(root.requestId).toBe('id')
      if (shape) expect(readStructure(shape, root)).toEqual(printable(output))
      else expect(root.return).toBe('true')
    })
    fc.assert(property, { numRuns: 15 })
  })
})

type Element = Readonly<Record<string, unknown>>

function readStructure(shape: string, element: unknown): Structure {
  const structure: Record<string, unknown> = {}
  for (const { name, type, isList, responseName } of membersOf(shape)) {
    const child = typeof element === 'object' ? (element as Element)[responseName] : undefined
    if (child === undefined) continue
    structure[name] = isList ? itemsOf(child).map((item) => readItem(type, item)) : readItem(type, child)
  }
  return structure
}

function itemsOf(list: unknown): readonly unknown[] {
  return typeof list === 'object' ? ((list as Element)['item'] as readonly unknown[]) : []
}

function readItem(type: string, content: unknown): unknown {
  if (!isScalar(type)) return readStructure(type, content)
  const text = content as string
  if (type === 'boolean') return text === 'true'
  if (type === 'number') return Number(text)
  return type === 'timestamp' ? Date.parse(text) : text
}

/** The output with the characters that XML 1.0 cannot carry replaced. */
function printable(value: unknown): unknown {
  if (typeof value === 'string') return [...value].map((c) => (isXmlCharacter(c) ? c : '\ufffd')).join('')
  if (Array.isArray(value)) return value.map(printable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, printable(member)]))
}

/** XML 1.0, section 2.2. */
function isXmlCharacter(character: string): boolean {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || point >= 0x10000
}
