/** `Engine.decide` for packets of each kind, at interfaces whose rules come to 60 entries and up to 100,000. */

import { type Instant, instant } from '../src/base/clock.ts'
import { Engine } from '../src/engine/engine.ts'
import { put } from '../src/model/change.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import type { Direction } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'
import type { Address, Family } from '../src/net/address.ts'
import { parseAddress } from '../src/net/address.ts'
import { type Packet, reversed, tcpFlags } from '../src/packet/packet.ts'
import { compile } from '../src/policy/compile.ts'
import { matchingRulesQuickly } from '../src/policy/index-allows.ts'
import type { InterfacePolicy } from '../src/policy/policy.ts'
import { type Workload, workloads, worldOfWorkload } from './deciding-worlds.ts'
import { formatSpread, inProcess, interleave, type Subject } from './interleave.ts'
import type { Figure, Size } from './report.ts'
import { begin } from './tracking-flows.ts'

const flows = 10_000
const openPort = 80
const closedPort = 22

/** 58 narrow rules, a port open to each family, and everything outbound: open ports are untracked, the others are not. */
const sixtyRules: readonly string[] = [
  ...Array.from({ length: 29 }, (_, n) => [
    `group web ingress tcp ${1000 + n} from 203.${n}.0.0/16`,
    `group web ingress tcp ${1000 + n} from 2001:db8:${n}::/48`,
  ]).flat(),
  `group web ingress tcp ${openPort} from 0.0.0.0/0`,
  `group web ingress tcp ${openPort} from ::/0`,
  'group web egress any to 0.0.0.0/0',
  'group web egress any to ::/0',
]

function withLines(world: World, lines: readonly string[]): World {
  return lines.reduce((before, line) => apply(before, worldLine(line, before)), world)
}

export function policyOfSixtyRules(name = 'e', address = '10.0.0.10'): InterfacePolicy {
  const lines = [...sixtyRules, `interface ${name} ${address} 2001:db8:ffff::10 in web`]
  const world = withLines(notationWorld(), lines)
  const card = world.networkInterface.get(`eni-${name}`)
  if (!card) throw new Error('the world has no interface')
  return compile(world, card)
}

/** The sixty rules beside those of the workload. */
function policyAmong(workload: Workload): InterfacePolicy {
  const world = withLines(worldOfWorkload(workload, 'mixed'), sixtyRules)
  const made = world.networkInterface.get('eni-d')
  if (!made) throw new Error('the workload has no interface')
  const card = { ...made, ipv6Addresses: ['2001:db8:ffff::10'], groups: [...made.groups, 'sg-web' as const] }
  return compile(apply(world, [put('networkInterface', card)]), card)
}

interface Sent {
  readonly packet: Packet
  readonly direction: Direction
}

/** Flow n comes from a host that rule n mod 29 admits, to the rule's port or to the one that is given. */
export function segment(family: Family, number: number, flags: number, port?: number): Packet {
  const rule = number % 29
  const host = 1 + Math.floor(number / 29)
  const source =
    family === 4
      ? parse(`203.${rule}.${(host >> 8) & 255}.${host & 255}`)
      : parse(`2001:db8:${rule}::${(host >> 16).toString(16)}:${(host & 0xffff).toString(16)}`)
  const destination = parse(family === 4 ? '10.0.0.10' : '2001:db8:ffff::10')
  const ports = { source: 20_000 + (number % 40_000), destination: port ?? 1000 + rule }
  return { source, destination, payload: { kind: 'tcp', ports, flags }, length: 60 }
}

function parse(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new Error(`${text} is no address`)
  return address
}

interface Run {
  readonly policy: InterfacePolicy
  readonly sent: readonly Sent[]
}

const { syn, ack } = tcpFlags
const ingress = 'ingress' as const

export async function measurePackets({ rounds, decidingWorkloads }: Size): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const workload of workloads.filter(({ name }) => decidingWorkloads.includes(name))) {
    const policy = workload.name === 'd60' ? policyOfSixtyRules() : policyAmong(workload)
    const standings = await interleave(subjectsOf(policy, workload.name), rounds.rounds)
    for (const { name, nanoseconds } of standings) {
      const note = `${formatSpread(nanoseconds, 0)} in rounds of ${flows} packets`
      figures.push({ name: `Engine.decide, ${name}`, value: nanoseconds.median, unit: 'ns', aim: undefined, note })
    }
  }
  return figures
}

const families = { IPv4: [4], IPv6: [6], mixed: [4, 6] } as const

function subjectsOf(policy: InterfacePolicy, workload: string): Subject[] {
  return Object.entries(families).flatMap(([name, among]): Subject[] => {
    const openings = (port?: number) => openingsOf(among, port)
    const what = `${name}, ${workload}`
    return [
      established(policy, openings(), `established, ${what}`),
      stateless(policy, openings(openPort), `untracked, ${what}`, 'untracked'),
      stateless(policy, refusedOf(policy, among), `denied, ${what}`, 'no-rule'),
      opening(policy, openings(), `new, ${what}`),
    ]
  })
}

function openingsOf(among: readonly Family[], port?: number): Sent[] {
  return Array.from({ length: flows }, (_, n) => {
    const family = among[n % among.length] ?? 4
    return { packet: segment(family, n, syn, port), direction: ingress }
  })
}

/** Of the packets to closed ports those that no rule of the workload happens to admit. */
function refusedOf(policy: InterfacePolicy, among: readonly Family[]): Sent[] {
  const refused: Sent[] = []
  for (let n = 0; refused.length < flows; n++) {
    if (n > 100 * flows) throw new Error('nearly every packet is admitted')
    const packet = segment(among[n % among.length] ?? 4, n, syn, closedPort + (n % 700))
    if (matchingRulesQuickly(policy, packet, ingress).length === 0) refused.push({ packet, direction: ingress })
  }
  return refused
}

function decideAll(engine: Engine, { policy, sent }: Run, now: Instant, kind: string): number {
  let count = 0
  for (const { packet, direction } of sent) {
    if (engine.decide({ packet, policy, direction, now }).because.kind === kind) count++
  }
  if (count !== sent.length) throw new Error(`of ${sent.length} packets only ${count} met: ${kind}`)
  return count
}

/** After the handshake, packets of both directions in turn. */
function established(policy: InterfacePolicy, openings: readonly Sent[], name: string): Subject {
  const engine = new Engine()
  const answer = ({ packet }: Sent, flags: number): Sent => ({
    packet: reversed({ ...packet, payload: { ...packet.payload, flags } as Packet['payload'] }),
    direction: 'egress',
  })
  const inbound = ({ packet }: Sent): Sent => ({
    packet: { ...packet, payload: { ...packet.payload, flags: ack } as Packet['payload'] },
    direction: ingress,
  })
  decideAll(engine, { policy, sent: openings }, begin, 'rules')
  const answers = openings.map((each) => answer(each, syn | ack))
  decideAll(engine, { policy, sent: answers }, begin, 'connection')
  decideAll(engine, { policy, sent: openings.map(inbound) }, begin, 'connection')
  const sent = openings.map((each, n) => (n % 2 === 0 ? inbound(each) : answer(each, ack)))
  let now = begin
  return inProcess(name, sent.length, () => {
    now = instant(now + 1)
    return decideAll(engine, { policy, sent }, now, 'connection')
  })
}

function stateless(policy: InterfacePolicy, sent: readonly Sent[], name: string, kind: string): Subject {
  const engine = new Engine()
  return inProcess(name, sent.length, () => decideAll(engine, { policy, sent }, begin, kind))
}

/** Each round by an engine that knows nothing. */
function opening(policy: InterfacePolicy, sent: readonly Sent[], name: string): Subject {
  return inProcess(name, sent.length, () => decideAll(new Engine(), { policy, sent }, begin, 'rules'))
}
