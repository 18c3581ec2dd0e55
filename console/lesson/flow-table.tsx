/** What the security groups remember at a moment: tracked flows with their seconds, and untracked ones beside them. */

import type { FlowRow } from '../../src/lesson/flow-rows.ts'
import { count, spanText } from './words.ts'

export function FlowTable({
  flows,
  before = [],
}: {
  readonly flows: readonly FlowRow[]
  readonly before?: readonly FlowRow[]
}) {
  const known = new Set(before.map(keyOf))
  return (
    <section class="panel" aria-label="State table">
      <div class="panel-head">
        <h2>
          State table <small>{count(flows.filter(({ isTracked }) => isTracked).length, 'tracked connection')}</small>
        </h2>
      </div>
      {flows.length === 0 ? (
        <p class="panel-body quiet">Nothing is remembered.</p>
      ) : (
        <ul class="flows">
          {flows.map((flow) => (
            <li key={keyOf(flow)} data-new={!known.has(keyOf(flow))}>
              <Standing flow={flow} />
              <span>
                <span class="id">{flow.flow}</span>
                <span class="quiet">
                  {' '}
                  at {flow.networkInterface}
                  {flow.rules.length > 0 && `, by ${flow.rules.join(', ')}`}
                  {flow.isTracked && flow.isRevoked && ', which is revoked'}
                </span>
              </span>
              {flow.secondsLeft !== null && <span class="left">{spanText(flow.secondsLeft)} left</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Standing({ flow: { isTracked, status } }: { readonly flow: FlowRow }) {
  if (status === 'cut') return <span class="badge bad">Cut</span>
  return isTracked ? <span class="badge good">Tracked</span> : <span class="badge warn">Untracked</span>
}

function keyOf({ networkInterface, direction, flow, isTracked }: FlowRow): string {
  return `${networkInterface} ${direction} ${flow} ${isTracked}`
}
