/** The map's layout: boxes beside each other and inside their frames, arrows from box to box, the same picture each time. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MapArrow, MapNode, MapView } from '../../src/app/console/api.ts'
import type { Rect } from './curves.ts'
import { type Layout, layoutOf } from './layout.ts'

function node(key: string, more: Partial<MapNode> = {}): MapNode {
  const facts = { key, name: key, id: key, detail: '', interfaces: 1, vpc: 'vpc-1', box: 'subnet-1', isFound: false }
  return { ...facts, kind: 'interface', groups: [{ id: 'sg-1', name: 'web' }], ...more }
}

function arrow(from: string, to: string, on = 'tcp 443'): MapArrow {
  return { from, to, on, isKnown: true, families: [4] }
}

function view(nodes: readonly MapNode[], arrows: readonly MapArrow[]): MapView {
  const boxes = [...new Set(nodes.flatMap(({ box }) => box ?? []))]
  return {
    by: 'interface',
    interfaces: nodes.length,
    vpcs: [...new Set(nodes.map(({ vpc }) => vpc))].map((id) => ({ id, name: '', cidrs: ['10.0.0.0/16'] })),
    boxes: boxes.map((key) => ({
      key,
      name: key,
      detail: '',
      vpc: key.replace('subnet', 'vpc').slice(0, 5),
      isOpened: false,
    })),
    nodes,
    arrows,
  }
}

function isWithin(inner: Rect, { x, y, width, height }: Rect): boolean {
  return inner.x >= x && inner.y >= y && inner.x + inner.width <= x + width && inner.y + inner.height <= y + height
}

function isApart(one: Rect, other: Rect): boolean {
  return (
    one.x + one.width <= other.x ||
    other.x + other.width <= one.x ||
    one.y + one.height <= other.y ||
    other.y + other.height <= one.y
  )
}

function expectSound({ width, height, frames, nodes, arrows }: Layout): void {
  const sheet = { x: 0, y: 0, width, height }
  for (const rect of [...nodes, ...frames, ...arrows.map(({ label }) => label)])
    expect(isWithin(rect, sheet)).toBe(true)
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) expect(isApart(one, other), `${one.key} ${other.key}`).toBe(true)
    const vpc = frames.find(({ key }) => key === one.node?.vpc)
    if (one.node) expect(vpc && isWithin(one, vpc)).toBe(true)
    const box = frames.find(({ key }) => key === one.node?.box)
    if (box) expect(isWithin(one, box)).toBe(true)
  }
  const boxes = frames.filter(({ kind }) => kind === 'box')
  for (const [index, one] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) expect(isApart(one, other)).toBe(true)
  }
}

describe('a small map', () => {
  const small = view(
    [node('web'), node('db'), node('idle')],
    [arrow('internet', 'web'), arrow('web', 'db'), arrow('db', 'web')],
  )
  const layout = layoutOf(small, 1000)
  const placed = (key: string) => layout.nodes.find((each) => each.key === key) as Rect

  test('goes from the internet on the left to what is furthest from it', () => {
    expect(placed('internet').x).toBeLessThan(placed('web').x)
    expect(placed('web').x).toBeLessThan(placed('db').x)
    expect(placed('db').x).toBeLessThan(placed('idle').x)
  })

  test('has the internet on top in a narrow window, and all in one column', () => {
    const narrow = layoutOf(small, 320)
    expectSound(narrow)
    expect(narrow.width).toBeLessThanOrEqual(320)
    expect(new Set(narrow.nodes.slice(1).map(({ x }) => x)).size).toBe(1)
    expect(narrow.nodes[0]?.y).toBeLessThan(narrow.nodes[1]?.y ?? 0)
  })

  test('says on its arrows what is open, shortened', () => {
    const long = 'tcp 22, 80, 443, 8000-8100, 9000'
    const { arrows } = layoutOf(view([node('web')], [arrow('internet', 'web', long)]), 1000)
    expect(arrows.map(({ text }) => text)).toEqual(['tcp 22, 80, 443…'])
  })

  test('draws nothing where nothing is', () => {
    expect(layoutOf(view([], []), 1000)).toMatchObject({ nodes: [], arrows: [], frames: [] })
  })
})

const anyView = fc
  .record({
    nodes: fc.array(
      fc.record({
        box: fc.constantFrom('subnet-1', 'subnet-1b', 'subnet-2', null),
        kind: fc.constantFrom<MapNode['kind']>('interface', 'group'),
      }),
      { minLength: 1, maxLength: 60 },
    ),
    arrows: fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 150 }),
  })
  .map(({ nodes, arrows }) => {
    const made = nodes.map(({ box, kind }, index) =>
      node(`n${index}`, { box, kind, vpc: box === 'subnet-2' ? 'vpc-2' : 'vpc-1' }),
    )
    const keyOf = (number: number) => (number >= made.length ? 'internet' : `n${number}`)
    const ends = arrows.map(([from, to]) => [keyOf(from), keyOf(to)] as const)
    const distinct = new Map(
      ends.filter(([from, to]) => from !== 'internet' || to !== from).map((pair) => [pair.join(), pair]),
    )
    return view(
      made,
      Array.from(distinct.values(), ([from, to]) => arrow(from, to)),
    )
  })

describe('any map', () => {
  test('has no box over another and nothing outside, at any width, and each arrow once', () => {
    fc.assert(
      fc.property(anyView, fc.integer({ min: 280, max: 1600 }), (any, width) => {
        const layout = layoutOf(any, width)
        expectSound(layout)
        expect(layout.arrows).toHaveLength(any.arrows.length)
        expect(layoutOf(any, width)).toEqual(layout)
      }),
      { numRuns: 150 },
    )
  })
})
