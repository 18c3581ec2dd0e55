/** Curves between boxes and the places of their labels: of several ways, the one that meets the fewest boxes. */

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Point {
  readonly x: number
  readonly y: number
}

export interface Curve {
  /** For an SVG path. */
  readonly path: string
  readonly head: string
  readonly points: readonly Point[]
}

export interface Labelled extends Curve {
  readonly text: string
  readonly label: Rect
}

interface Ends {
  readonly from: Rect
  readonly to: Rect
}

/** Where an arrow leaves a box and comes to one: which edge, and how far down. */
export interface Sides {
  readonly start: Point
  readonly end: Point
  readonly out: 1 | -1
  readonly into: 1 | -1
}

/** What curves and labels keep clear of, and stay within. */
export interface Surroundings {
  readonly nodes: readonly Rect[]
  readonly frame: Rect
}

/** Arrows at one edge of a box are spread along it, in the order of where they lead. */
export function sidesOf(arrows: readonly Ends[]): Sides[] {
  const edges = new Map<Rect, Record<'left' | 'right', { index: number; isStart: boolean; other: number }[]>>()
  const note = (rect: Rect, edge: 'left' | 'right', facts: { index: number; isStart: boolean; other: number }) => {
    const known = edges.get(rect) ?? { left: [], right: [] }
    known[edge].push(facts)
    edges.set(rect, known)
  }
  const ways = arrows.map(({ from, to }, index) => {
    const way = wayBetween(from, to)
    note(from, way.out === 1 ? 'right' : 'left', { index, isStart: true, other: middle(to) })
    note(to, way.into === 1 ? 'right' : 'left', { index, isStart: false, other: middle(from) })
    return way
  })
  const places = arrows.map(() => ({ start: { x: 0, y: 0 }, end: { x: 0, y: 0 } }))
  for (const [rect, { left, right }] of edges) {
    for (const [edge, own] of [
      ['left', left],
      ['right', right],
    ] as const) {
      const x = edge === 'left' ? rect.x : rect.x + rect.width
      own.sort((a, b) => a.other - b.other || a.index - b.index)
      for (const [place, { index, isStart }] of own.entries()) {
        const y = rect.y + (rect.height * (place + 1)) / (own.length + 1)
        const known = places[index]
        if (known) known[isStart ? 'start' : 'end'] = { x, y }
      }
    }
  }
  return ways.map((way, index) => ({ ...way, ...(places[index] as { start: Point; end: Point }) }))
}

const clear = 12

/** 1 for a right edge, -1 for a left one. Boxes of one column are joined on their right. */
function wayBetween(from: Rect, to: Rect): Pick<Sides, 'out' | 'into'> {
  if (to.x >= from.x + from.width + clear) return { out: 1, into: -1 }
  if (to.x + to.width + clear <= from.x) return { out: -1, into: 1 }
  return { out: 1, into: 1 }
}

function middle({ y, height }: Rect): number {
  return y + height / 2
}

const bends = [0, -36, 36, -72, 72, -120, 120, -180, 180]

export function curveBetween(ends: Ends, sides: Sides | undefined, { nodes, frame }: Surroundings): Curve {
  const { start, end, out, into } = sides ?? { start: ends.from, end: ends.to, out: 1, into: -1 }
  const others = nodes.filter((node) => node !== ends.from && node !== ends.to)
  const [down, across] = [Math.abs(end.y - start.y), Math.abs(end.x - start.x)]
  const isLoop = out === 1 && into === 1
  const room = Math.max(40, (frame.x + frame.width - Math.max(start.x, end.x)) * 1.2)
  const reach = isLoop ? Math.min(26 + down * 0.2, 110, room) : Math.max(36, across / 2)
  const bent = isLoop ? [0] : bends
  const tried = bent.map((bend) => {
    const controls = [
      { x: start.x + out * reach, y: start.y + bend },
      { x: end.x + into * reach, y: end.y + bend },
    ] as const
    const points = sampled(start, controls, end)
    const hits = points.filter((point) => others.some((rect) => isIn(rect, point))).length
    const outside = points.filter(({ y }) => y < frame.y + 2 || y > frame.y + frame.height - 2).length
    return { controls, points, cost: hits * 10 + outside * 10 + Math.abs(bend) / 100 }
  })
  const { controls, points } = tried.reduce((best, each) => (each.cost < best.cost ? each : best))
  const tip = { x: end.x + into * 7, y: end.y }
  const numbers = [...controls, tip].map(({ x, y }) => `${round(x)} ${round(y)}`).join(' ')
  return {
    path: `M${round(start.x)} ${round(start.y)} C${numbers}`,
    head: `M${round(end.x)} ${round(end.y)} l${into * 9} -4.5 v9 z`,
    points,
  }
}

const samples = 24

function sampled(start: Point, [one, two]: readonly [Point, Point], end: Point): Point[] {
  return Array.from({ length: samples - 1 }, (_, index) => {
    const t = (index + 1) / samples
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3]
    return {
      x: a * start.x + b * one.x + c * two.x + d * end.x,
      y: a * start.y + b * one.y + c * two.y + d * end.y,
    }
  })
}

const letter = 6.4
const labelHeight = 22
const dot = 18
/** The middle first, then away from it. */
const order = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9]

/** Each label on its curve, clear of boxes and of labels before it; a dot where there is no room for its words. */
export function labelPlaces(
  curves: readonly Curve[],
  texts: readonly string[],
  surroundings: Surroundings,
): Labelled[] {
  const taken: Rect[] = []
  return curves.map((curve, index) => {
    const words = texts[index] ?? ''
    const worded = { width: Math.ceil(words.length * letter + 14), height: labelHeight }
    const found = words === '' ? undefined : roomFor(curve, worded, surroundings, taken)
    const hasRoom = found !== undefined && found.cost < worded.width * worded.height * mostCovered
    const { rect } = hasRoom ? found : roomFor(curve, { width: dot, height: dot }, surroundings, taken)
    taken.push(rect)
    return { ...curve, text: hasRoom ? words : '', label: rect }
  })
}

/** Of a label's area, what may be over others. */
const mostCovered = 0.15

function roomFor(
  { points }: Curve,
  size: Pick<Rect, 'width' | 'height'>,
  { nodes, frame }: Surroundings,
  taken: readonly Rect[],
): { readonly rect: Rect; readonly cost: number } {
  const tried = order.map((part) => {
    const point = points[Math.round(part * (samples - 2))] as Point
    const rect = within(frame, { x: point.x - size.width / 2, y: point.y - size.height / 2, ...size })
    const covered = [...nodes, ...taken].reduce((sum, each) => sum + common(rect, each), 0)
    return { rect, cost: covered + Math.abs(part - 0.5) }
  })
  return tried.reduce((best, each) => (each.cost < best.cost ? each : best))
}

function within(frame: Rect, rect: Rect): Rect {
  const x = Math.min(Math.max(rect.x, frame.x), frame.x + frame.width - rect.width)
  const y = Math.min(Math.max(rect.y, frame.y), frame.y + frame.height - rect.height)
  return { ...rect, x: round(x), y: round(y) }
}

function isIn({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x > x - 4 && point.x < x + width + 4 && point.y > y - 4 && point.y < y + height + 4
}

/** The area that two have in common. */
function common(one: Rect, other: Rect): number {
  const wide = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const high = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return wide > 0 && high > 0 ? wide * high : 0
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
