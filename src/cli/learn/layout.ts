/** Text for a terminal: wrapped at words, indented, in columns. */

/** Each line of the text broken at blanks so that it fits; what cannot be broken stays whole. */
export function wrap(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, indent))
    .join('\n')
}

function wrapLine(line: string, width: number, indent: string): string {
  const rows: string[] = []
  let row = indent
  for (const word of line.split(' ')) {
    const isFirst = row === indent
    if (!isFirst && row.length + 1 + word.length > width) {
      rows.push(row)
      row = indent + word
    } else {
      row += isFirst ? word : ` ${word}`
    }
  }
  return [...rows, row].map((each) => each.trimEnd()).join('\n')
}

/** `mark` before the first line and blanks of its length before the others. */
export function hanging(mark: string, text: string, width: number): string {
  return mark + wrap(text, width, ' '.repeat(mark.length)).trimStart()
}

export function title(text: string): string {
  return `${text}\n${'='.repeat(text.length)}`
}

/** Rows with each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  }
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
    )
    .join('\n')
}
