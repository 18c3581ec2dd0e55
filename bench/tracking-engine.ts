/** `Engine.decide` for packets of each kind, at an interface whose group has 60 rules. */

import { type Instant, instant } from '../src/base/clock.ts'
import { Engine } from '../src/engine/engine.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import type { Direction } from '../src/model/rule.ts'
import { apply } from '../src/model/world.ts'
import type { Address, Family } from '../src/net/address.ts'
import { parseAddress } from '../src/net/address.ts'
import { type Packet, reversed, tcpFlags } from '../src/packet/packet.ts'
import { compile } from '../src/policy/compile.ts'
import type { InterfacePolicy } from '../src/policy/policy.ts'
import { formatSpread, inProcess, interleave, type Subject } from './interleave.ts'
import type { Figure, Size } from './report.ts'
import { begin } from './tracking-flows.ts'

const flows = 10_000
const openPort = 80
const closedPort = 22

/** 58 narrow rules, a port open to each family, and everything outbound: open ports are untracked, the others are not. */
export function policyOfSixtyRules(name = 'e', address = '10.0.0.10'): InterfacePolicy {
  const narrow = Array.from({ length: 29 }, (_, n) => [
    `group web ingress tcp ${1000 + n} from 203.${n}.0.0/16`,
    `group web ingress tcp ${1000 + n} from 2001:db8:${n}::/48`,
  ])
  const lines = [
    ...narrow.flat(),
    `group web ingress tcp ${openPort} from 0.0.0.0/0`,
    `group web ingress tcp ${openPort} from ::/0`,
    'group web egress any to 0.0.0.0/0',
    'group web egress any to ::/0',
    `interface ${name} ${address} 2001:db8:ffff::10 in web`,
  ]
  const world = lines.reduce((before, line) => apply(before, worldLine(line, before)), notationWorld())
  const card = world.networkInterface.get(`eni-${name}`)
  if (!card) throw new Error('the world has no interface')
  return compile(world, card)
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

export async function measureEngine({ rounds }: Size): Promise<Figure[]> {
  const policy = policyOfSixtyRules()
  const numbers = Array.from({ length: flows }, (_, n) => n)
  const openings = (family: Family, port?: number): Sent[] =>
    numbers.map((n) => ({ packet: segment(family, n, syn, port), direction: ingress }))
  const subjects = ([4, 6] as const).flatMap((family): Subject[] => [
    established(policy, openings(family), `established, IPv${family}`),
    stateless(policy, openings(family, openPort), `untracked, IPv${family}`, 'untracked'),
    stateless(policy, openings(family, closedPort), `denied, IPv${family}`, 'no-rule'),
    opening(policy, openings(family), `new, IPv${family}`),
  ])
  const mixed = openings(4).map((each, n) => (n % 2 === 0 ? each : { ...each, packet: segment(6, n, syn) }))
  const standings = await interleave([...subjects, established(policy, mixed, 'established, mixed')], rounds.rounds)
  return standings.map(({ name, nanoseconds }) => {
    const note = `${formatSpread(nanoseconds, 0)} in rounds of ${flows} packets, 60 rules`
    return { name: `Engine.decide, ${name}`, value: nanoseconds.median, unit: 'ns', aim: undefined, note }
  })
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
