/** Templates about where a packet stops: the network ACL, the group, or its missing connection. */

import type { Option } from '../content.ts'
import type { Dice } from './dice.ts'
import { client, type Draft, inWords, listed, opening, type SpelledRule, tcpServices } from './draft.ts'

const open: SpelledRule = { direction: 'ingress', traffic: 'any', peer: '0.0.0.0/0' }

interface Entry {
  readonly direction: 'ingress' | 'egress'
  readonly number: number
  readonly action: 'allow' | 'deny'
  readonly traffic: string
  readonly cidr: string
}

function entryLine({ direction, number, action, traffic, cidr }: Entry): string {
  return `acl edge ${direction} ${number} ${action} ${traffic} ${direction === 'ingress' ? 'from' : 'to'} ${cidr}`
}

function entriesInWords(entries: readonly Entry[]): string {
  const words = entries.map(({ direction, number, action, traffic, cidr }) => {
    const rule = inWords({ direction, traffic, peer: cidr })
    return `${number} ${action === 'allow' ? 'allows' : 'denies'} ${rule}`
  })
  return words.length === 0
    ? 'no entry besides the final deny'
    : `these entries besides the final deny: ${words.join('; ')}`
}

function behindAcl(rules: readonly SpelledRule[], entries: readonly Entry[]): string[] {
  const groupLines = rules.map(({ direction, traffic, peer }, index) => {
    return `group web ${direction} ${traffic} ${direction === 'ingress' ? 'from' : 'to'} ${peer} as sgr-${index + 1}`
  })
  const acl = ['acl edge', ...entries.map(entryLine), 'subnet front 10.0.0.0/24 acl edge']
  return [...acl, 'group web', ...groupLines, 'interface web 10.0.0.10 in web subnet front']
}

type Cause = 'rule' | 'state' | 'entry' | 'final'

/** Why was this packet refused? One cause at a time. */
export function whyRefused(dice: Dice): Draft {
  const { name, port } = dice.of(tcpServices)
  const traffic = `tcp ${port}`
  const cause = dice.of<Cause>(['rule', 'state', 'entry', 'final'])
  const rule: SpelledRule = {
    direction: 'ingress',
    traffic: cause === 'rule' ? `udp ${port}` : traffic,
    peer: '203.0.113.0/24',
  }
  const admitted = cause === 'final' ? `tcp ${port + 1}` : 'any'
  const denied = cause === 'entry' ? '203.0.113.0/24' : '198.51.100.0/24'
  const allow: Entry = { direction: 'ingress', number: 100, action: 'allow', traffic: admitted, cidr: '0.0.0.0/0' }
  const deny: Entry = { direction: 'ingress', number: 90, action: 'deny', traffic, cidr: denied }
  const entries = [deny, allow, { ...allow, direction: 'egress', traffic: 'any' } as const]
  const from = dice.between(1024, 65_000)
  const packet = `0s web ingress tcp ${client}:${from} > 10.0.0.10:${port} ${cause === 'state' ? 'PA' : 'S'}`
  const does = cause === 'state' ? 'It carries data of a connection that was never opened.' : 'It opens a connection.'
  return {
    topic: 'groups-and-acls',
    scenario: `A security group has one rule: ${inWords(rule)}. The network ACL of the subnet has ${entriesInWords(entries)}. A TCP packet from ${client} port ${from} arrives for port ${port}, ${name}. ${does}`,
    asks: 'Why is it refused?',
    world: behindAcl([rule], entries),
    options: refusals(packet),
    hint: 'Inward the network ACL is asked first, then the group.',
    solution: [
      `The ACL is read in ascending order: entry 90 is for ${denied}, entry 100 for ${admitted === 'any' ? 'all traffic' : `TCP port ${port + 1}`}.`,
      `The group's rule is ${inWords(rule)}.`,
      does,
    ],
  }
}

function refusals(packet: string): Option[] {
  return [
    {
      text: 'No inbound rule of the group admits it.',
      lines: [`${packet} deny no-rule`],
      why: 'Compare the rule with protocol, port and source of the packet.',
    },
    {
      text: 'A rule of the group matches, but it is in the middle of a connection that is not known.',
      lines: [`${packet} deny no-state`],
      why: 'A rule that tracks admits only a packet that opens a connection.',
    },
    {
      text: 'Entry 90 of the network ACL denies it.',
      lines: [`${packet} deny acl(90)`],
      why: 'Compare entry 90 with port and source of the packet.',
    },
    {
      text: 'No entry of the network ACL allows it, so the final deny does.',
      lines: [`${packet} deny acl(*)`],
      why: 'Entry 100 decides unless it does not match.',
    },
  ]
}

type Answers = readonly [traffic: string, says: string] | undefined

const answerEntries: readonly [Answers, ...Answers[]] = [
  undefined,
  ['tcp 1024-65535', 'all ports from 1024 on'],
  ['tcp 32768-61000', 'ports 32768 to 61000'],
  ['any', 'everything'],
  ['tcp 80', 'port 80'],
]

/** A request and its answer: which of ACL and group stops which? */
export function aclOrGroup(dice: Dice): Draft {
  const { port } = dice.of(tcpServices)
  const from = dice.between(1024, 65_000)
  const admits = dice.below(4) > 0
  const rules: SpelledRule[] = [{ ...open, traffic: `tcp ${admits ? port : port + 1}` }]
  // With two that stop the request, two options would be true.
  const allows = !admits || dice.below(4) > 0
  const answers = dice.of(answerEntries)
  const entries: Entry[] = [
    {
      direction: 'ingress',
      number: 100,
      action: 'allow',
      traffic: `tcp ${allows ? port : port + 1}`,
      cidr: '0.0.0.0/0',
    },
    ...(answers
      ? [{ direction: 'egress', number: 100, action: 'allow', traffic: answers[0], cidr: '0.0.0.0/0' } as const]
      : []),
  ]
  const request = `0s ${opening({ protocol: 'tcp', port }, client, from)}`
  const answer = `0s web egress tcp 10.0.0.10:${port} > ${client}:${from} SA`
  const options: Option[] = [
    {
      text: 'Nothing stops: the request gets in and the answer gets out.',
      lines: [`${request} allow`, `${answer} allow`],
      why: 'The ACL must allow both, the group only the request.',
    },
    {
      text: 'The network ACL stops the request.',
      lines: [`${request} deny acl(*)`],
      why: 'It does so if no inbound entry allows it.',
    },
    {
      text: 'The security group stops the request.',
      lines: [`${request} deny no-rule`],
      why: 'It does so if no inbound rule admits it, and the ACL let it through.',
    },
    {
      text: 'The network ACL stops the answer.',
      lines: [`${request} allow`, `${answer} deny acl(*)`],
      why: "It does so if no outbound entry holds the client's port.",
    },
  ]
  return {
    topic: 'groups-and-acls',
    scenario: `A security group has one rule: ${listed(rules)}. The network ACL of the subnet has ${entriesInWords(entries)}. A client at ${client} opens a connection from port ${from} to TCP port ${port}.`,
    asks: 'What stops the connection?',
    world: behindAcl(rules, entries),
    options,
    hint: 'Ask the ACL about the request, then the group; then the ACL about the answer.',
    solution: [
      `The request is for port ${port}: ${allows ? 'entry 100 allows it' : 'no entry allows it'}.`,
      `The group ${admits ? 'admits it and remembers it, so the answer passes the group' : 'has no rule for that port'}.`,
      `The answer goes to port ${from}. Outbound the ACL allows ${answers ? answers[1] : 'nothing'}.`,
    ],
  }
}
