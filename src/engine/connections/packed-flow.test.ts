/** What packing keeps of a header, what it tells apart, and how well its hashes spread. */

import { describe, expect, test } from 'vitest'
import type { Direction } from '../../model/rule.ts'
import { parsePacket } from '../../packet/notation.ts'
import { type Quoted, reversed } from '../../packet/packet.ts'
import { hashOf, hashOfWide, type Opening, PackedFlow, unpack } from './packed-flow.ts'

function headerOf(text: string): Quoted {
  const { source, destination, payload } = parsePacket(text)
  return { source, destination, payload }
}

function packed(header: Quoted, direction: Direction = 'ingress', card = 5): PackedFlow {
  const flow = new PackedFlow()
  flow.pack(header, direction, card)
  return flow
}

/** An IPv4 flow has four words; the others may hold what an earlier flow left there. */
function textOf({ words, isWide, hash }: PackedFlow): string {
  return `${words.subarray(0, isWide ? words.length : 4).join(' ')} ${isWide} ${hash}`
}

/** Each differs from the first of its family in one thing. */
const headers = [
  'tcp 203.0.113.5:40000 > 10.0.0.10:443 S',
  'udp 203.0.113.5:40000 > 10.0.0.10:443',
  'tcp 203.0.113.6:40000 > 10.0.0.10:443 S',
  'tcp 203.0.113.5:40000 > 10.0.0.11:443 S',
  'tcp 203.0.113.5:40001 > 10.0.0.10:443 S',
  'tcp 203.0.113.5:40000 > 10.0.0.10:444 S',
  'tcp 203.0.113.5:443 > 10.0.0.10:40000 S',
  'tcp 10.0.0.10:40000 > 203.0.113.5:443 S',
  'tcp 255.255.255.255:65535 > 128.0.0.0:65535 S',
  'tcp [::cb00:7105]:40000 > [::a00:a]:443 S',
  'icmp 203.0.113.5 > 10.0.0.10 echo 7',
  'icmp 203.0.113.5 > 10.0.0.10 echo 8',
  'icmp 203.0.113.5 > 10.0.0.10 reply 7',
  'icmp 203.0.113.5 > 10.0.0.10 13/0 id=7',
  '50 203.0.113.5 > 10.0.0.10',
  '51 203.0.113.5 > 10.0.0.10',
  'tcp [2001:db8::5]:40000 > [2001:db8:1::10]:443 S',
  'tcp [2001:db9::5]:40000 > [2001:db8:1::10]:443 S',
  'tcp [2001:db8:0:1::5]:40000 > [2001:db8:1::10]:443 S',
  'tcp [2001:db8::1:0:5]:40000 > [2001:db8:1::10]:443 S',
  'tcp [2001:db8::6]:40000 > [2001:db8:1::10]:443 S',
  'tcp [2001:db8::5]:40000 > [2001:db9:1::10]:443 S',
  'tcp [2001:db8::5]:40000 > [2001:db8:1:1::10]:443 S',
  'tcp [2001:db8::5]:40000 > [2001:db8:1::1:0:10]:443 S',
  'tcp [2001:db8::5]:40000 > [2001:db8:1::11]:443 S',
  'udp [2001:db8::5]:40000 > [2001:db8:1::10]:443',
  'icmpv6 2001:db8::5 > 2001:db8:1::10 echo 7',
  'icmpv6 2001:db8::5 > 2001:db8:1::10 reply 7',
  '50 2001:db8::5 > 2001:db8:1::10',
].map(headerOf)

const directions: readonly Direction[] = ['ingress', 'egress']

test('both orientations of a flow are packed to the same words and the same hash', () => {
  for (const header of headers) {
    expect(textOf(packed(reversed({ ...header, length: 40 }), 'egress'))).toBe(textOf(packed(header, 'ingress')))
    expect(textOf(packed(reversed({ ...header, length: 40 }), 'ingress'))).toBe(textOf(packed(header, 'egress')))
  }
})

test('other flows, and those of other interfaces, are packed to other words and other hashes', () => {
  const all = headers.flatMap((header) => [5, 6, 2_097_151].map((card) => packed(header, 'ingress', card)))
  expect(new Set(all.map((flow) => textOf(flow).replace(/ -?\d+$/, ''))).size).toBe(all.length)
  expect(new Set(all.map(({ hash }) => hash)).size).toBe(all.length)
})

test('a protocol known by number is not the one that is known by name', () => {
  const [tcp, other] = [headerOf('tcp 203.0.113.5:0 > 10.0.0.10:0 S'), headerOf('50 203.0.113.5 > 10.0.0.10')]
  const byNumber: Quoted = { ...other, payload: { kind: 'other', protocol: 6 } }
  expect(textOf(packed(byNumber))).not.toBe(textOf(packed(tcp)))
})

test('a flow is wide where either end has an IPv6 address', () => {
  const [v4, v6] = [headerOf('50 203.0.113.5 > 10.0.0.10'), headerOf('50 2001:db8::5 > 2001:db8:1::10')]
  const mixed = [v4, { ...v4, source: v6.source }, { ...v4, destination: v6.destination }, v6]
  expect(mixed.map((header) => packed(header).isWide)).toEqual([false, true, true, true])
  expect(new Set(mixed.map((header) => textOf(packed(header)))).size).toBe(4)
})

test('words that a wide flow left are no part of a narrow one, nor of the next wide one', () => {
  const flow = new PackedFlow()
  for (const header of [...headers, ...headers.toReversed()]) {
    flow.pack(header, 'ingress', 5)
    expect(textOf(flow)).toBe(textOf(packed(header)))
  }
})

describe('what was packed is unpacked', () => {
  function openingOf({ payload }: Quoted, direction: Direction): Opening {
    const detail = payload.kind === 'tcp' ? payload.flags : payload.kind === 'icmp' ? payload.code : 0
    return { direction, detail, hasIdentifier: payload.kind === 'icmp' && payload.identifier !== undefined }
  }

  test.each(directions)('of every %s header', (direction) => {
    const others = ['icmp 203.0.113.5 > 10.0.0.10 13/1', 'icmpv6 ffff:ffff::1 > 8000::1 128/0'].map(headerOf)
    for (const header of [...headers, ...others]) {
      expect(unpack(packed(header, direction).words, openingOf(header, direction))).toEqual(header)
    }
  })
})

describe('hashes', () => {
  const flows = Array.from({ length: 16_384 }, (_, port) =>
    headerOf(`tcp 203.0.113.${port & 3}:${1024 + (port >> 2)} > 10.0.0.10:443 S`),
  )
  const wide = Array.from({ length: 16_384 }, (_, host) =>
    headerOf(`udp [2001:db8::${host.toString(16)}]:53 > [2001:db8:1::10]:53`),
  )

  test.each([
    ['narrow', flows, 0],
    ['narrow', flows, 24],
    ['wide', wide, 0],
    ['wide', wide, 24],
  ] as const)('of neighbouring %s flows fill 256 places evenly by the bits from %s', (_, all, shift) => {
    const counts = new Array<number>(256).fill(0)
    for (const header of all) {
      const place = (packed(header).hash >>> shift) & 255
      counts[place] = (counts[place] ?? 0) + 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(25)
    expect(Math.max(...counts)).toBeLessThan(125)
  })

  test('are the same from words that stand elsewhere', () => {
    for (const header of headers) {
      const { words, hash, isWide } = packed(header)
      const elsewhere = new Int32Array(40)
      elsewhere.set(words.subarray(0, 4), 3)
      elsewhere.set(words.subarray(4), 20)
      expect(isWide ? hashOfWide(elsewhere, 3, 20) : hashOf(elsewhere, 3)).toBe(hash)
    }
  })
})
