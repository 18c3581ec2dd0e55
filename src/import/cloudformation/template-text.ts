/**
 * A template's text, YAML or JSON (which is YAML as well), as plain values: short forms of intrinsics are
 * spelled out, and each mapping and list remembers its line.
 */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { type Record as Mapping, mappingOf } from './value.ts'

/** Text that is no template; the message says why. */
export class BadTemplate extends Error {
  override readonly name = 'BadTemplate'
}

export interface TemplateText {
  readonly value: Mapping
  /** The line of a mapping or a list that the text holds, from 1: the one where its key stands. */
  lineOf(value: unknown): number
}

/** Whether it is one at all, told by what every template has: resources with types. */
export function isTemplate(text: string): boolean {
  return /(^|[\s"'{,])Resources["']?\s*:/.test(text) && /Type["']?\s*:\s*["']?(AWS|Custom|Alexa)::/.test(text)
}

const short = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'ForEach', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join'],
  ...['Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform', 'Contains'],
]

/** Known tags alone are read without a warning each. */
const customTags = ['Ref', 'Condition', ...short].flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => text },
  { tag: `!${name}`, collection: 'seq' as const, resolve: <T>(list: T) => list },
  { tag: `!${name}`, collection: 'map' as const, resolve: <T>(map: T) => map },
])

/** Throws BadTemplate, whose message names line and column. */
export function parseTemplate(text: string): TemplateText {
  const counter = new LineCounter()
  const document = parseDocument(text, { customTags, lineCounter: counter, schema: 'core', logLevel: 'silent' })
  const [error] = document.errors
  if (error) throw new BadTemplate(`This is neither JSON nor YAML: ${error.message.split('\n', 1)[0]}`)
  const lines = new WeakMap<object, number>()
  const lineAt = (node: Node | undefined) => counter.linePos(node?.range?.[0] ?? 0).line

  function read(node: unknown, line: number): unknown {
    if (isAlias(node)) return read(node.resolve(document), line)
    const plain = readPlain(node, line)
    const tag = (node as Node | null)?.tag
    if (tag === undefined || !tag.startsWith('!') || tag === '!') return plain
    return marked(spelledOut(tag.slice(1), plain), line)
  }

  function readPlain(node: unknown, line: number): unknown {
    if (isMap(node)) return marked(Object.fromEntries(node.items.map(readPair)), line)
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item, lineAt(item as Node)))
      return marked(items, line)
    }
    return isScalar(node) ? node.value : null
  }

  function readPair({ key, value }: Pair): [string, unknown] {
    return [String(isScalar(key) ? key.value : key), read(value, lineAt(key as Node))]
  }

  function marked<T extends object>(value: T, line: number): T {
    lines.set(value, line)
    return value
  }

  const value = mappingOf(read(document.contents, 1))
  if (!value) throw new BadTemplate('This is no template: it is no mapping.')
  return { value, lineOf: (part) => (typeof part === 'object' && part !== null ? (lines.get(part) ?? 1) : 1) }
}

/** `!GetAtt Web.PrivateIp` is `Fn::GetAtt: [Web, PrivateIp]`; what follows the first dot is the attribute's. */
function spelledOut(name: string, argument: unknown): object {
  if (name === 'Ref' || name === 'Condition') return { [name]: argument }
  const isDotted = name === 'GetAtt' && typeof argument === 'string'
  return { [`Fn::${name}`]: isDotted ? dotted(argument) : argument }
}

function dotted(text: string): string[] {
  const at = text.indexOf('.')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
