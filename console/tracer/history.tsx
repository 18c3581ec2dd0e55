/** What was done in the trace so far, newest first. */

import type { TraceEvent } from '../../src/app/console/api.ts'
import { commandOf } from '../api/command.ts'

export function History({ happened }: { readonly happened: readonly TraceEvent[] }) {
  if (happened.length === 0) return null
  return (
    <section class="panel" aria-label="What happened">
      <div class="panel-head">
        <h2>What happened</h2>
      </div>
      <ol class="history panel-body" reversed>
        {happened
          .map((event, index) => ({ event, index }))
          .reverse()
          .map(({ event, index }) => (
            <li key={index}>
              <Event event={event} />
            </li>
          ))}
      </ol>
    </section>
  )
}

function Event({ event }: { readonly event: TraceEvent }) {
  if (event.kind === 'wait') return <span>Waited {event.seconds.toLocaleString('en-US')} s</span>
  if (event.kind === 'call') {
    return (
      <span>
        <code>{commandOf(event.call)}</code> {event.refusal && <span class="bad">{event.refusal}</span>}
      </span>
    )
  }
  const { report, label } = event
  const stop = report.stations.find(({ outcome }) => outcome === 'stops' || outcome === 'unknown')
  return (
    <span>
      <span class={report.isDelivered ? 'badge good' : 'badge bad'}>
        {report.isDelivered ? 'delivered' : 'refused'}
      </span>{' '}
      {label} <code>{report.packet}</code> {stop && <span class="quiet">{stop.sentence}</span>}
    </span>
  )
}
