/** Random worlds in the vectors' notation: a few groups, rules of every kind, interfaces that can meet. */

import type { Chance } from './chance.ts'

export interface RandomCard {
  readonly name: string
  readonly addresses: readonly string[]
  groups: string[]
}

export interface RandomRule {
  readonly id: string
  readonly group: string
  readonly direction: 'ingress' | 'egress'
  readonly traffic: string
  readonly peer: string
}

/** What a timeline needs to know of its world, kept in step with the lines it writes. */
export interface RandomWorld {
  readonly lines: string[]
  readonly cards: readonly RandomCard[]
  rules: RandomRule[]
  ruleCount: number
  /** Two rules that may make flows untracked, as they were; they come and go more often than others. */
  pair: readonly RandomRule[]
  /** The choices that the timeline makes, as one text. */
  choices: string
}

export const hosts = ['203.0.113.5', '198.51.100.7', '192.0.2.1', '2001:db8:1::5', '2001:db8:2::9']
export const groups = ['a', 'b', 'p']

const open4 = '0.0.0.0/0'
const open6 = '::/0'
const traffic = [
  ...['any', 'any', 'any', 'tcp 22', 'tcp 80', 'tcp 80', 'tcp 0-65535', 'tcp any', 'tcp 1024-65535', 'tcp 20-25'],
  ...['udp 53', 'udp 53', 'udp any', 'udp 0-65535', 'udp 1024-65535', 'icmp any', 'icmp 8', 'icmp 3/4', 'icmp 13/0'],
  ...['icmpv6 any', 'icmpv6 128/0', 'icmpv6 1', '50', '47', '132'],
]
const peers = [
  ...[open4, open4, open4, open4, open6, open6, open6, '203.0.113.5', '203.0.113.0/24', '0.0.0.0/1', '128.0.0.0/1'],
  ...[
    '10.0.0.0/16',
    '198.51.100.7/32',
    '2001:db8:1::/48',
    '2001:db8::/32',
    '::/1',
    'pl-4',
    'pl-6',
    'a',
    'b',
    'p',
    'gone',
  ],
]
const blocks = [open4, open4, open4, open6, open6, '203.0.113.0/24', '10.0.0.0/16', '0.0.0.0/1', '2001:db8:1::5']

/** A rule that the world did not have; it counts it among its rules. */
export function randomRule(world: RandomWorld, chance: Chance): RandomRule {
  const direction = chance.of(['ingress', 'egress'] as const)
  const [what, peer] = [chance.of(traffic), chance.of(peers)]
  const isOdd = what.startsWith('icmp') && what.startsWith('icmpv6') !== peer.includes(':')
  const fitting = isOdd && chance.isLikely(0.8) ? chance.of([open4, open6, 'p']) : peer
  return addRule(world, { group: chance.of(groups), direction, traffic: what, peer: fitting })
}

function addRule(world: RandomWorld, facts: Omit<RandomRule, 'id'>): RandomRule {
  const rule = { ...facts, id: `sgr-${++world.ruleCount}` }
  world.rules.push(rule)
  return rule
}

/** `NAME ingress tcp 80 from 0.0.0.0/0 as sgr-1` */
export function ruleText({ id, group, direction, traffic: what, peer }: RandomRule): string {
  return `${group} ${direction} ${what} ${direction === 'ingress' ? 'from' : 'to'} ${peer} as ${id}`
}

/** Half of all entries allow everything of a block, or nothing would ever pass. */
export function randomEntry(chance: Chance): string {
  const direction = chance.of(['ingress', 'egress'])
  const [action, what] = chance.isLikely(0.5) ? ['allow', 'any'] : [chance.of(['allow', 'deny']), chance.of(traffic)]
  const between = direction === 'ingress' ? 'from' : 'to'
  return `${direction} ${chance.of([90, 100, 110, 120])} ${action} ${what} ${between} ${chance.of(blocks)}`
}

export function randomEntries(chance: Chance): string {
  const [list, choice] = chance.of([
    ['pl-4', ['203.0.113.0/24', '198.51.100.7', '10.0.1.0/24', open4]],
    ['pl-6', ['2001:db8:1::/64', '2001:db8:2::9', open6]],
  ] as const)
  return [list, ...chance.some(choice, 0.4)].join(' ')
}

export function randomIdle(chance: Chance): string {
  return chance.of(['tcp 60', 'tcp 350', 'udp 30', 'udp 45', 'udp 60', 'stream 60', 'stream 120'])
}

const timers = [
  'syn-sent',
  'syn-received',
  'fin-wait',
  'close-wait',
  'last-ack',
  'time-wait',
  'closed',
  'icmp',
  'fragments',
]

/** Where AWS is silent, other than by default. */
const choices = [
  ...['passes-related-errors off', 'opens-mid-stream on', 'open-peers covering', 'open-beside-narrow tracked'],
  ...['one-way-flow cuts', 'later-fragments pass', 'later-fragments refuse'],
  ...['tracking-scope instance', 'stream-after 1', 'stream-after 3', 'allowance 2', 'allowance-of interface'],
  ...['refusal answered', 'multicast judged', 'self-traffic judged', 'link-local exempt', 'timeout-edit new-flows'],
  ...['change-delay 1', 'change-delay 30'],
]

/** Those that few timelines come to the point of: they are made more often. */
const subtleChoices = [
  ...['syn-on-live-flow opens', 'lost-membership cuts', 'halved-pair keeps', 'narrowed-rule keeps', 'later-pair drops'],
]

/** Whether it makes a choice about flows that are untracked, or were. */
export function isOfPairs({ choices: made }: Pick<RandomWorld, 'choices'>): boolean {
  return /halved-pair|narrowed-rule|later-pair|open-peers|open-beside-narrow/.test(made)
}

export function randomWorld(chance: Chance): RandomWorld {
  const world: RandomWorld = { lines: ['world'], cards: [], rules: [], ruleCount: 0, pair: [], choices: '' }
  const chosen = [...chance.some(choices, 0.05), ...chance.some(subtleChoices, 0.14)].map(
    (choice) => `option ${choice}`,
  )
  world.choices = chosen.join(' ')
  const write = (line: string) => world.lines.push(`  ${line}`)
  if (chance.isLikely(0.5)) write(`prefix-list ${randomEntries(chance)}`)
  for (const group of groups) write(`group ${group}`)
  const count = 2 + chance.below(8)
  for (let index = 0; index < count; index++) write(`group ${ruleText(randomRule(world, chance))}`)
  if (chance.isLikely(isOfPairs(world) ? 0.9 : 0.35)) world.pair = openPair(world, chance)
  for (const rule of world.pair) write(`group ${ruleText(rule)}`)
  const hasAcl = chance.isLikely(0.3)
  if (hasAcl) writeEdge(write, chance)
  const cards = writeCards(write, chance, { hasAcl, isShared: /tracking-scope|allowance-of/.test(world.choices) })
  for (const { name } of cards) {
    if (chance.isLikely(0.1)) write(`path ${name} auto-tracked`)
    if (chance.isLikely(0.12)) write(`path ${name} allowance ${1 + chance.below(3)}`)
  }
  world.lines.unshift(...chosen)
  if (chance.isLikely(0.05)) world.lines.unshift(`option timeout ${chance.of(timers)} ${chance.of([10, 45, 60])}`)
  return { ...world, cards }
}

/** The rule with a narrower peer, or with the one that it had in the pair. */
export function repeered(rule: RandomRule, chance: Chance): RandomRule {
  const isOpen = rule.peer === open4 || rule.peer === open6
  const narrow =
    rule.peer === open6
      ? chance.of(['2001:db8:1::/48', '2001:db8::/32'])
      : chance.of(['203.0.113.0/24', '203.0.113.5', '198.51.100.7/32', '0.0.0.0/1', '128.0.0.0/1'])
  return { ...rule, peer: isOpen ? narrow : chance.of([open4, open6]) }
}

/** A pair that makes flows untracked, in half of the cases but for a detail. */
function openPair(world: RandomWorld, chance: Chance): RandomRule[] {
  const peer = chance.of([open4, open4, open6])
  const [one, other] = chance.isLikely(0.6) ? (['ingress', 'egress'] as const) : (['egress', 'ingress'] as const)
  const admitting = chance.of(['tcp 80', 'udp 53', 'tcp any', 'any'])
  const answering = chance.of(['any', 'any', 'tcp 0-65535', 'udp any', 'tcp 1-65535'])
  const group = chance.of(groups)
  return [
    addRule(world, { group, direction: one, traffic: admitting, peer }),
    addRule(world, { group: chance.of([group, ...groups]), direction: other, traffic: answering, peer }),
  ]
}

type Write = (line: string) => void

function writeEdge(write: Write, chance: Chance): void {
  write('acl n')
  const count = chance.below(4)
  if (chance.isLikely(0.7)) {
    for (const block of [open4, open6]) {
      write(`acl n ingress ${block === open4 ? 200 : 201} allow any from ${block}`)
      write(`acl n egress ${block === open4 ? 200 : 201} allow any to ${block}`)
    }
  }
  for (let index = 0; index < count; index++) write(`acl n ${randomEntry(chance)}`)
  write('subnet s 10.0.0.0/24 2001:db8::/64 acl n')
}

interface CardHabits {
  readonly hasAcl: boolean
  /** The cards are of one instance, and take packets for each other. */
  readonly isShared: boolean
}

function writeCards(write: Write, chance: Chance, { hasAcl, isShared }: CardHabits): RandomCard[] {
  const secondary = chance.isLikely(0.2) ? ['10.0.0.11'] : []
  const cards = [
    {
      name: 'e',
      addresses: ['10.0.0.10', ...secondary, '2001:db8::10'],
      groups: ['a', ...chance.some(['b', 'p'], 0.6)],
    },
    { name: 'f', addresses: [chance.of(['10.0.0.20', '10.0.1.20']), '2001:db8::20'], groups: chance.some(groups, 0.7) },
  ]
  const instance = chance.isLikely(isShared ? 0.9 : 0.4) ? ' instance i' : ''
  for (const { name, addresses, groups: carried } of cards) {
    const inGroups = carried.length === 0 ? '' : ` in ${carried.join(' ')}`
    const isAtEdge = hasAcl && addresses[0]?.startsWith('10.0.0.')
    const idle = chance.isLikely(0.25) ? ` idle ${randomIdle(chance)}` : ''
    const unchecked = chance.isLikely(isShared ? 0.7 : 0.1) ? ' unchecked' : ''
    const settings = `${isAtEdge ? ' subnet s' : ''}${idle}${instance}${unchecked}`
    write(`interface ${name} ${addresses.join(' ')}${inGroups}${settings}`)
  }
  return cards
}
