/** What each rule of a world is used for: by flows that were seen, and by what accept tests are about. */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import { addressLength } from '../net/address.ts'
import { blockAround, type Cidr, contains, lastOf, parseCidr } from '../net/cidr.ts'
import type { Allow } from '../policy/policy.ts'
import type { Claim } from '../reach/policy-test/claim.ts'
import type { Examiner } from '../reach/policy-test/examiner.ts'
import type { Selection } from '../reach/reachability/selection.ts'
import type { SeenFlow } from './flow.ts'
import type { Judgement } from './judgement.ts'
import type { Replay } from './replay.ts'

/** Packets that a rule must go on admitting. */
export interface RuleUse {
  readonly protocol: number
  readonly from: number
  readonly to: number
  readonly block: Cidr
  /** The interface that the block is the address of. */
  readonly card: NetworkInterface | undefined
}

export class RuleUses {
  readonly #uses = new Map<string, Map<string, RuleUse>>()
  /** Rules that stay as they are, with the reason. */
  readonly whole = new Map<string, string>()

  of(rule: string): readonly RuleUse[] {
    return [...(this.#uses.get(rule)?.values() ?? [])]
  }

  keepWhole(rule: string, why: string): void {
    if (!this.whole.has(rule)) this.whole.set(rule, why)
  }

  note(rule: string, use: RuleUse): void {
    const own = this.#uses.get(rule) ?? new Map<string, RuleUse>()
    this.#uses.set(rule, own)
    const { protocol, from, to, block } = use
    own.set(`${protocol} ${from}-${to} ${block.family} ${block.first}/${block.length}`, use)
  }
}

/** Flows that were accepted and are: each keeps one rule where it is known, and all that might be its own where not. */
export function noteFlows(uses: RuleUses, replay: Replay): void {
  for (const seen of replay.flows()) {
    if (seen.flow.action !== 'ACCEPT') continue
    for (const { rules, use, isCertain } of crossedRules(seen, replay)) {
      for (const { rule } of isCertain ? [narrowest(rules)] : rules) uses.note(rule, use)
    }
  }
}

interface Crossed {
  readonly rules: readonly [Allow, ...Allow[]]
  readonly use: RuleUse
  readonly isCertain: boolean
}

export function crossedRules(
  { flow, judgement }: SeenFlow & { readonly judgement: Judgement },
  replay: Replay,
): Crossed[] {
  if (judgement.outcome === 'newly denied') return []
  const isCertain = judgement.outcome !== 'uncertain'
  const sides = isCertain ? [flow.isOpening] : [true, false]
  return sides.flatMap((isOpening) =>
    replay.fateOf(flow, isOpening).crossings.flatMap(({ rules, peer, policy }): Crossed[] => {
      const [first, ...more] = rules
      if (!first) return []
      const card = replay.ends.holderNear(flow.own.card, peer)
      const block = blockAround(peer, addressLength[peer.family])
      const use = {
        protocol: flow.protocol,
        ...replay.servicePorts(flow, isOpening),
        block,
        card: policy.id === card?.id ? undefined : card,
      }
      return [{ rules: [first, ...more], use, isCertain }]
    }),
  )
}

const kinds = ['group', 'prefix-list', 'ipv4', 'ipv6']

/** A group before a list, a list before addresses, few addresses before many. */
function narrowest(rules: readonly [Allow, ...Allow[]]): Allow {
  return rules.reduce((best, rule) => {
    const difference = kinds.indexOf(rule.peerKind) - kinds.indexOf(best.peerKind)
    return difference < 0 || (difference === 0 && sizeOf(rule) < sizeOf(best)) ? rule : best
  })
}

function sizeOf({ peers }: Allow): bigint {
  return [...peers[4], ...peers[6]].reduce((sum, { first, last }) => sum + last - first + 1n, 0n)
}

/** What an accept test is about, at the sender's rules and at the receiver's. Throws UnknownPlace, UnknownServices. */
export function noteClaim(uses: RuleUses, examiner: Examiner, claim: Claim): void {
  const { from, to } = examiner.sidesOf(claim)
  const ranges = claim.services.map(rangeOf)
  for (const [own, other, direction] of [
    [from, to, 'egress'],
    [to, from, 'ingress'],
  ] as const) {
    for (const allow of allowsOf(examiner, own, direction)) {
      for (const peer of peersAmong(allow, other)) {
        for (const range of ranges) {
          if (range) noteRange(uses, allow, range, peer)
          else uses.keepWhole(allow.rule, `an accept test of line ${claim.line} may need it`)
        }
      }
    }
  }
}

interface Range {
  readonly protocol: number
  readonly from: number
  readonly to: number
}

/** `tcp/443`, `udp/8000-8010`, `tcp`; undefined for what is no matter of ports. */
function rangeOf(service: string): Range | undefined {
  const [, name, from = '0', to = from === '0' ? '65535' : from] =
    /^(tcp|udp)(?:\/(\d+)(?:-(\d+))?)?$/.exec(service) ?? []
  return name === undefined ? undefined : { protocol: name === 'tcp' ? 6 : 17, from: Number(from), to: Number(to) }
}

function allowsOf({ reachability }: Examiner, { inside }: Selection, direction: Direction): Allow[] {
  const cards = new Set(inside.flatMap(({ members }) => members.map(({ card }) => card)))
  const allows = [...cards].flatMap((card) => reachability.terrain.hostOf(card).policy.allows[direction])
  return [...new Map(allows.map((allow) => [allow.rule, allow])).values()]
}

interface ClaimedPeer {
  readonly block: Cidr
  readonly card: NetworkInterface | undefined
}

function peersAmong({ peers, peer }: Allow, { inside, outside }: Selection): ClaimedPeer[] {
  const members = inside.flatMap((each) => each.members)
  const held = members.filter(({ address: { family, bits } }) =>
    peers[family].some(({ first, last }) => first <= bits && bits <= last),
  )
  const own = parseCidr(peer)?.cidr
  return [
    ...held.map(({ card, address }) => ({ card, block: blockAround(address, addressLength[address.family]) })),
    ...outside
      .filter(({ block }) =>
        peers[block.family].some(({ first, last }) => first <= lastOf(block) && block.first <= last),
      )
      .map(({ block }) => ({ card: undefined, block: own && contains(block, own) ? own : block })),
  ]
}

function noteRange(uses: RuleUses, { rule, traffic }: Allow, { protocol, from, to }: Range, peer: ClaimedPeer): void {
  if (traffic.protocol === 'all') uses.note(rule, { protocol, from, to, ...peer })
  if (traffic.protocol !== (protocol === 6 ? 'tcp' : 'udp') || !('from' in traffic)) return
  const [first, last] = [Math.max(from, traffic.from), Math.min(to, traffic.to)]
  if (first <= last) uses.note(rule, { protocol, from: first, to: last, ...peer })
}
