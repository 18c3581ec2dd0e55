/** The map as a picture. Boxes and labels are buttons, so that it is walked by keyboard and read out in words. */

import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { MapArrow, MapNode, MapView } from '../../src/app/console/api.ts'
import { href } from '../shell/router.ts'
import { type Asked, ask } from './asked-map.ts'
import type { Rect } from './curves.ts'
import { type Frame, internet, layoutOf, type PlacedArrow, type PlacedNode } from './layout.ts'
import { nameOf } from './names.ts'

export interface PictureProps {
  readonly view: MapView
  readonly asked: Asked
}

/** Of more arrows than this those of single interfaces are left out, and then all but the internet's and what is chosen's. */
const mostArrows = 120

export function Picture({ view, asked }: PictureProps) {
  const place = useRef<HTMLDivElement>(null)
  const width = useSignal(0)
  useLayoutEffect(() => {
    const box = place.current
    if (!box) return
    const look = () => {
      width.value = box.clientWidth - 2 * margin
    }
    const observer = new ResizeObserver(look)
    observer.observe(box)
    look()
    return () => observer.disconnect()
  }, [])
  const drawn = drawnArrows(view, asked)
  return (
    <div class="map-place" ref={place}>
      {drawn.length < view.arrows.length && (
        <p class="quiet map-note">
          {view.arrows.length - drawn.length} arrows are not drawn: choose a box to see its own, or filter.
        </p>
      )}
      {width.value > 0 && <Drawn view={view} asked={asked} width={width.value} arrows={drawn} />}
    </div>
  )
}

const margin = 12

function drawnArrows({ nodes, arrows }: MapView, { node, arrow }: Asked): readonly MapArrow[] {
  if (arrows.length <= mostArrows) return arrows
  const wide = new Set([internet, ...nodes.filter(({ kind }) => kind !== 'interface').map(({ key }) => key)])
  const isWide = ({ from, to }: MapArrow) => wide.has(from) && wide.has(to)
  const isAmongFew = arrows.filter(isWide).length <= mostArrows
  const ends = new Set([internet, ...(node === undefined ? [] : [node])])
  const isChosen = ({ from, to }: MapArrow) =>
    ends.has(from) || ends.has(to) || (from === arrow?.from && to === arrow.to)
  return arrows.filter((each) => isChosen(each) || (isAmongFew && isWide(each)))
}

interface DrawnProps extends PictureProps {
  readonly width: number
  readonly arrows: readonly MapArrow[]
}

function Drawn({ view, asked, width, arrows }: DrawnProps) {
  const layout = layoutOf(view, width, arrows)
  const standing = standingIn(asked)
  // Arrows of what is chosen lie over the others.
  const ordered = layout.arrows.toSorted(
    (a, b) => Number(standing(a.arrow) === 'chosen') - Number(standing(b.arrow) === 'chosen'),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="map-scroll" tabIndex={0} aria-label="Picture of the map">
      <div class="map-sheet" style={{ width: `${layout.width}px`, height: `${layout.height}px` }}>
        {layout.frames.map((frame) => (
          <FrameBox key={frame.key} frame={frame} asked={asked} />
        ))}
        <svg class="map-arrows" width={layout.width} height={layout.height} aria-hidden="true">
          {ordered.map((placed) => (
            <ArrowLine
              key={`${placed.arrow.from} ${placed.arrow.to}`}
              placed={placed}
              standing={standing(placed.arrow)}
            />
          ))}
        </svg>
        {layout.nodes.map((placed) => (
          <NodeBox key={placed.key} placed={placed} asked={asked} />
        ))}
        {layout.arrows.map((placed) => (
          <ArrowLabel
            key={`${placed.arrow.from} ${placed.arrow.to}`}
            view={view}
            placed={placed}
            standing={standing(placed.arrow)}
          />
        ))}
      </div>
    </section>
  )
}

type Standing = 'chosen' | 'plain' | 'dim'

function standingIn({ node, arrow }: Asked): (each: MapArrow) => Standing {
  if (arrow) return ({ from, to }) => (from === arrow.from && to === arrow.to ? 'chosen' : 'dim')
  if (node === undefined) return () => 'plain'
  return ({ from, to }) => (from === node || to === node ? 'chosen' : 'dim')
}

function styleOf({ x, y, width, height }: Rect) {
  return { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }
}

function FrameBox({ frame, asked }: { readonly frame: Frame; readonly asked: Asked }) {
  const { key, name, detail, kind, isOpened } = frame
  const close = () => ask({ opened: asked.opened.filter((each) => each !== key), node: undefined, arrow: undefined })
  return (
    <div class={`map-frame ${kind}`} style={styleOf(frame)}>
      <p title={`${name} ${detail}`}>
        <strong>{name}</strong> <span class="quiet">{detail}</span>
      </p>
      {isOpened && (
        <button class="button small" type="button" onClick={close} aria-label={`Close ${name}`}>
          Close
        </button>
      )}
    </div>
  )
}

function ArrowLine({ placed, standing }: { readonly placed: PlacedArrow; readonly standing: Standing }) {
  const { arrow, path, head } = placed
  return (
    <g class="map-arrow" data-known={arrow.isKnown}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the label is the button; its line is as good for the mouse. */}
      <path class="map-arrow-hit" d={path} onClick={() => choose(arrow)} />
      <path class={`map-arrow-line ${standing}`} d={path} />
      <path class={`map-arrow-head ${standing}`} d={head} />
    </g>
  )
}

function choose({ from, to }: MapArrow): void {
  ask({ arrow: { from, to }, node: undefined })
}

interface ArrowLabelProps {
  readonly view: MapView
  readonly placed: PlacedArrow
  readonly standing: Standing
}

function ArrowLabel({ view, placed: { arrow, text, label }, standing }: ArrowLabelProps) {
  const words = `${nameOf(view, arrow.from)} to ${nameOf(view, arrow.to)}: ${arrow.isKnown ? '' : 'perhaps '}${arrow.on}`
  return (
    <button
      class={text === '' ? 'map-label dot' : 'map-label'}
      type="button"
      data-standing={standing}
      style={styleOf(label)}
      title={words}
      aria-label={words}
      onClick={() => choose(arrow)}
    >
      {text}
    </button>
  )
}

function NodeBox({ placed, asked }: { readonly placed: PlacedNode; readonly asked: Asked }) {
  const { key, node } = placed
  const isChosen = asked.node === key
  const toggle = () => ask({ node: isChosen ? undefined : key, arrow: undefined })
  const kind = node === undefined ? 'internet' : node.kind
  return (
    <div class={`map-node ${kind}`} style={styleOf(placed)} data-chosen={isChosen} data-found={node?.isFound === true}>
      <button
        class="map-node-main"
        type="button"
        aria-pressed={isChosen}
        onClick={toggle}
        title={node && titleOf(node)}
      >
        <strong>{node?.name ?? 'internet'}</strong>
        <span>{node?.detail ?? 'any address'}</span>
      </button>
      {node && node.kind === 'interface' && <Badges node={node} />}
      {node && node.kind !== 'interface' && (
        <button class="map-open" type="button" aria-label={`Open ${node.name}`} onClick={() => open(asked, key)}>
          +
        </button>
      )}
    </div>
  )
}

export function open(asked: Asked, key: string): void {
  ask({ opened: [...asked.opened, key], node: undefined, arrow: undefined })
}

function titleOf({ name, id, detail }: MapNode): string {
  return [...new Set([name, id, detail])].join('\n')
}

const mostBadges = 2

function Badges({ node: { groups } }: { readonly node: MapNode }) {
  return (
    <p class="map-badges">
      {groups.slice(0, mostBadges).map(({ id, name }) => (
        <a key={id} class="badge" href={href(`/groups/${id}`)} title={`Security group ${id}`}>
          {name}
        </a>
      ))}
      {groups.length > mostBadges && <span class="badge">+{groups.length - mostBadges}</span>}
    </p>
  )
}
