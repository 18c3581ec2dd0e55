/**
 * A table of any length: only the rows in view are in the document, between two spacers. The rows' true
 * number and places are told to screen readers.
 */

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

export interface Column<T> {
  readonly id: string
  readonly header: string
  /** Pixels; columns without one share what is left. */
  readonly width?: number
  readonly cell: (row: T) => ComponentChildren
  /** Makes the column sortable. */
  readonly sortBy?: (row: T) => string | number
  readonly isNumber?: boolean
}

export interface TableProps<T> {
  readonly caption: string
  readonly rows: readonly T[]
  readonly columns: readonly Column<T>[]
  readonly rowKey: (row: T) => string
  /** The key of the row that the page is about. */
  readonly chosen?: string | undefined
  /** Shown when there are no rows. */
  readonly empty: ComponentChildren
}

const rowHeight = 37
const spare = 12
/** Fewer rows than this are all in the document. */
const few = 60

interface Sorting {
  readonly column: string
  readonly isDescending: boolean
}

export function Table<T>(props: TableProps<T>) {
  const { caption, columns, rows, rowKey, chosen, empty } = props
  const sorting = useSignal<Sorting | undefined>(undefined)
  const view = useSignal<View>({ top: 0, height: 600 })
  const scroll = useRef<HTMLElement>(null)
  useLayoutEffect(() => followView(scroll.current, view), [rows.length === 0])
  if (rows.length === 0) return <div class="empty">{empty}</div>
  const sorted = sortRows(rows, columns, sorting.value)
  const { first, last } = inView(sorted.length, view.value)
  const width = columns.reduce((sum, column) => sum + (column.width ?? 140), 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="table-scroll" ref={scroll} tabIndex={0} aria-label={caption}>
      <table class="table" aria-rowcount={rows.length + 1} style={{ minWidth: `${width}px` }}>
        <caption class="visually-hidden">{caption}</caption>
        <colgroup>
          {columns.map(({ id, width: own }) => (
            <col key={id} style={own === undefined ? {} : { width: `${own}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading
                key={column.id}
                column={column}
                sorting={sorting.value}
                onSort={(next) => (sorting.value = next)}
              />
            ))}
          </tr>
        </thead>
        <Spacer rows={first} span={columns.length} />
        <tbody>
          {sorted.slice(first, last).map((row, index) => (
            <tr
              key={rowKey(row)}
              aria-rowindex={first + index + 2}
              aria-current={chosen !== undefined && rowKey(row) === chosen ? 'true' : undefined}
            >
              {columns.map(({ id, cell, isNumber }) => (
                <td key={id} class={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <Spacer rows={sorted.length - last} span={columns.length} />
      </table>
    </section>
  )
}

/** The part of the rows that is seen, in pixels. */
interface View {
  readonly top: number
  readonly height: number
}

function followView(box: HTMLElement | null, view: Signal<View>): () => void {
  if (!box) return () => {}
  const look = () => {
    view.value = { top: box.scrollTop, height: box.clientHeight }
  }
  const observer = new ResizeObserver(look)
  observer.observe(box)
  box.addEventListener('scroll', look, { passive: true })
  return () => {
    observer.disconnect()
    box.removeEventListener('scroll', look)
  }
}

function inView(count: number, { top, height }: View) {
  if (count <= few) return { first: 0, last: count }
  const first = Math.max(0, Math.floor(top / rowHeight) - spare)
  return { first, last: Math.min(count, Math.ceil((top + height) / rowHeight) + spare) }
}

function Spacer({ rows, span }: { readonly rows: number; readonly span: number }) {
  if (rows === 0) return null
  return (
    <tbody class="spacer" aria-hidden="true">
      <tr>
        <td colSpan={span} style={{ height: `${rows * rowHeight}px` }} />
      </tr>
    </tbody>
  )
}

interface HeadingProps<T> {
  readonly column: Column<T>
  readonly sorting: Sorting | undefined
  readonly onSort: (next: Sorting) => void
}

function Heading<T>({ column, sorting, onSort }: HeadingProps<T>) {
  const className = column.isNumber ? 'number' : undefined
  if (!column.sortBy) {
    return (
      <th scope="col" class={className}>
        {column.header}
      </th>
    )
  }
  const own = sorting?.column === column.id ? sorting : undefined
  const order = own && (own.isDescending ? 'descending' : 'ascending')
  return (
    <th scope="col" class={className} aria-sort={order ?? 'none'}>
      <button
        type="button"
        onClick={() => onSort({ column: column.id, isDescending: own ? !own.isDescending : false })}
      >
        {column.header}
      </button>
    </th>
  )
}

function sortRows<T>(rows: readonly T[], columns: readonly Column<T>[], sorting: Sorting | undefined): readonly T[] {
  const sortBy = columns.find(({ id }) => id === sorting?.column)?.sortBy
  if (!sorting || !sortBy) return rows
  const sign = sorting.isDescending ? -1 : 1
  return [...rows].sort((a, b) => sign * compare(sortBy(a), sortBy(b)))
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}
