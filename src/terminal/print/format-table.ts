/** `--output table`: sections drawn inside each other, 80 columns wide at most unless they cannot be. */

import { generalError } from '../cli-error.ts'
import { isRecord } from '../input/validation.ts'
import { byCodePoint, pythonText, pythonType } from './python-text.ts'
import { renderSections, Section } from './table-drawing.ts'

/** `title` is the name of the operation. Throws CliError for a value that has no table, as the CLI does. */
export function formatTable(title: string, value: unknown): string {
  const sections: Section[] = []
  addValue(sections, title, value, 0)
  return sections.length === 0 ? '' : renderSections(sections)
}

function addValue(sections: Section[], title: string | undefined, value: unknown, depth: number): void {
  if (isEmpty(value)) return
  if (title !== undefined) sections.push(new Section(title, depth))
  if (Array.isArray(value)) addList(sections, title, value, depth)
  else if (isRecord(value)) addStructure(sections, value, depth)
}

/** What Python takes for false. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) ? Object.keys(value).length === 0 : !value
}

function addList(sections: Section[], title: string | undefined, list: readonly unknown[], depth: number): void {
  if (isRecord(list[0])) {
    addStructures(sections, title, list, depth)
    return
  }
  for (const item of list) {
    const current = sections.at(-1)
    if (isScalar(item)) current?.addRow([pythonText(item)])
    else if (Array.isArray(item) && item.every(isScalar)) current?.addRow(item.map(pythonText))
    else addValue(sections, undefined, item, 0)
  }
}

function addStructure(sections: Section[], structure: Readonly<Record<string, unknown>>, depth: number): void {
  const { columns, rest } = split([structure])
  const [only, ...others] = columns
  const current = sections.at(-1)
  if (only !== undefined && others.length === 0) current?.addRow([only, pythonText(structure[only])])
  else if (only !== undefined) {
    current?.addHeader(columns)
    current?.addRow(columns.map((name) => pythonText(structure[name])))
  }
  for (const name of rest) addValue(sections, name, structure[name], depth + 1)
}

function addStructures(sections: Section[], title: string | undefined, list: readonly unknown[], depth: number): void {
  const structures = list.map((item) => {
    if (isRecord(item)) return item
    // The CLI's own table breaks on a list that holds other things beside structures.
    throw generalError(`${pythonType(item).slice(7, -1)} object is not iterable`)
  })
  const { columns, rest } = split(structures)
  sections.at(-1)?.addHeader(columns)
  for (const [at, structure] of structures.entries()) {
    if (at > 0 && rest.length > 0) {
      sections.push(new Section(title ?? '', depth))
      sections.at(-1)?.addHeader(columns)
    }
    sections.at(-1)?.addRow(columns.map((name) => pythonText(Object.hasOwn(structure, name) ? structure[name] : '')))
    for (const name of rest) if (Object.hasOwn(structure, name)) addValue(sections, name, structure[name], depth + 1)
  }
}

interface Split {
  readonly columns: readonly string[]
  readonly rest: readonly string[]
}

function split(structures: readonly Readonly<Record<string, unknown>>[]): Split {
  const entries = structures.flatMap((structure) => Object.entries(structure))
  const names = (keep: (value: unknown) => boolean) =>
    [...new Set(entries.filter(([, value]) => keep(value)).map(([name]) => name))].sort(byCodePoint)
  return { columns: names(isScalar), rest: names((value) => !isScalar(value)) }
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}
