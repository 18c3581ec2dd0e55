/** Who can open a connection to whom: interfaces, groups, subnets and the internet with arrows between them, as a picture or a list. */

import type { MapView, Problem } from '../../src/app/console/api.ts'
import { post } from '../api/client.ts'
import { useTried } from '../api/tried.ts'
import { CommandLines } from '../parts/commands.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Page } from '../shell/page.tsx'
import { ArrowDetail } from './arrow-detail.tsx'
import { ArrowList } from './arrow-list.tsx'
import { type Asked, ask, askedNow, bodyOf } from './asked-map.ts'
import { internet } from './layout.ts'
import { MapFilter } from './map-filter.tsx'
import { NodeDetail } from './node-detail.tsx'
import { Picture } from './picture.tsx'

const tabs = [
  { id: 'picture', label: 'Map' },
  { id: 'list', label: 'List' },
]

export function MapPage() {
  const asked = askedNow()
  const body = bodyOf(asked)
  const { view, problem } = useTried(JSON.stringify(body), () => post<MapView | Problem>('map', body))
  return (
    <Page title="Map" about="Who can open a connection to whom: rules, ACLs, routes and the answer's way back.">
      <div class="stack">
        <section class="panel" aria-label="Map">
          <MapFilter asked={asked} view={view} problem={problem} />
          {!view && !problem && <p class="empty">Asking who reaches whom…</p>}
          {view && (
            <Tabs
              label="How the map is shown"
              tabs={tabs}
              chosen={asked.isList ? 'list' : 'picture'}
              onChoose={(id) => ask({ isList: id === 'list' })}
            >
              <Shown view={view} asked={asked} />
            </Tabs>
          )}
        </section>
        <CommandLines lines={[reachLine(asked, view)]} title="As a command" />
      </div>
    </Page>
  )
}

function Shown({ view, asked }: { readonly view: MapView; readonly asked: Asked }) {
  if (view.nodes.length === 0) return <Nothing view={view} asked={asked} />
  const arrow = view.arrows.find(({ from, to }) => from === asked.arrow?.from && to === asked.arrow.to)
  const hasNode = asked.node === internet || view.nodes.some(({ key }) => key === asked.node)
  const isChosen = arrow !== undefined || hasNode
  return (
    <div class={isChosen ? 'map has-detail' : 'map'}>
      {asked.isList ? <ArrowList view={view} asked={asked} /> : <Picture view={view} asked={asked} />}
      {arrow && <ArrowDetail key={`${arrow.from} ${arrow.to}`} view={view} arrow={arrow} asked={asked} />}
      {!arrow && hasNode && asked.node !== undefined && <NodeDetail view={view} asked={asked} chosen={asked.node} />}
    </div>
  )
}

function Nothing({ view, asked }: { readonly view: MapView; readonly asked: Asked }) {
  return (
    <p class="empty">
      {view.interfaces === 0 ? (
        <>
          <strong>No network interfaces</strong>
          Launch an instance or create an interface, and it appears here.
        </>
      ) : (
        <strong>Nothing is called {asked.find}</strong>
      )}
    </p>
  )
}

function reachLine({ by, on }: Asked, view: MapView | undefined): string {
  const kind = by || view?.by
  return ['sallyport reach', kind ? `--by ${kind}` : '', on ? `--on ${on}` : ''].filter(Boolean).join(' ')
}
