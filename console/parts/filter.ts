/** What a filter bar lets through: free text in any property, and tokens that must all hold. */

export interface Property<T> {
  readonly id: string
  readonly label: string
  readonly text: (row: T) => string
}

export const operators = { ':': 'contains', '=': 'equals', '!=': 'does not equal' } as const
export type Operator = keyof typeof operators

export interface Token {
  readonly property: string
  readonly operator: Operator
  readonly value: string
}

export interface Filter {
  readonly text: string
  readonly tokens: readonly Token[]
}

export const noFilter: Filter = { text: '', tokens: [] }

/** The rows that the filter lets through. */
export function filtered<T>(rows: readonly T[], properties: readonly Property<T>[], filter: Filter): readonly T[] {
  const needle = filter.text.trim().toLowerCase()
  if (needle === '' && filter.tokens.length === 0) return rows
  return rows.filter(
    (row) =>
      (needle === '' || properties.some(({ text }) => text(row).toLowerCase().includes(needle))) &&
      filter.tokens.every((token) => holds(row, properties, token)),
  )
}

function holds<T>(row: T, properties: readonly Property<T>[], { property, operator, value }: Token): boolean {
  const text = properties.find(({ id }) => id === property)?.text(row) ?? ''
  if (operator === ':') return text.toLowerCase().includes(value.toLowerCase())
  return (text === value) === (operator === '=')
}
