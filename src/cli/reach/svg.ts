/** Reachability as a picture of its own: boxes laid out from left to right, arrows with what they are open on. */

import { Graph, layout } from '@dagrejs/dagre'
import type { Arrow } from './arrows.ts'

const character = 7.2
const smallCharacter = 6.6
const boxHeight = 34
const margin = 24

interface Point {
  readonly x: number
  readonly y: number
}

interface Box extends Point {
  readonly width: number
  readonly height: number
}

export function formatSvg(arrows: readonly Arrow[]): string {
  const graph = laidOut(arrows)
  const { width = 0, height = 0 } = graph.graph() as Partial<Box>
  const size = { width: Math.ceil(width), height: Math.ceil(height) }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img">`,
    `<title>${escaped('Who can open a connection to whom')}</title>`,
    style,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 10 5 0 10z"/></marker></defs>',
    ...arrows.map((arrow) => arrowElement(graph, arrow)),
    ...graph.nodes().map((name: string) => boxElement(name, graph.node(name) as Box)),
    '</svg>',
    '',
  ].join('\n')
}

/** Colours that hold on white and on black, and follow the reader's. */
const style = `<style>
svg { font: 12px ui-monospace, monospace; background: #fff; color: #16191f }
rect { fill: #f2f8fd; stroke: #0972d3 }
path.arrow { fill: none; stroke: #5f6b7a; stroke-width: 1.4 }
path.unknown { stroke-dasharray: 5 4 }
text { fill: currentColor; text-anchor: middle; dominant-baseline: central }
rect.on { fill: #fff; stroke: none }
text.on { font-size: 11px }
@media (prefers-color-scheme: dark) {
  svg { background: #16191f; color: #e9ebed } rect { fill: #0f2b46 } rect.on { fill: #16191f } #head path { fill: #b6bec9 }
}
</style>`

function laidOut(arrows: readonly Arrow[]): Graph {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 90, edgesep: 16, marginx: margin, marginy: margin })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const name of new Set(arrows.flatMap(({ from, to }) => [from, to]))) {
    graph.setNode(name, { width: name.length * character + 24, height: boxHeight })
  }
  for (const { from, to, text } of arrows) {
    graph.setEdge(from, to, { width: text.length * smallCharacter, height: 16, labelpos: 'c' })
  }
  layout(graph)
  return graph
}

function boxElement(name: string, { x, y, width, height }: Box): string {
  const corner = { x: round(x - width / 2), y: round(y - height / 2) }
  return `<rect x="${corner.x}" y="${corner.y}" width="${round(width)}" height="${height}" rx="6"/><text x="${round(x)}" y="${round(y)}">${escaped(name)}</text>`
}

function arrowElement(graph: Graph, { from, to, text, isKnown }: Arrow): string {
  const { points, x, y } = graph.edge(from, to) as { points: Point[] } & Point
  const path = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join(' ')
  const kind = isKnown ? 'arrow' : 'arrow unknown'
  const wide = text.length * smallCharacter
  const behind = `<rect class="on" x="${round(x - wide / 2)}" y="${round(y - 8)}" width="${round(wide)}" height="16"/>`
  const label = `<text class="on" x="${round(x)}" y="${round(y)}">${escaped(text)}</text>`
  return `<path class="${kind}" d="${path}" marker-end="url(#head)"/>${behind}${label}`
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
