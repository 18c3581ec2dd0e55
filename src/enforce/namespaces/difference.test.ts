import { expect, test } from 'vitest'
import { difference, factsOf, isEmpty, nothing, underway, withoutCables } from './difference.ts'
import type { Cable, Namespace, Part, Topology } from './topology.ts'

const address: Part = { kind: 'address', device: 'eth0', address: '10.0.0.5/24' }
const bridge: Part = { kind: 'bridge', device: 's-1', mac: '02:00:00:00:00:01' }

const cable: Cable = {
  ends: [
    { namespace: 'i-x', device: 'eth0', mac: '02:00:00:00:00:02' },
    { namespace: 'vpc-1', device: 'e-a', bridge: 's-1' },
  ],
  seat: { networkInterface: 'eni-a', slot: 0 },
}

interface Given {
  readonly life?: string
  readonly parts?: readonly Part[]
  readonly cables?: readonly Cable[]
  readonly chains?: readonly string[]
}

function topology({ life = '1', parts = [address], cables = [cable], chains = ['acl-1'] }: Given = {}): Topology {
  const filter = { chains: new Map(chains.map((name) => [name, ['drop']])), maps: new Map() }
  const spaces: Namespace[] = [
    { name: 'i-x', role: 'instance', life, parts },
    { name: 'vpc-1', role: 'router', life: '', parts: [bridge], filter },
  ]
  return { namespaces: new Map(spaces.map((each) => [each.name, each])), cables }
}

const before = factsOf(topology())
const known = { sure: before, maybe: before }

test('what is there is left alone', () => {
  expect(isEmpty(difference(known, factsOf(topology())))).toBe(true)
})

test('at first all is made', () => {
  const { added, removed } = difference(nothing, before)
  expect(added.namespaces.map(({ name }) => name)).toEqual(['i-x', 'vpc-1'])
  expect([added.cables, removed.cables]).toEqual([[cable], []])
})

test('an address that comes and one that goes are all that changes', () => {
  const other: Part = { ...address, address: '10.0.0.6/24' }
  const { added, removed } = difference(known, factsOf(topology({ parts: [other] })))
  expect([...added.parts]).toEqual([['i-x', [other]]])
  expect([...removed.parts]).toEqual([['i-x', [address]]])
  expect(added.cables).toEqual([])
})

test('another life takes its cables and all that stands on them along', () => {
  const { added, removed } = difference(known, factsOf(topology({ life: '2' })))
  expect(removed.namespaces.map(({ name }) => name)).toEqual(['i-x'])
  expect([removed.cables, added.cables]).toEqual([[cable], [cable]])
  expect([...added.parts]).toEqual([['i-x', [address]]])
})

test('a cable that is another one takes the parts of its device along', () => {
  const [own, port] = cable.ends
  const moved: Cable = { ...cable, ends: [own, { ...port, bridge: 's-2' }] }
  const { added } = difference(known, factsOf(topology({ cables: [moved] })))
  expect([...added.parts]).toEqual([['i-x', [address]]])
})

test('a filter names the chains that it no longer has', () => {
  const { chainsGone, added } = difference(known, factsOf(topology({ chains: ['acl-2'] })))
  expect(chainsGone.get('vpc-1')).toEqual(['acl-1'])
  expect(added.filters.has('vpc-1')).toBe(true)
})

test('after an attempt that failed, what it made may be there and what it left alone is', () => {
  const attempted = factsOf(topology({ parts: [address, { ...address, address: '10.0.0.6/24' }], cables: [] }))
  const unsure = underway(known, attempted)
  const { added, removed } = difference(unsure, before)
  expect(added.cables).toEqual([cable])
  expect(removed.parts.get('i-x')).toContainEqual({ ...address, address: '10.0.0.6/24' })
})

test('without a cable its device has no parts', () => {
  const left = withoutCables(before, new Set([cable]))
  expect([...left.values()].map(({ kind }) => kind).sort()).toEqual(['filter', 'namespace', 'namespace', 'part'])
})
