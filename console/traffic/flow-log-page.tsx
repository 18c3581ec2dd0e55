/** Flow log records while they grow, each with the rule, connection or ACL that decided it; and what logs delivered. */

import { useSignal, useSignalEffect } from '@preact/signals'
import type { LiveRecord } from '../../src/app/console/api.ts'
import type { FlowLog } from '../../src/ec2/protocol/types.generated.ts'
import { useAsked } from '../api/asked.ts'
import { allPages } from '../api/client.ts'
import { listen } from '../api/events.ts'
import { Commands } from '../parts/commands.tsx'
import { type Filter, filtered, noFilter, type Property } from '../parts/filter.ts'
import { FilterBar } from '../parts/filter-bar.tsx'
import { Table } from '../parts/table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Page } from '../shell/page.tsx'
import type { PageProps } from '../shell/page-props.ts'
import { navigate } from '../shell/router.ts'
import { region } from '../shell/session.ts'
import { Delivered } from './delivered.tsx'
import { recordColumns } from './record-columns.tsx'
import { RecordDetail } from './record-detail.tsx'
import { SendForm } from './send-form.tsx'

const properties: readonly Property<LiveRecord>[] = [
  { id: 'interface', label: 'Network interface', text: ({ networkInterface }) => networkInterface },
  { id: 'flow', label: 'Flow', text: ({ flow }) => flow },
  { id: 'action', label: 'Action', text: ({ action }) => action },
  { id: 'direction', label: 'Direction', text: ({ direction }) => direction },
  { id: 'rule', label: 'Rule', text: ({ decidedBy }) => decidedBy.rules.map(({ rule }) => rule).join(' ') },
  { id: 'log', label: 'Flow log', text: ({ flowLogs }) => flowLogs.join(' ') },
]

const mostShown = 1000
const describeCall = { action: 'DescribeFlowLogs', input: {} }

const tabs = [
  { id: 'live', label: 'Live records' },
  { id: 'delivered', label: 'Delivered lines' },
]

export function FlowLogPage({ rest }: PageProps) {
  const [tab = 'live'] = rest
  const logs = useAsked('flow logs', () => allPages<FlowLog>('DescribeFlowLogs', 'FlowLogs')).value.answer ?? []
  return (
    <Page
      title="Flow log"
      about="Every packet that an interface meets counts in a record; what is never filtered is not logged."
    >
      <div class="stack">
        <SendForm />
        <section class="panel">
          <Tabs
            label="Flow log"
            tabs={tabs}
            chosen={tab === 'delivered' ? tab : 'live'}
            onChoose={(id) => navigate(id === 'live' ? '/flow-log' : `/flow-log/${id}`, { replace: true })}
          >
            {tab === 'delivered' ? <Delivered logs={logs} /> : <Live />}
          </Tabs>
        </section>
        <Commands calls={[describeCall]} />
      </div>
    </Page>
  )
}

function Live() {
  const records = useSignal<ReadonlyMap<string, LiveRecord>>(new Map())
  const isPaused = useSignal(false)
  const filter = useSignal<Filter>(noFilter)
  const chosen = useSignal<string | undefined>(undefined)
  useSignalEffect(() => {
    if (region.value) records.value = new Map()
    return listen('records', (news) => {
      if (!isPaused.peek()) records.value = added(records.peek(), news)
    })
  })
  const all = [...records.value.values()].reverse()
  const shown = filtered(all, properties, filter.value)
  const record = records.value.get(chosen.value ?? '')
  return (
    <>
      <div class="panel-head">
        <h2>
          Records <small>({shown.length === all.length ? all.length : `${shown.length} of ${all.length}`})</small>
        </h2>
        <button
          class="button"
          type="button"
          aria-pressed={isPaused.value}
          onClick={() => {
            isPaused.value = !isPaused.value
          }}
        >
          {isPaused.value ? 'Go on' : 'Pause'}
        </button>
      </div>
      <FilterBar what="records" properties={properties} filter={filter} />
      <Table
        caption="Flow log records"
        rows={shown}
        columns={recordColumns({ chosen })}
        rowKey={({ key }) => key}
        chosen={chosen.value}
        empty={
          <>
            <strong>No records yet</strong>They appear here as packets pass.
          </>
        }
      />
      {record && <RecordDetail record={record} />}
    </>
  )
}

/** A record that grew moves to the end; the longest unseen go. */
function added(before: ReadonlyMap<string, LiveRecord>, news: readonly LiveRecord[]): ReadonlyMap<string, LiveRecord> {
  const records = new Map(before)
  for (const record of news) {
    records.delete(record.key)
    records.set(record.key, record)
  }
  return records.size <= mostShown ? records : new Map([...records].slice(-mostShown))
}
