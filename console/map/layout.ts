/**
 * Where a map's boxes and arrows are drawn: columns by how many steps the internet is away, subnets and opened
 * groups as frames, curves that keep clear of boxes. The same view always has the same picture.
 */

import type { MapArrow, MapNode, MapView } from '../../src/app/console/api.ts'
import { curveBetween, type Labelled, labelPlaces, type Rect, type Surroundings, sidesOf } from './curves.ts'

export interface Frame extends Rect {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly kind: 'vpc' | 'box'
  readonly isOpened: boolean
}

export interface PlacedNode extends Rect {
  readonly key: string
  /** Undefined for the internet. */
  readonly node: MapNode | undefined
}

export interface PlacedArrow extends Labelled {
  readonly arrow: MapArrow
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly frames: readonly Frame[]
  readonly nodes: readonly PlacedNode[]
  readonly arrows: readonly PlacedArrow[]
}

export const internet = 'internet'
/** From here on arrows say what they are open on when they are asked only. */
const mostWords = 40
const mostWordsNarrow = 10
/** Narrower than this all is in one column. */
const narrow = 640
const nodeWidth = 156
const internetWidth = 104
const rowGap = 16
const pad = 12
const head = 34

interface Sizes {
  readonly width: number
  readonly columnGap: number
  readonly isNarrow: boolean
  readonly columns: number
}

export function layoutOf(view: MapView, width: number, arrows: readonly MapArrow[] = view.arrows): Layout {
  const isNarrow = width < narrow
  const hasWords = arrows.length <= (isNarrow ? mostWordsNarrow : mostWords)
  const columnGap = hasWords ? 106 : 72
  const left = isNarrow ? 0 : internetWidth + 96
  const room = width - left - 4 * pad
  const columns = isNarrow ? 1 : Math.max(2, Math.floor((room + columnGap) / (nodeWidth + columnGap)))
  const sizes = { width: Math.max(width, isNarrow ? 300 : 0), columnGap, isNarrow, columns }
  const ranks = ranksOf(view)
  const frames: Frame[] = []
  const nodes: PlacedNode[] = []
  let y = isNarrow ? 44 + rowGap * 2 : 0
  for (const vpc of view.vpcs) {
    const placed = placeVpc(view, vpc, { x: left, y }, { sizes, ranks })
    frames.push(...placed.frames)
    nodes.push(...placed.nodes)
    y += placed.height + rowGap
  }
  const inner = Math.max(y - rowGap, 60)
  const full = Math.max(sizes.width, ...frames.map((frame) => frame.x + frame.width))
  const outside = isNarrow
    ? { x: pad, y: 0, width: nodeWidth, height: 44 }
    : { x: 0, y: Math.round(inner / 2 - 26), width: internetWidth, height: 52 }
  const all = view.nodes.length === 0 ? nodes : [{ key: internet, node: undefined, ...outside }, ...nodes]
  // Curves between boxes of one column bulge to the right.
  const frame = { x: 0, y: 0, width: full, height: inner }
  return {
    width: full,
    height: inner,
    frames,
    nodes: all,
    arrows: placeArrows(all, arrows, { nodes: [...all, ...frames.map(headOf)], frame }, hasWords),
  }
}

/** Steps from the internet; what it does not lead to begins anew, what has no arrow comes last. */
function ranksOf({ nodes, arrows }: MapView): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>([[internet, 0]])
  const next = new Map<string, string[]>()
  const incoming = new Map<string, number>()
  for (const { from, to } of arrows) {
    next.set(from, [...(next.get(from) ?? []), to])
    if (from !== internet && from !== to) incoming.set(to, (incoming.get(to) ?? 0) + 1)
  }
  const spread = (start: string) => {
    const queue = [start]
    for (const key of queue) {
      for (const to of next.get(key) ?? []) {
        if (ranks.has(to)) continue
        ranks.set(to, (ranks.get(key) ?? 0) + 1)
        queue.push(to)
      }
    }
  }
  spread(internet)
  const rest = nodes.filter(({ key }) => !ranks.has(key) && next.has(key))
  for (const { key } of rest.toSorted((a, b) => (incoming.get(a.key) ?? 0) - (incoming.get(b.key) ?? 0))) {
    if (ranks.has(key)) continue
    ranks.set(key, 1)
    spread(key)
  }
  const last = Math.max(...ranks.values()) + 1
  for (const { key } of nodes) if (!ranks.has(key)) ranks.set(key, last)
  return ranks
}

interface Corner {
  readonly x: number
  readonly y: number
}

interface Means {
  readonly sizes: Sizes
  readonly ranks: ReadonlyMap<string, number>
}

interface Placed {
  readonly frames: readonly Frame[]
  readonly nodes: readonly PlacedNode[]
  readonly width: number
  readonly height: number
}

function placeVpc(view: MapView, vpc: MapView['vpcs'][number], corner: Corner, means: Means): Placed {
  const { sizes } = means
  const own = view.nodes.filter((node) => node.vpc === vpc.id)
  const start = { x: corner.x + pad, y: corner.y + head }
  const boxed = placeBoxes(
    view.boxes
      .filter((box) => box.vpc === vpc.id)
      .map((box) => ({ box, nodes: own.filter((node) => node.box === box.key) })),
    start,
    means,
  )
  const below = { x: start.x, y: start.y + (boxed.height > 0 ? boxed.height + rowGap : 0) }
  const loose = own.filter(({ box }) => box === null)
  const rest = packed(loose, below, means, sizes.columns)
  const bottom = rest.height > 0 ? below.y + rest.height : start.y + boxed.height
  const height = bottom + pad - corner.y
  const width = Math.max(sizes.width - corner.x, Math.max(boxed.width, rest.width) + 2 * pad)
  const frame: Frame = {
    ...{ ...corner, width, height, kind: 'vpc', key: vpc.id, isOpened: false },
    name: vpc.name || vpc.id,
    detail: vpc.cidrs.join(', '),
  }
  return { frames: [frame, ...boxed.frames], nodes: [...boxed.nodes, ...rest.nodes], width, height }
}

interface Box {
  readonly box: MapView['boxes'][number]
  readonly nodes: readonly MapNode[]
}

/** Beside each other, nearest to the internet first, and below where there is no room. */
function placeBoxes(boxes: readonly Box[], start: Corner, means: Means): Placed {
  const { sizes, ranks } = means
  const rankOf = (nodes: readonly MapNode[]) => Math.min(...nodes.map(({ key }) => ranks.get(key) ?? 0))
  const ordered = boxes.toSorted((a, b) => rankOf(a.nodes) - rankOf(b.nodes) || (a.box.name < b.box.name ? -1 : 1))
  const most = Math.max(1, Math.floor(sizes.columns / Math.max(1, boxes.length)))
  const frames: Frame[] = []
  const nodes: PlacedNode[] = []
  let [at, right, bottom] = [start, start.x, start.y]
  for (const { box, nodes: inside } of ordered) {
    const place = (where: Corner) => packed(inside, { x: where.x + pad, y: where.y + head }, means, most)
    const trial = place(at)
    const isTooWide = at.x > start.x && at.x + trial.width + 2 * pad > sizes.width - pad
    if (isTooWide) at = { x: start.x, y: bottom + rowGap }
    const content = isTooWide ? place(at) : trial
    const size = { width: content.width + 2 * pad, height: content.height + head + pad }
    frames.push({ ...at, ...size, ...box, kind: 'box' })
    nodes.push(...content.nodes)
    right = Math.max(right, at.x + size.width)
    bottom = Math.max(bottom, at.y + size.height)
    at = { x: at.x + size.width + sizes.columnGap, y: at.y }
  }
  return { frames, nodes, width: right - start.x, height: bottom - start.y }
}

/** In columns by rank; long columns are broken while there is room beside them. */
function packed(nodes: readonly MapNode[], { x, y }: Corner, { sizes, ranks }: Means, most: number): Placed {
  const ordered = nodes.toSorted((a, b) => (ranks.get(a.key) ?? 0) - (ranks.get(b.key) ?? 0))
  const columns = columnsOf(ordered, ranks, most)
  const placed: PlacedNode[] = []
  let height = 0
  for (const [column, own] of columns.entries()) {
    let top = y
    for (const node of own) {
      const tall = heightOf(node)
      placed.push({
        key: node.key,
        node,
        x: x + column * (nodeWidth + sizes.columnGap),
        y: top,
        width: nodeWidth,
        height: tall,
      })
      top += tall + rowGap
    }
    height = Math.max(height, top - rowGap - y)
  }
  const width = columns.length === 0 ? 0 : columns.length * (nodeWidth + sizes.columnGap) - sizes.columnGap
  return { frames: [], nodes: placed, width, height }
}

const tallest = 8

function columnsOf(ordered: readonly MapNode[], ranks: ReadonlyMap<string, number>, most: number): MapNode[][] {
  const distinct = [...new Set(ordered.map(({ key }) => ranks.get(key) ?? 0))]
  const columns = distinct.flatMap((rank) => {
    const own = ordered.filter(({ key }) => (ranks.get(key) ?? 0) === rank)
    const share = Math.max(1, Math.round((own.length / ordered.length) * most))
    return slices(own, own.length > tallest ? Math.ceil(own.length / share) : own.length)
  })
  return columns.length <= most ? columns : slices(ordered, Math.ceil(ordered.length / most))
}

function slices(nodes: readonly MapNode[], length: number): MapNode[][] {
  const count = Math.ceil(nodes.length / length)
  return Array.from({ length: count }, (_, index) => nodes.slice(index * length, (index + 1) * length))
}

function heightOf({ kind, groups }: MapNode): number {
  return kind === 'interface' && groups.length > 0 ? 72 : 48
}

function placeArrows(
  nodes: readonly PlacedNode[],
  arrows: readonly MapArrow[],
  surroundings: Surroundings,
  hasWords: boolean,
): PlacedArrow[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const joined = arrows.flatMap((arrow) => {
    const [from, to] = [byKey.get(arrow.from), byKey.get(arrow.to)]
    return from && to ? [{ arrow, from, to }] : []
  })
  const sides = sidesOf(joined)
  const curves = joined.map(({ from, to }, index) => curveBetween({ from, to }, sides[index], surroundings))
  const texts = joined.map(({ arrow }) => (hasWords ? wordsOf(arrow) : ''))
  const places = labelPlaces(curves, texts, surroundings)
  return joined.map(({ arrow }, index) => ({ arrow, ...(places[index] as Labelled) }))
}

/** What a frame is called keeps clear of arrows too. */
function headOf({ x, y, width, name, detail }: Frame): Rect {
  return { x, y, width: Math.min(width, (name.length + detail.length) * 7 + 20), height: head - 6 }
}

const longestWords = 16

function wordsOf({ on, isKnown }: MapArrow): string {
  const text = isKnown ? on : `perhaps ${on}`
  return text.length <= longestWords ? text : `${text.slice(0, longestWords - 1)}…`
}
