/** A box of the map: what it stands for, and its arrows, out and in. */

import type { MapArrow, MapNode, MapView } from '../../src/app/console/api.ts'
import { href } from '../shell/router.ts'
import { type Asked, ask } from './asked-map.ts'
import { useInView } from './in-view.ts'
import { nameOf } from './names.ts'
import { open } from './picture.tsx'

export interface NodeDetailProps {
  readonly view: MapView
  readonly asked: Asked
  readonly chosen: string
}

export function NodeDetail({ view, asked, chosen }: NodeDetailProps) {
  const own = useInView<HTMLElement>(chosen)
  const node = view.nodes.find(({ key }) => key === chosen)
  const name = nameOf(view, chosen)
  return (
    <section class="map-detail" ref={own} aria-label={name}>
      <div class="map-detail-head">
        <h2>{name}</h2>
        <button class="button small" type="button" onClick={() => ask({ node: undefined })}>
          Close
        </button>
      </div>
      {node ? <Facts node={node} asked={asked} /> : <p class="quiet">Every address outside of the Region's VPCs.</p>}
      <Arrows
        view={view}
        title="Can open connections to"
        arrows={view.arrows.filter(({ from }) => from === chosen)}
        end="to"
      />
      <Arrows
        view={view}
        title="Can be opened to by"
        arrows={view.arrows.filter(({ to }) => to === chosen)}
        end="from"
      />
    </section>
  )
}

function Facts({ node, asked }: { readonly node: MapNode; readonly asked: Asked }) {
  const { kind, id, detail, groups, key } = node
  return (
    <>
      <p>
        {kind === 'interface' && <span class="id">{id}</span>} <span class="quiet">{detail}</span>
      </p>
      {groups.length > 0 && (
        <p class="map-badges">
          {groups.map((group) => (
            <a key={group.id} class="badge" href={href(`/groups/${group.id}`)}>
              {group.name}
            </a>
          ))}
        </p>
      )}
      {kind !== 'interface' && (
        <button class="button" type="button" onClick={() => open(asked, key)}>
          Open: show its {node.interfaces} {node.interfaces === 1 ? 'interface' : 'interfaces'}
        </button>
      )}
    </>
  )
}

interface ArrowsProps {
  readonly view: MapView
  readonly title: string
  readonly arrows: readonly MapArrow[]
  readonly end: 'from' | 'to'
}

function Arrows({ view, title, arrows, end }: ArrowsProps) {
  const words = (arrow: MapArrow) => nameOf(view, arrow[end])
  const sorted = arrows.toSorted((a, b) => words(a).localeCompare(words(b), 'en', { numeric: true }))
  return (
    <div>
      <h3>
        {title} <span class="quiet">({arrows.length})</span>
      </h3>
      <ul class="map-rules">
        {sorted.map((arrow) => (
          <li key={arrow[end]}>
            <button class="link" type="button" onClick={() => ask({ arrow: { from: arrow.from, to: arrow.to } })}>
              {words(arrow)}
            </button>{' '}
            {arrow.isKnown ? '' : 'perhaps '}
            {arrow.on}
          </li>
        ))}
      </ul>
    </div>
  )
}
