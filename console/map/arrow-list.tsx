/** The map's arrows as a table: the same for who does not look at pictures. */

import type { MapArrow, MapView } from '../../src/app/console/api.ts'
import { type Column, Table } from '../parts/table.tsx'
import { type Asked, ask } from './asked-map.ts'
import { nameOf } from './names.ts'

function columnsFor(view: MapView): readonly Column<MapArrow>[] {
  const from = (arrow: MapArrow) => nameOf(view, arrow.from)
  const to = (arrow: MapArrow) => nameOf(view, arrow.to)
  return [
    { id: 'from', header: 'From', width: 150, cell: from, sortBy: from },
    { id: 'to', header: 'To', width: 150, cell: to, sortBy: to },
    {
      id: 'on',
      header: 'Open on',
      width: 200,
      cell: (arrow) => (
        <button
          class="link"
          type="button"
          aria-label={`${from(arrow)} to ${to(arrow)}: ${arrow.on}`}
          onClick={() => ask({ arrow: { from: arrow.from, to: arrow.to }, node: undefined })}
        >
          {arrow.isKnown ? '' : 'perhaps '}
          {arrow.on}
        </button>
      ),
      sortBy: ({ on }) => on,
    },
    {
      id: 'families',
      header: 'Over',
      width: 120,
      cell: ({ families }) => families.map((each) => `IPv${each}`).join(', '),
    },
  ]
}

export function ArrowList({ view, asked }: { readonly view: MapView; readonly asked: Asked }) {
  const words = ({ from, to }: MapArrow) => `${nameOf(view, from)} ${nameOf(view, to)}`
  return (
    <Table
      caption="Who can open a connection to whom"
      rows={view.arrows.toSorted((a, b) => words(a).localeCompare(words(b), 'en', { numeric: true }))}
      columns={columnsFor(view)}
      rowKey={({ from, to }) => `${from} ${to}`}
      chosen={asked.arrow && `${asked.arrow.from} ${asked.arrow.to}`}
      empty={<strong>Nobody can open a connection{asked.on === '' ? '' : ` on ${asked.on}`}</strong>}
    />
  )
}
