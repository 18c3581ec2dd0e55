/** The map's filters: how interfaces are shown together, on which service, and who. */

import type { MapView } from '../../src/app/console/api.ts'
import { type Asked, ask } from './asked-map.ts'

export interface MapFilterProps {
  readonly asked: Asked
  readonly view: MapView | undefined
  readonly problem: string | undefined
}

const kinds = [
  ['', 'Automatic'],
  ['interface', 'Interfaces'],
  ['group', 'Security groups'],
  ['subnet', 'Subnets'],
] as const

const usualServices = [
  'tcp/22',
  'tcp/80',
  'tcp/443',
  'tcp/3306',
  'tcp/5432',
  'tcp/3389',
  'udp/53',
  'icmp',
  'tcp',
  'udp',
]

export function MapFilter({ asked, view, problem }: MapFilterProps) {
  return (
    <>
      <form class="filter map-filter" aria-label="Filter the map" onSubmit={(event) => event.preventDefault()}>
        <label class="field">
          <span>Show</span>
          <select
            class="input"
            value={asked.by}
            onChange={(event) => ask({ by: event.currentTarget.value, opened: [], node: undefined, arrow: undefined })}
          >
            {kinds.map(([id, label]) => (
              <option key={id} value={id}>
                {id === '' && view ? `${label} (${kindName(view.by)})` : label}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Open on</span>
          <input
            class="input"
            list="usual-services"
            placeholder="tcp/22, udp/500-600, icmp"
            autocomplete="off"
            aria-invalid={problem === undefined ? undefined : 'true'}
            value={asked.on}
            onInput={(event) => ask({ on: event.currentTarget.value.trim().toLowerCase() })}
          />
        </label>
        <datalist id="usual-services">
          {usualServices.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <label class="field">
          <span>Find</span>
          <input
            class="input"
            type="search"
            placeholder="Name, ID, address, group"
            value={asked.find}
            onInput={(event) => ask({ find: event.currentTarget.value })}
          />
        </label>
      </form>
      <p class="map-count quiet" role="status">
        {problem ? <span class="bad">{problem}</span> : view && countText(view)}
      </p>
    </>
  )
}

function kindName(kind: MapView['by']): string {
  return (kinds.find(([id]) => id === kind)?.[1] ?? '').toLowerCase()
}

function countText({ interfaces, nodes, arrows }: MapView): string {
  const shown = nodes.reduce((sum, node) => sum + node.interfaces, 0)
  const some = shown === interfaces ? plural(interfaces, 'interface') : `${shown} of ${plural(interfaces, 'interface')}`
  return `${some}, ${plural(arrows.length, 'arrow')}`
}

function plural(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
