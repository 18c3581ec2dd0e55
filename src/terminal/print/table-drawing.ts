/** Sections of a table as lines of text. Columns are stretched to one width; what does not fit is turned on its side. */

import { generalError } from '../cli-error.ts'

/** The width of a terminal that the CLI cannot ask. */
const terminalWidth = 80
const padding = 4

export class Section {
  readonly title: string
  readonly depth: number
  headers: readonly string[] = []
  readonly rows: (readonly string[])[] = []
  #columns: number | undefined
  #widths: number[] = []

  constructor(title: string, depth: number) {
    this.title = title
    this.depth = depth
  }

  /** Throws CliError where a row of fewer columns stands above: the CLI fails there, too. */
  addHeader(headers: readonly string[]): void {
    if (this.#columns !== undefined && headers.length > this.#columns) throw generalError('list index out of range')
    this.#widen(headers)
    this.#columns ??= headers.length
    this.headers = headers
  }

  /** Throws CliError for a row of another length than those before, which the CLI cannot draw either. */
  addRow(row: readonly string[]): void {
    this.#columns ??= row.length
    if (row.length !== this.#columns) {
      throw generalError(`Row should have ${this.#columns} elements, instead it has ${row.length}`)
    }
    this.rows.push(row)
    this.#widen(row)
  }

  get width(): number {
    const cells = this.#widths.reduce((sum, width) => sum + width + padding, 0) + 2
    return Math.max(textWidth(this.title) + 2, cells) + 2 * this.depth
  }

  /** The columns' widths, stretched or squeezed until they fill `total`. */
  columnWidths(total: number): number[] {
    const natural = this.#widths.map((width) => width + padding)
    if (natural.length === 0) return natural
    const factor = total / natural.reduce((sum, width) => sum + width, 0)
    const widths = natural.map((width) => halfToEven(factor * width))
    let excess = widths.reduce((sum, width) => sum + width, 0) - total
    while (excess !== 0) {
      const order = excess > 0 ? widths.keys() : [...widths.keys()].reverse()
      for (const at of order) {
        widths[at] = (widths[at] ?? 0) + (excess > 0 ? -1 : 1)
        excess += excess > 0 ? -1 : 1
        if (excess === 0) break
      }
    }
    return widths
  }

  /** Each header beside its value, for a section of one row. */
  turned(): Section {
    const [row, ...others] = this.rows
    if (row === undefined || others.length > 0 || this.headers.length === 0) return this
    const section = new Section(this.title, this.depth)
    for (const [at, header] of this.headers.entries()) section.addRow([header, row[at] ?? ''])
    return section
  }

  #widen(row: readonly string[]): void {
    row.forEach((cell, at) => {
      this.#widths[at] = Math.max(this.#widths[at] ?? 0, textWidth(cell))
    })
  }
}

export function renderSections(sections: readonly Section[]): string {
  const widest = (all: readonly Section[]) => all.reduce((most, { width }) => Math.max(most, width), 0)
  const fitting = widest(sections) > terminalWidth ? sections.map((section) => section.turned()) : sections
  const width = widest(fitting)
  const lines = fitting.flatMap((section) => {
    const edge = '|'.repeat(section.depth)
    return sectionLines(section, width - 2 * section.depth).map((line) => `${edge}${line}${edge}`)
  })
  return ['-'.repeat(width), ...lines].map((line) => `${line}\n`).join('')
}

function sectionLines(section: Section, width: number): string[] {
  const { title, headers, rows } = section
  const lines: string[] = []
  if (title !== '') {
    lines.push(centered(title, width, '|'))
    if (headers.length === 0 && rows.length === 0) lines.push(`+${'-'.repeat(width - 2)}+`)
  }
  const widths = section.columnWidths(width)
  if (headers.length > 0) {
    lines.push(ruler(widths))
    lines.push(headers.map((header, at) => centered(header, widths[at] ?? 0, at === 0 ? '|' : '')).join(''))
  }
  if (rows.length === 0 || widths.length === 0) return lines
  const drawn = rows.map((row) =>
    row.map((cell, at) => leftAligned(cell, widths[at] ?? 0, at === 0 ? '|' : '')).join(''),
  )
  return [...lines, ruler(widths), ...drawn, ruler(widths)]
}

function ruler(widths: readonly number[]): string {
  return widths.map((width, at) => (at === 0 ? `+${'-'.repeat(width - 2)}+` : `${'-'.repeat(width - 1)}+`)).join('')
}

function centered(text: string, width: number, leftEdge: string): string {
  const length = textWidth(text)
  const left = Math.max(0, Math.floor(width / 2) - Math.floor(length / 2) - 1)
  const used = leftEdge.length + (Math.floor(width / 2) - Math.floor(length / 2) - 1) + length
  return `${leftEdge}${' '.repeat(left)}${text}${' '.repeat(Math.max(0, width - 1 - used))}|`
}

function leftAligned(text: string, width: number, leftEdge: string): string {
  const length = textWidth(text)
  const indent = width - (length + 2 + leftEdge.length + 1) >= 0 ? 2 : 0
  const used = leftEdge.length + indent + length
  return `${leftEdge}${' '.repeat(indent)}${text}${' '.repeat(Math.max(0, width - used - 1))}|`
}

/** Python's round. */
function halfToEven(value: number): number {
  const rounded = Math.round(value)
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

/** Characters that a terminal draws two columns wide. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u

function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}
