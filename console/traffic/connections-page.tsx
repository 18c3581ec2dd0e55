/** The live table: what passes, tracked or not, what admitted it, and what a revoke would do to it. */

import { useSignal, useSignalEffect } from '@preact/signals'
import type { ConnectionList } from '../../src/app/console/api.ts'
import type { LiveFlow } from '../../src/app/live-flow.ts'
import { listen } from '../api/events.ts'
import { CommandLines } from '../parts/commands.tsx'
import { type Filter, filtered, type Property } from '../parts/filter.ts'
import { FilterBar } from '../parts/filter-bar.tsx'
import { Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { query } from '../shell/router.ts'
import { region } from '../shell/session.ts'
import { flowColumns, flowKey } from './flow-columns.tsx'
import { FlowDetail } from './flow-detail.tsx'
import { SendForm } from './send-form.tsx'

const properties: readonly Property<LiveFlow>[] = [
  { id: 'interface', label: 'Network interface', text: ({ networkInterface }) => networkInterface },
  { id: 'instance', label: 'Instance', text: ({ instance }) => instance ?? '' },
  { id: 'flow', label: 'Flow', text: ({ flow }) => flow },
  { id: 'state', label: 'State', text: ({ state }) => state },
  { id: 'tracking', label: 'Tracking', text: ({ isTracked }) => (isTracked ? 'tracked' : 'untracked') },
  { id: 'witness', label: 'Seen by', text: ({ witness }) => witness },
  { id: 'rule', label: 'Rule', text: ({ rules }) => rules.map(({ rule }) => rule).join(' ') },
  { id: 'group', label: 'Security group', text: ({ rules }) => rules.map(({ group }) => group).join(' ') },
]

/** The list with the moment that it came at, by this browser's clock: seconds drain from there. */
interface Heard extends ConnectionList {
  readonly heardAt: number
}

const about =
  'What passes at this moment, at each interface that it passes: the packets that the engine is sent, and the real ' +
  'traffic of enforced interfaces.'

export function ConnectionsPage() {
  const heard = useSignal<Heard | undefined>(undefined)
  const now = useSignal(Date.now())
  const filter = useSignal<Filter>({ text: query.peek().get('flow') ?? '', tokens: [] })
  const chosen = useSignal<string | undefined>(undefined)
  useSignalEffect(() => {
    if (region.value) heard.value = undefined
    return listen('connections', (list) => {
      heard.value = { ...list, heardAt: Date.now() }
      now.value = Date.now()
    })
  })
  useSignalEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 1000)
    return () => clearInterval(timer)
  })
  const flows = heard.value ? drained(heard.value, now.value) : []
  const shown = filtered(flows, properties, filter.value)
  const flow = flows.find((each) => flowKey(each) === chosen.value)
  return (
    <Page title="Connections" about={about}>
      <div class="stack">
        <SendForm />
        <section class="panel">
          <div class="panel-head">
            <h2>
              Live connections{' '}
              <small>({shown.length === flows.length ? flows.length : `${shown.length} of ${flows.length}`})</small>
            </h2>
            {heard.value && heard.value.hidden > 0 && (
              <span class="badge">{heard.value.hidden} older ones not shown</span>
            )}
          </div>
          <FilterBar what="connections" properties={properties} filter={filter} />
          {heard.value ? (
            <Table
              caption="Live connections"
              rows={shown}
              columns={flowColumns({ chosen })}
              rowKey={flowKey}
              chosen={chosen.value}
              empty={
                <>
                  <strong>No live connections</strong>Send packets above, or with sallyport send.
                </>
              }
            />
          ) : (
            <p class="empty">Listening…</p>
          )}
        </section>
        {flow && <FlowDetail flow={flow} />}
        <CommandLines lines={['sallyport connections --watch']} title="As a command" />
      </div>
    </Page>
  )
}

/** As it is now: what has idled out is gone. */
function drained({ connections, heardAt }: Heard, now: number): LiveFlow[] {
  const passed = Math.floor(Math.max(0, now - heardAt) / 1000)
  return connections.flatMap((flow) => {
    if (flow.secondsLeft === null) return [flow]
    const secondsLeft = flow.secondsLeft - passed
    return secondsLeft > 0 ? [{ ...flow, secondsLeft }] : []
  })
}
