/** `--output text`: a line a structure, tabs between its values in the order of their names. */

import { isRecord } from '../input/validation.ts'
import { byCodePoint, pythonText } from './python-text.ts'

export function formatText(value: unknown): string {
  const lines: string[] = []
  addValue(lines, value, {})
  return lines.map((line) => `${line}\n`).join('')
}

interface Place {
  /** The name of the member that holds the value. */
  readonly name?: string
  /** The columns of the structures beside this one. */
  readonly columns?: readonly string[]
}

function addValue(lines: string[], value: unknown, place: Place): void {
  if (Array.isArray(value)) addList(lines, value, place.name)
  else if (isRecord(value)) addStructure(lines, value, place)
  else lines.push(pythonText(value))
}

function addList(lines: string[], list: readonly unknown[], name: string | undefined): void {
  if (list.length === 0) return
  if (list.some(isRecord)) {
    const columns = columnsOf(list)
    for (const item of list) addValue(lines, item, { ...named(name), columns })
    return
  }
  const lists = list.filter((item) => Array.isArray(item))
  addScalars(
    lines,
    list.filter((item) => !Array.isArray(item)),
    name,
  )
  for (const each of lists) addValue(lines, each, named(name))
}

function addScalars(lines: string[], scalars: readonly unknown[], name: string | undefined): void {
  if (scalars.length === 0) return
  if (name === undefined) lines.push(scalars.map(pythonText).join('\t'))
  else for (const scalar of scalars) lines.push(`${name.toUpperCase()}\t${pythonText(scalar)}`)
}

function addStructure(lines: string[], structure: Readonly<Record<string, unknown>>, place: Place): void {
  const names = Object.keys(structure).sort(byCodePoint)
  const isScalar = (name: string) => typeof structure[name] !== 'object' || structure[name] === null
  const columns = place.columns ?? names.filter(isScalar)
  if (columns.length > 0) {
    const cells = columns.map((name) => (Object.hasOwn(structure, name) ? pythonText(structure[name]) : ''))
    lines.push([...(place.name === undefined ? [] : [place.name.toUpperCase()]), ...cells].join('\t'))
  }
  const known = new Set(columns)
  for (const name of names) if (!known.has(name)) addValue(lines, structure[name], { name })
}

function columnsOf(list: readonly unknown[]): string[] {
  const names = list.filter(isRecord).flatMap((structure) =>
    Object.entries(structure)
      .filter(([, value]) => typeof value !== 'object' || value === null)
      .map(([name]) => name),
  )
  return [...new Set(names)].sort(byCodePoint)
}

function named(name: string | undefined): Place {
  return name === undefined ? {} : { name }
}
