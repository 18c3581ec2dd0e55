/**
 * Policy → program. A packet meets, in this order: the source/destination check, what is remembered of its flow, the
 * services that are never filtered, the pairs that make flows untracked, and the rules (data-plane 7.1). ACLs are
 * the router's matter (acl-program.ts).
 */

import type { Direction } from '../../model/rule.ts'
import type { Address } from '../../net/address.ts'
import { lastOf } from '../../net/cidr.ts'
import type { Allow, InterfacePolicy } from '../../policy/policy.ts'
import { addressField, addressList, families, familyMatch, portElement } from './element.ts'
import { exemptLines } from './exempt-lines.ts'
import { hex, interval, markBits, type Post, type Program } from './program.ts'
import { ProgramDraft } from './program-draft.ts'
import { fullRecording, noRecording, recordingSets } from './recording.ts'
import { type Span, segmentsOf } from './segments.ts'
import { sourceLines } from './source-lines.ts'
import { untrackedLines } from './untracked-lines.ts'

export interface CompileOptions {
  readonly post: Post
  /** What passes and what is refused is written down, for flow logs. */
  readonly isRecording?: boolean
  /** Flows of this interface are tracked even where open (data-plane 2.3). */
  readonly isAutoTracked?: boolean
  /** Segments in mid-stream of connections older than the rules open a flow: while a running host is taken over. */
  readonly isAdopting?: boolean
}

export function compileProgram(policy: InterfacePolicy, options: CompileOptions): Program {
  const draft = new ProgramDraft()
  const ingress = [`goto ${judgement(draft, policy, 'ingress', options)}`]
  const egress = [`goto ${judgement(draft, policy, 'egress', options)}`]
  const recording = options.isRecording ? fullRecording(options.post.device) : noRecording
  if (options.isRecording) for (const [name, set] of recordingSets) draft.sharedSet(name, set)
  return draft.finish({ ingress, egress, ...recording })
}

const suffix = { ingress: 'in', egress: 'out' } as const

function judgement(
  draft: ProgramDraft,
  policy: InterfacePolicy,
  direction: Direction,
  options: CompileOptions,
): string {
  const exempt = draft.chain('exempt', exemptLines(draft, policy, direction))
  const way = suffix[direction]
  const rules: Rules = { draft, direction, way, allows: policy.allows[direction], post: options.post }
  const messages = { icmp: icmp(rules, 'icmp'), icmpv6: icmp(rules, 'icmpv6') }
  return draft.chain(way, [
    ...checkLines(draft, policy, direction, exempt),
    ...errorLines(draft, exempt, messages),
    ...stateLines(options.post, direction),
    `jump ${exempt}`,
    ...(policy.sourceDestCheck && direction === 'ingress' ? [] : manyLines(policy, way)),
    `tcp flags ! 0x1,0x2,0x4,0x8,0x10,0x20 goto refuse_${way}`,
    ...(options.isAutoTracked ? [] : untrackedLines(draft, policy, direction)),
    ...(options.isAdopting ? adoptingLines(options.post, way) : []),
    ...ruleLines(rules, messages),
  ])
}

type Messages = Readonly<Record<IcmpProtocol, string>>

/** Conntrack takes redirects, and IPv6 types that nobody has given a meaning, for errors about a flow: AWS's are fewer (data-plane 2.8). */
function errorLines(draft: ProgramDraft, exempt: string, { icmp: v4, icmpv6: v6 }: Messages): string[] {
  const judged = (chain: string) => draft.chain('odd', [`jump ${exempt}`, `goto ${chain}`])
  return [`icmp type 5 goto ${judged(v4)}`, `icmpv6 type 5-127 goto ${judged(v6)}`]
}

/** Source/destination check: what leaves comes from the interface, what enters is for it. */
function checkLines(draft: ProgramDraft, policy: InterfacePolicy, direction: Direction, exempt: string): string[] {
  if (!policy.sourceDestCheck) return []
  const strange = draft.chain('strange', [`jump ${exempt}`, `goto refuse_${suffix[direction]}`])
  return families.map((family) => {
    const own = policy.addresses.filter((address) => address.family === family)
    const field = addressField(family, direction === 'ingress' ? 'daddr' : 'saddr')
    return `${own.length === 0 ? familyMatch(family) : `${field} != ${addressList(own)}`} goto ${strange}`
  })
}

/** Netfilter's timeout for a connection that was reset. */
const lingerAfterReset = 10

/**
 * A flow that a rule admitted passes on its mark alone, errors about it as well: they show their flow's mark. But a
 * SYN on the ports of a connection that the other end reset is a new connection (data-plane 7.1, 6). Netfilter takes
 * it for part of the old one, whose entry is known by the little time that it has left.
 */
function stateLines(post: Post, direction: Direction): string[] {
  const bits = markBits(post)
  const [original, reply] = direction === 'ingress' ? [bits.inward, bits.outward] : [bits.outward, bits.inward]
  const untracked = `ct mark set ct mark & ${hex(~(bits.inward | bits.outward | bits.admitted))}`
  return [
    `tcp flags 0x2 / 0x1,0x2,0x4,0x10 ct direction 0 ct expiration <= ${lingerAfterReset}s ${untracked}`,
    `ct direction 0 ct mark & ${hex(original)} == ${hex(original)} accept`,
    `ct direction 1 ct mark & ${hex(reply)} == ${hex(reply)} accept`,
    `meta l4proto != { 1, 6, 17, 58 } jump known_${suffix[direction]}`,
  ]
}

/** A VPC carries neither multicast nor broadcast (data-plane 8, 21). */
function manyLines({ subnet }: InterfacePolicy, way: string): string[] {
  const broadcasts = subnet
    .filter(({ family, length }) => family === 4 && length < 31)
    .map((block): Address => ({ family: 4, bits: lastOf(block) }))
  const all: Address[] = [...broadcasts, { family: 4, bits: 0xffff_ffffn }]
  return [
    `ip daddr 224.0.0.0/4 goto refuse_${way}`,
    `ip daddr ${addressList(all)} goto refuse_${way}`,
    `ip6 daddr ff00::/8 goto refuse_${way}`,
  ]
}

function adoptingLines(post: Post, way: string): string[] {
  return [`tcp flags ! 0x2,0x4 ct mark set ct mark | ${hex(markBits(post).admitted)} goto admit_${way}`]
}

/** IP protocol → the chain that judges it. */
function ruleLines(rules: Rules, messages: Messages): string[] {
  const chains = { 1: messages.icmp, 6: tcp(rules), 17: udp(rules), 58: messages.icmpv6 }
  const elements = Object.entries(chains).map(([number, chain]) => `${number} : goto ${chain}`)
  return [`meta l4proto vmap { ${elements.join(', ')} }`, `goto ${others(rules)}`]
}

interface Rules {
  readonly draft: ProgramDraft
  readonly direction: Direction
  readonly way: 'in' | 'out'
  readonly allows: readonly Allow[]
  readonly post: Post
}

/** TCP opens a flow with a SYN alone: no segment in mid-stream does (data-plane 2.6). */
function tcp(rules: Rules): string {
  return rules.draft.chain('tcp', [
    `tcp flags != 0x2 / 0x1,0x2,0x4,0x10 goto refuse_${rules.way}`,
    ...trackedLines(rules, 'tcp', 'tcp dport', families),
  ])
}

function udp(rules: Rules): string {
  return rules.draft.chain('udp', trackedLines(rules, 'udp', 'udp dport', families))
}

type IcmpProtocol = 'icmp' | 'icmpv6'

const questions = { icmp: '{ 8, 13, 15, 17 }', icmpv6: '128' } as const

/**
 * A question opens a flow; any other message passes by a rule and leaves nothing, and has no conntrack entry that
 * could be marked. Type and code together are the first sixteen bits behind the IP header, where ports would be.
 */
function icmp(rules: Rules, protocol: IcmpProtocol): string {
  const { draft, way } = rules
  const family = protocol === 'icmp' ? ([4] as const) : ([6] as const)
  const question = draft.chain(protocol, trackedLines(rules, protocol, 'th sport', family))
  return draft.chain(`${protocol}_message`, [
    `${protocol} type ${questions[protocol]} goto ${question}`,
    ...segmentLines(rules, { protocol, key: 'th sport', families: family, ending: 'accept' }),
    ...allProtocolLines(rules, family, 'accept'),
    `goto refuse_${way}`,
  ])
}

function others(rules: Rules): string {
  const { draft, allows, way, direction } = rules
  const ending = `goto remember_${way}`
  const numbers = new Map<number, Allow[]>()
  for (const allow of allows) {
    const { protocol } = allow.traffic
    if (typeof protocol === 'number') numbers.set(protocol, [...(numbers.get(protocol) ?? []), allow])
  }
  const elements = [...numbers].map(([number, own]) => {
    return `${number} : jump ${draft.chain('from', sourceLines(draft, { allows: own, direction, families, ending }))}`
  })
  const map = draft.set('m', { kind: 'map', type: 'inet_proto : verdict', properties: [], elements })
  return draft.chain('other', [
    ...(elements.length > 0 ? [`meta l4proto vmap @${map}`] : []),
    ...allProtocolLines(rules, families, ending),
    `goto refuse_${way}`,
  ])
}

type Protocol = 'tcp' | 'udp' | IcmpProtocol

function trackedLines(rules: Rules, protocol: Protocol, key: string, of: readonly (4 | 6)[]): string[] {
  const ending = `ct mark set ct mark | ${hex(markBits(rules.post).admitted)}`
  return [
    ...segmentLines(rules, { protocol, key, families: of, ending }),
    ...allProtocolLines(rules, of, ending),
    `goto admit_${rules.way}`,
  ]
}

interface Segmented {
  readonly protocol: Protocol
  readonly key: string
  readonly families: readonly (4 | 6)[]
  readonly ending: string
}

function segmentLines(
  { draft, allows, direction }: Rules,
  { protocol, key, families: of, ending }: Segmented,
): string[] {
  const segments = segmentsOf(allows.flatMap((allow) => spanOf(allow, protocol)))
  if (segments.length === 0) return []
  const elements = segments.map((segment) => {
    const lines = sourceLines(draft, { allows: segment.values, direction, families: of, ending })
    return `${portElement(segment)} : jump ${draft.chain('from', lines)}`
  })
  return [
    `${key} vmap @${draft.set('m', { kind: 'map', type: 'inet_service : verdict', properties: interval, elements })}`,
  ]
}

/** Ports, or type and code as one number; -1 is all of them. */
function spanOf(allow: Allow, protocol: Protocol): Span<Allow>[] {
  const { traffic } = allow
  if (traffic.protocol !== protocol) return []
  if ('from' in traffic) return [{ from: traffic.from, to: traffic.to, value: allow }]
  if (!('type' in traffic)) return []
  const { type, code } = traffic
  if (type === -1) return [{ from: 0, to: 65_535, value: allow }]
  const first = type * 256 + (code === -1 ? 0 : code)
  return [{ from: first, to: code === -1 ? first + 255 : first, value: allow }]
}

/** Rules for all traffic. */
function allProtocolLines({ draft, allows, direction }: Rules, of: readonly (4 | 6)[], ending: string): string[] {
  const own = allows.filter(({ traffic }) => traffic.protocol === 'all')
  const lines = sourceLines(draft, { allows: own, direction, families: of, ending })
  return lines.length === 0 ? [] : [`jump ${draft.chain('from', lines)}`]
}
