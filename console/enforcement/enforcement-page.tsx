/** Which network interfaces have their rules enforced on real traffic, whether they hold, and what they refused. */

import { useSignal } from '@preact/signals'
import type { InterfaceStanding } from '../../src/app/enforcement/shown.ts'
import { CommandLines } from '../parts/commands.tsx'
import { type Filter, filtered, noFilter, type Property } from '../parts/filter.ts'
import { FilterBar } from '../parts/filter-bar.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useEnforcement } from './heard.ts'
import { StateBadge } from './state-badge.tsx'

const placeOf = ({ where }: InterfaceStanding) =>
  where.kind === 'namespace' ? `namespace, ${where.device}` : `${where.host}, ${where.device}`

const columns: readonly Column<InterfaceStanding>[] = [
  {
    id: 'interface',
    header: 'Network interface ID',
    width: 205,
    cell: ({ networkInterface }) => <span class="id">{networkInterface}</span>,
    sortBy: ({ networkInterface }) => networkInterface,
  },
  {
    id: 'state',
    header: 'Enforcement',
    width: 112,
    cell: ({ state }) => <StateBadge state={state} />,
    sortBy: ({ state }) => state,
  },
  { id: 'why', header: 'Why', width: 190, cell: ({ why }) => <span title={why ?? ''}>{why ?? '-'}</span> },
  {
    id: 'since',
    header: 'Since',
    width: 184,
    cell: ({ since }) => new Date(since).toLocaleString(),
    sortBy: ({ since }) => since,
  },
  { id: 'where', header: 'Where', width: 170, cell: placeOf, sortBy: placeOf },
  {
    id: 'in',
    header: 'Refused in',
    width: 100,
    isNumber: true,
    cell: ({ refused }) => refused.ingress.toLocaleString('en-US'),
    sortBy: ({ refused }) => refused.ingress,
  },
  {
    id: 'out',
    header: 'Refused out',
    width: 106,
    isNumber: true,
    cell: ({ refused }) => refused.egress.toLocaleString('en-US'),
    sortBy: ({ refused }) => refused.egress,
  },
  {
    id: 'instance',
    header: 'Instance ID',
    width: 190,
    cell: ({ instance }) => <span class="id">{instance ?? '-'}</span>,
    sortBy: ({ instance }) => instance ?? '',
  },
]

const properties: readonly Property<InterfaceStanding>[] = [
  { id: 'interface', label: 'Network interface', text: ({ networkInterface }) => networkInterface },
  { id: 'instance', label: 'Instance', text: ({ instance }) => instance ?? '' },
  { id: 'state', label: 'Enforcement', text: ({ state }) => state },
  { id: 'where', label: 'Where', text: placeOf },
]

export function EnforcementPage() {
  const heard = useEnforcement()
  const filter = useSignal<Filter>(noFilter)
  const all = heard.value?.interfaces ?? []
  return (
    <Page
      title="Enforcement"
      about="The network interfaces whose rules the Linux kernel enforces on real traffic, and whether they hold."
    >
      <div class="stack">
        <section class="panel">
          <div class="panel-head">
            <h2>
              Enforced interfaces <small>({all.length})</small>
            </h2>
          </div>
          {all.length > 0 && <FilterBar what="interfaces" properties={properties} filter={filter} />}
          {heard.value ? (
            <Table
              caption="Enforced interfaces"
              rows={filtered(all, properties, filter.value)}
              columns={columns}
              rowKey={({ networkInterface }) => networkInterface}
              empty={
                <>
                  <strong>Nothing is enforced</strong>Rules decide about packets that the engine is sent. Start with
                  sallyport serve --data-plane namespaces, or run sallyport agent on a host.
                </>
              }
            />
          ) : (
            <p class="empty">Listening…</p>
          )}
        </section>
        <CommandLines lines={['sallyport status', 'sallyport rules --hits']} title="As commands" />
      </div>
    </Page>
  )
}
