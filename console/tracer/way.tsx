/** The stations of one packet's way, in its order; it stops where it is refused. */

import type { PassageView, Station } from '../../src/app/console/api.ts'

export interface WayProps {
  readonly passage: PassageView
  readonly chosen: number
  readonly onChoose: (station: number) => void
}

const marks = { passes: '✓', stops: '✗', unknown: '?', 'not reached': '·' } as const

const kinds: Readonly<Record<string, string>> = {
  egress: 'Egress rules',
  ingress: 'Ingress rules',
  acl: 'Network ACL',
  route: 'Route table',
  gateway: 'Internet gateway',
  'public-address': 'Public address',
  delivery: 'Delivery',
  'interface-state': 'Instance',
  outside: 'Outside',
  exempt: 'Never filtered',
}

export function Way({ passage, chosen, onChoose }: WayProps) {
  return (
    <ol class="way" key={passage.packet}>
      {passage.stations.map((station, at) => (
        <li
          key={`${at} ${station.name}`}
          class="station"
          data-outcome={station.outcome}
          aria-current={at === chosen ? 'true' : undefined}
          style={{ '--at': at }}
        >
          <span class="station-mark" aria-hidden="true">
            {marks[station.outcome]}
          </span>
          <button type="button" class="station-body" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
            <span class="station-kind">{kinds[station.kind] ?? station.kind}</span> <Name station={station} />
            <span class="station-sentence">{station.sentence}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function Name({ station: { name, kind, outcome } }: { readonly station: Station }) {
  const own = name.replace(`${kinds[kind] ?? ''} `, '')
  return (
    <span class="id">
      {own === kinds[kind] ? '' : own}
      <span class="visually-hidden"> {outcome}</span>
    </span>
  )
}
