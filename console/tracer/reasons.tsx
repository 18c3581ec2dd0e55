/** Why a station let a packet pass or not: groups, their rules, and at which part each rule fails. */

import type { Reason, Station } from '../../src/app/console/api.ts'

export function Reasons({ station }: { readonly station: Station }) {
  return (
    <>
      <p class="reason-head">
        <span class="id">{station.name}</span>: {station.sentence}.
      </p>
      {station.reasons.length > 0 && <Branch reasons={station.reasons} />}
    </>
  )
}

function Branch({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <ul class="reasons">
      {reasons.map((reason) => (
        <li key={reason.text}>
          <span class={reason.holds ? 'good' : 'bad'} aria-hidden="true">
            {reason.holds ? '✓' : '✗'}
          </span>
          <span class="visually-hidden">{reason.holds ? 'holds: ' : 'does not hold: '}</span> {reason.text}
          {reason.reasons.length > 0 && <Branch reasons={reason.reasons} />}
        </li>
      ))}
    </ul>
  )
}
