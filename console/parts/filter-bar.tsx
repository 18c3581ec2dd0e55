/** AWS's filter bar: free text narrows while it is typed; a property with a value becomes a token, and all must hold. */

import { type Signal, useSignal } from '@preact/signals'
import { type Filter, noFilter, type Operator, operators, type Property, type Token } from './filter.ts'

export interface FilterBarProps<T> {
  readonly what: string
  readonly properties: readonly Property<T>[]
  readonly filter: Signal<Filter>
}

const anyProperty = 'any'

export function FilterBar<T>({ what, properties, filter }: FilterBarProps<T>) {
  const property = useSignal(anyProperty)
  const operator = useSignal<Operator>(':')
  const isProperty = property.value !== anyProperty
  const add = (event: SubmitEvent) => {
    event.preventDefault()
    const value = filter.value.text.trim()
    if (!isProperty || value === '') return
    const token = { property: property.value, operator: operator.value, value }
    filter.value = { text: '', tokens: [...filter.value.tokens, token] }
    property.value = anyProperty
  }
  return (
    <form class="filter" aria-label={`Filter ${what}`} onSubmit={add}>
      <select
        class="input"
        aria-label="Property to filter by"
        value={property.value}
        onChange={(event) => (property.value = event.currentTarget.value)}
      >
        <option value={anyProperty}>Any property</option>
        {properties.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {isProperty && (
        <select
          class="input"
          aria-label="Comparison"
          value={operator.value}
          onChange={(event) => (operator.value = event.currentTarget.value as Operator)}
        >
          {Object.entries(operators).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
      <input
        class="input"
        type="search"
        aria-label={`Find ${what}`}
        placeholder={isProperty ? 'Value, then Enter' : `Find ${what}`}
        value={filter.value.text}
        onInput={(event) => (filter.value = { ...filter.value, text: event.currentTarget.value })}
      />
      {filter.value.tokens.map((token, index) => (
        <TokenChip key={`${token.property}${token.operator}${token.value}`} {...{ token, index, properties, filter }} />
      ))}
      {filter.value.tokens.length > 0 && (
        <button class="button plain" type="button" onClick={() => (filter.value = noFilter)}>
          Clear filters
        </button>
      )}
    </form>
  )
}

interface TokenChipProps<T> {
  readonly token: Token
  readonly index: number
  readonly properties: readonly Property<T>[]
  readonly filter: Signal<Filter>
}

function TokenChip<T>({ token, index, properties, filter }: TokenChipProps<T>) {
  const label = properties.find(({ id }) => id === token.property)?.label ?? token.property
  const text = `${label} ${token.operator} ${token.value}`
  const remove = () => {
    filter.value = { ...filter.value, tokens: filter.value.tokens.filter((_, at) => at !== index) }
  }
  return (
    <span class="token">
      {text}
      <button class="token-remove" type="button" aria-label={`Remove filter ${text}`} onClick={remove}>
        ✕
      </button>
    </span>
  )
}
