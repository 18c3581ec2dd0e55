/**
 * What is loaded once and stays: base chains, the chains that admit and refuse, and what is remembered between
 * packets. Base chains that are made anew lose packets (feasibility 3.1), so a change of rules never touches them.
 * A frame alone lets nothing through.
 */

import { formatAddress } from '../../net/address.ts'
import { canaryTexts } from '../canary.ts'
import { addressField, addressType, families } from './element.ts'
import { type Chain, hex, markBits, type NftSet, type Post } from './program.ts'

export interface BaseChain {
  /** `type filter hook input priority 0; policy drop;`, as nft lists it. */
  readonly hook: string
  readonly lines: Chain
}

export interface Frame {
  readonly counters: readonly string[]
  readonly sets: ReadonlyMap<string, NftSet>
  readonly baseChains: ReadonlyMap<string, BaseChain>
  readonly chains: ReadonlyMap<string, Chain>
}

/** Counters of the frame: what was refused, and what became of the canaries. */
const frameCounters = ['refused-in', 'refused-out', 'canary-in', 'canary-out', 'leak-in', 'leak-out'] as const

export function frameOf(post: Post): Frame {
  return {
    counters: frameCounters,
    sets: new Map(families.map((family) => [othersSet(family), othersSetOf(family)])),
    baseChains: baseChainsOf(post),
    chains: new Map([
      ['canary_in', canaryLines(post.device, 'in')],
      ['canary_out', canaryLines(post.device, 'out')],
      ['admit_in', admitLines(post, 'inward')],
      ['admit_out', admitLines(post, 'outward')],
      ['remember_in', rememberLines('daddr', 'saddr')],
      ['remember_out', rememberLines('saddr', 'daddr')],
      ['known_in', knownLines('daddr', 'saddr')],
      ['known_out', knownLines('saddr', 'daddr')],
      ['refuse_in', [...refusedCanaries, 'counter name "refused-in"', 'jump refused_in', 'drop']],
      ['refuse_out', [...refusedCanaries, 'counter name "refused-out"', 'jump refused_out', 'drop']],
    ]),
  }
}

/**
 * A forwarded packet that comes in and leaves by the same device is judged twice, as it would be by AWS. What a
 * canary met is counted behind the rules, and the canary goes no further.
 */
function baseChainsOf({ device, control = [] }: Post): Map<string, BaseChain> {
  const filter = (hook: string, priority: number) => `type filter hook ${hook} priority ${priority}; policy drop;`
  const tap = (hook: string, priority: number) => `type filter hook ${hook} priority ${priority}; policy accept;`
  const udp = (chain: string) => `meta l4proto 17 jump ${chain}`
  const others = { in: `iifname != "${device}" accept`, out: `oifname != "${device}" accept` }
  const from = control.map(
    ({ address, port }) =>
      `${addressField(address.family, 'saddr')} ${formatAddress(address)} tcp sport ${port} accept`,
  )
  const to = control.map(
    ({ address, port }) =>
      `${addressField(address.family, 'daddr')} ${formatAddress(address)} tcp dport ${port} accept`,
  )
  return new Map([
    ['input', { hook: filter('input', 0), lines: [others.in, ...from, 'jump ingress'] }],
    ['forward_in', { hook: filter('forward', 0), lines: [others.in, 'jump ingress'] }],
    ['forward_out', { hook: filter('forward', 1), lines: [others.out, 'jump egress'] }],
    ['output', { hook: filter('output', 0), lines: [others.out, ...to, 'jump egress'] }],
    ['input_tap', { hook: tap('input', 20), lines: [udp('canary_in'), 'jump passed_in'] }],
    ['forward_tap', { hook: tap('forward', 20), lines: ['jump passed_in', 'jump passed_out'] }],
    ['output_tap', { hook: tap('output', 20), lines: [udp('canary_out'), 'jump passed_out'] }],
  ])
}

function canaryLines(device: string, way: 'in' | 'out'): Chain {
  const own = `${way === 'in' ? 'iifname' : 'oifname'} "${device}"`
  return [
    `${own} ${payload(canaryTexts.mustPass)} counter name "canary-${way}" drop`,
    `${own} ${payload(canaryTexts.mustDrop)} counter name "leak-${way}" drop`,
  ]
}

/** UDP that begins with these eight bytes. */
function payload(text: string): string {
  return `meta l4proto 17 @th,64,64 0x${Buffer.from(text).toString('hex')}`
}

/** Canaries are nobody's traffic: those that are refused are not counted as such. */
const refusedCanaries = [canaryTexts.mustPass, canaryTexts.mustDrop].map((text) => `${payload(text)} drop`)

/** Protocols without ports are tracked by number and addresses for ten minutes (data-plane 2.1), not by conntrack. */
export function othersSet(family: 4 | 6): string {
  return `others${family}`
}

function othersSetOf(family: 4 | 6): NftSet {
  const address = addressType(family)
  return {
    kind: 'set',
    elements: undefined,
    type: `inet_proto . ${address} . ${address}`,
    properties: ['size 65536', 'flags dynamic,timeout', 'timeout 600s'],
  }
}

type End = 'saddr' | 'daddr'

/** The interface's own address comes first, so that both directions have one key. */
function othersKey(family: 4 | 6, own: End, far: End): string {
  return `meta l4proto . ${addressField(family, own)} . ${addressField(family, far)}`
}

function rememberLines(own: End, far: End): Chain {
  return families.map((family) => `update @${othersSet(family)} { ${othersKey(family, own, far)} } accept`)
}

function knownLines(own: End, far: End): Chain {
  return families.map((family) => {
    const key = othersKey(family, own, far)
    return `${key} @${othersSet(family)} update @${othersSet(family)} { ${key} } accept`
  })
}

/** Makes the packet's flow a tracked one if a rule let it in. A packet without an entry has no mark, and ends here. */
function admitLines(post: Post, way: 'inward' | 'outward'): Chain {
  const bits = markBits(post)
  const back = way === 'inward' ? 'outward' : 'inward'
  const refuse = way === 'inward' ? 'refuse_in' : 'refuse_out'
  return [
    `ct mark & ${hex(bits.admitted)} == 0x00000000 goto ${refuse}`,
    `ct direction 0 ${markOnly(bits, way)} accept`,
    `ct direction 1 ${markOnly(bits, back)} accept`,
    `goto ${refuse}`,
  ]
}

function markOnly(bits: ReturnType<typeof markBits>, bit: 'inward' | 'outward'): string {
  const kept = ~(bits.inward | bits.outward | bits.admitted) | bits[bit]
  return `ct mark set ct mark & ${hex(kept)} | ${hex(bits[bit])}`
}
