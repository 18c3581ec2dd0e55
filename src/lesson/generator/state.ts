/** Templates about memory: tracked or untracked, what a revoke does, what time does. */

import type { Option } from '../content.ts'
import type { Dice } from './dice.ts'
import {
  client,
  type Draft,
  inWords,
  listed,
  opening,
  type Service,
  type SpelledRule,
  tcpServices,
  worldWith,
} from './draft.ts'

const outbound: readonly [SpelledRule, ...SpelledRule[]] = [
  { direction: 'egress', traffic: 'any', peer: '0.0.0.0/0' },
  { direction: 'egress', traffic: 'tcp any', peer: '0.0.0.0/0' },
  { direction: 'egress', traffic: 'tcp 1024-65535', peer: '0.0.0.0/0' },
  { direction: 'egress', traffic: 'udp any', peer: '0.0.0.0/0' },
  { direction: 'egress', traffic: 'any', peer: '203.0.113.0/24' },
  { direction: 'egress', traffic: 'any', peer: '::/0' },
]

type Cause = 'protocol' | 'inbound' | 'outbound' | 'none'

const pairing = outbound.slice(0, 2) as [SpelledRule, SpelledRule]
const unpairing = outbound.slice(2) as [SpelledRule, ...SpelledRule[]]

/** Is this connection tracked, and why? One cause at a time: with two, two options would be true. */
export function trackedOrUntracked(dice: Dice): Draft {
  const cause = dice.of<Cause>(['protocol', 'inbound', 'outbound', 'none'])
  const isPing = cause === 'protocol'
  const { port } = dice.of(tcpServices)
  const from = dice.between(1024, 65_000)
  const peer = cause === 'inbound' ? dice.of(['203.0.113.0/24', '203.0.113.5/32']) : '0.0.0.0/0'
  const inbound: SpelledRule = { direction: 'ingress', traffic: isPing ? 'icmp 8' : `tcp ${port}`, peer }
  const back = dice.of(cause === 'outbound' ? unpairing : pairing)
  const rules = [inbound, back]
  const packet = isPing
    ? `0s web ingress icmp ${client} > 10.0.0.10 echo ${from}`
    : `0s ${opening({ protocol: 'tcp', port }, client, from)}`
  const tracked = (text: string, says: string, why: string): Option => {
    return { text, lines: [`${packet} allow sgr-1`], says, why }
  }
  const sends = isPing
    ? `sends a ping, with identifier ${from}`
    : `opens a connection from port ${from} to TCP port ${port}`
  return {
    topic: 'tracked-and-untracked',
    scenario: `A security group has two rules: ${listed(rules)}. A client at ${client} ${sends}. It is admitted.`,
    asks: 'Is it tracked?',
    world: worldWith(rules),
    options: [
      {
        text: 'Untracked: both directions are open to all addresses, outbound on all ports.',
        lines: [`${packet} allow untracked(sgr-1; sgr-2)`],
        why: 'Then nothing is remembered, and each packet passes by the rules alone.',
      },
      tracked(
        'Tracked, because this protocol always is.',
        'the protocol is always tracked',
        'ICMP always is. TCP and UDP can be untracked.',
      ),
      tracked(
        'Tracked, because the inbound rule is not open to all addresses.',
        'no rule that admits it is open to all addresses',
        'Look at the source of sgr-1.',
      ),
      tracked(
        'Tracked, because outbound is not open to all addresses on all of its ports.',
        'the other direction is not open to all addresses on all ports',
        'Look at the protocol, the ports and the destination of sgr-2.',
      ),
    ],
    hint: 'First the protocol, then the inbound rule, then the outbound rule.',
    solution: [
      isPing ? 'ICMP is always tracked.' : 'TCP can be untracked.',
      `The inbound rule is for ${peer}, which is ${peer === '0.0.0.0/0' ? '' : 'not '}all addresses.`,
      `sgr-2 is ${inWords(back)}. To pair with TCP it must be open to 0.0.0.0/0 on all TCP ports.`,
    ],
  }
}

/** A rule is revoked under a live connection: what becomes of its next packet? */
export function afterARevoke(dice: Dice): Draft {
  const [{ port }, spare] = dice.shuffled(tcpServices) as [Service, Service]
  const from = dice.between(1024, 65_000)
  const peer = dice.of(['0.0.0.0/0', '0.0.0.0/0', '203.0.113.0/24'])
  const rules: SpelledRule[] = [
    { direction: 'ingress', traffic: `tcp ${port}`, peer },
    dice.of(outbound),
    { direction: 'ingress', traffic: `tcp ${spare.port}`, peer: '0.0.0.0/0' },
  ]
  const revoked = dice.between(1, 3)
  const isClient = dice.below(2) === 0
  const next = isClient
    ? `2s web ingress tcp ${client}:${from} > 10.0.0.10:${port} PA`
    : `2s web egress tcp 10.0.0.10:${port} > ${client}:${from} PA`
  const before = [`0s ${opening({ protocol: 'tcp', port }, client, from)} allow`, `1s revoke sgr-${revoked}`]
  const ends = (text: string, fate: string, why: string): Option => ({
    text,
    lines: [...before, `${next} ${fate}`],
    why,
  })
  return {
    topic: 'tracked-and-untracked',
    scenario: `A security group has three rules: ${listed(rules)}. A client at ${client} has opened a connection from port ${from} to TCP port ${port}. You revoke sgr-${revoked}. Then the ${isClient ? 'client' : 'server'} sends data on the open connection.`,
    asks: 'What becomes of the data?',
    world: worldWith(rules),
    options: [
      ends(
        'It passes by state: the connection is tracked.',
        `allow connection(sgr-1${revoked === 1 ? ', revoked' : ''})`,
        'A tracked connection goes on, whatever is revoked.',
      ),
      ends(
        'It passes by the rules: the connection is untracked, and its two rules are still there.',
        'allow untracked(sgr-1; sgr-2)',
        'That needs both rules of the pair.',
      ),
      ends(
        'It is refused: no rule admits it, and no connection is known.',
        'deny no-rule',
        'An untracked connection has nothing to fall back on.',
      ),
      ends(
        'It is refused: a rule would admit a beginning, but this is the middle of a connection that is not known.',
        'deny no-state',
        'A rule admits first packets of TCP connections.',
      ),
    ],
    hint: 'Was the connection tracked when it began? Then ask what the revoke leaves.',
    solution: [
      'The connection is untracked if sgr-1 is open to 0.0.0.0/0 and sgr-2 is open to 0.0.0.0/0 on all TCP ports.',
      'A tracked connection goes on. An untracked one needs both rules.',
      `The data ${isClient ? 'comes in' : 'goes out'}, so it is for ${isClient ? 'inbound' : 'outbound'} rules to say whether a beginning would be admitted.`,
    ],
  }
}

/** A tracked connection idles: what becomes of its next packet? */
export function afterASilence(dice: Dice): Draft {
  const { port } = dice.of(tcpServices)
  const from = dice.between(1024, 65_000)
  const timeout = dice.of([60, 350, 900, 3600])
  const silence = dice.of([timeout - dice.between(1, 30), timeout + dice.between(1, 600)])
  const rules: SpelledRule[] = [{ direction: 'ingress', traffic: `tcp ${port}`, peer: '203.0.113.0/24' }]
  const isClient = dice.below(2) === 0
  const arrives = (flags: string, at: number) => `${at}s web ingress tcp ${client}:${from} > 10.0.0.10:${port} ${flags}`
  const leaves = (flags: string, at: number) => `${at}s web egress tcp 10.0.0.10:${port} > ${client}:${from} ${flags}`
  const next = isClient ? arrives('PA', silence) : leaves('PA', silence)
  const before = [`${arrives('S', 0)} allow`, `${leaves('SA', 0)} allow`, `${arrives('A', 0)} allow`]
  const ends = (text: string, fate: string, why: string): Option => ({
    text,
    lines: [...before, `${next} ${fate}`],
    why,
  })
  return {
    topic: 'idle-timeouts',
    scenario: `An interface has a TcpEstablishedTimeout of ${timeout} seconds. Its security group has one rule: ${listed(rules)}. A client at ${client} has established a connection from port ${from} to TCP port ${port}. For ${silence} seconds nobody sends anything. Then the ${isClient ? 'client' : 'server'} sends data on it.`,
    asks: 'What becomes of the data?',
    world: [...worldWith(rules).slice(0, -1), `interface web 10.0.0.10 in web idle tcp ${timeout}`],
    options: [
      ends('It passes by state.', 'allow connection(sgr-1)', 'It does so while the connection is known.'),
      ends('It passes by sgr-1, as a new connection.', 'allow sgr-1', 'Data is not the beginning of a TCP connection.'),
      ends(
        'It is refused: sgr-1 matches it, but it is the middle of a connection that is not known.',
        'deny no-state',
        'That is what a client meets after the timeout.',
      ),
      ends(
        'It is refused: no rule of its direction matches it, and no connection is known.',
        'deny no-rule',
        'That is what the server meets after the timeout, as there is no outbound rule.',
      ),
    ],
    hint: `Compare ${silence} with ${timeout}.`,
    solution: [
      `The connection is tracked, as sgr-1 is not open to all addresses. It is forgotten after ${timeout} idle seconds.`,
      `The silence was ${silence} seconds.`,
      `The data ${isClient ? 'comes in, where sgr-1 would match it' : 'goes out, where there is no rule'}.`,
    ],
  }
}
