/** Flows that are judged by what was said of one like them get the judgement that they would get alone. */

import { expect, test } from 'vitest'
import { Dice } from '../../bench/dice.ts'
import { whollyKnown } from '../../src/import/imported.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { parseAddress } from '../../src/net/address.ts'
import { certainties, evidences, type Flow } from '../../src/replay/flow.ts'
import type { InterfaceEnds } from '../../src/replay/interface-ends.ts'
import { Judge } from '../../src/replay/judge.ts'
import { Replay } from '../../src/replay/replay.ts'

const interfaces = 12

function worldOf(dice: Dice): string {
  const pick = pickOf(dice)
  const rule = (group: string) => {
    const traffic = pick(['any', 'tcp any', 'tcp 22', 'tcp 443', 'udp any', 'icmp any', 'icmp 8', '50'])
    const peer = pick(['0.0.0.0/0', '::/0', '10.0.2.0/25', '203.0.113.0/28', '2001:db8::/64', 'a', 'b', 'c'])
    return `group ${group} ${pick(['ingress', 'egress'])} ${traffic} @ ${peer}`
  }
  const lines = [
    ...['a', 'b', 'c'].flatMap((group) => [`group ${group}`, ...Array.from({ length: 5 }, () => rule(group))]),
    'acl edge',
    ...['ingress', 'egress'].flatMap((direction) => [
      `acl edge ${direction} 90 deny tcp 443 @ 203.0.113.0/29`,
      `acl edge ${direction} 92 deny icmp ${pick(['8', 'any'])} @ 10.0.1.0/24`,
      `acl edge ${direction} 95 deny tcp 1024-40000 @ 10.0.0.0/16`,
      `acl edge ${direction} 100 allow any @ 0.0.0.0/0`,
    ]),
    'subnet open 10.0.1.0/24',
    'subnet guarded 10.0.2.0/24 acl edge',
  ].map((line) => line.replace('@', line.includes('ingress') ? 'from' : 'to'))
  const cards = Array.from({ length: interfaces }, (_, number) => {
    const [subnet, third] = number % 2 === 0 ? ['open', 1] : ['guarded', 2]
    const addresses = `10.0.${third}.${10 + number} 2001:db8::${10 + number}`
    return `interface i${number} ${addresses} in ${pick(['a', 'b'])} subnet ${subnet}`
  })
  return [...lines, ...cards].join('\n')
}

const pickOf =
  (dice: Dice) =>
  <T>(words: readonly T[]): T =>
    words[dice.below(words.length)] as T

const near4 = Array.from({ length: interfaces }, (_, number) => `10.0.${1 + (number % 2)}.${10 + number}`)
const near6 = Array.from({ length: interfaces }, (_, number) => `2001:db8::${10 + number}`)
const far4 = [
  '203.0.113.3',
  '203.0.113.9',
  '203.0.113.99',
  '198.51.100.7',
  '10.0.2.200',
  '10.0.3.3',
  '10.0.1.1',
  '10.0.0.2',
]
const far6 = ['2001:db8::ffff', '2001:db8:1::1', 'fd00:ec2::253', 'fe80::1', '2600::1']
const exempt4 = ['169.254.169.253', '169.254.169.254', '169.254.169.251', '10.0.1.255', '224.0.0.1']
const ports = [0, 22, 53, 54, 67, 68, 123, 443, 546, 547, 1023, 1024, 1688, 32_768, 40_000, 40_001, 65_535]

/** What flows have beside their ends. */
type Facts = Omit<Flow, 'own' | 'peer'>

function factsOf(dice: Dice): Facts {
  const pick = pickOf(dice)
  return {
    protocol: pick([6, 6, 6, 17, 17, 17, 1, 58, 50]),
    direction: pick(['ingress', 'egress']),
    action: pick(['ACCEPT', 'REJECT']),
    sourcePort: pick(ports),
    destinationPort: pick(ports),
    evidence: pick(evidences),
    isOpening: dice.below(2) === 0,
    certainty: pick(certainties),
  }
}

/** One fact is another one. */
function changed(dice: Dice, facts: Facts): Facts {
  const pick = pickOf(dice)
  const fact = pick(['sourcePort', 'destinationPort', ...(Object.keys(facts) as (keyof Facts)[])] as const)
  return { ...facts, [fact]: factsOf(dice)[fact] }
}

function endsOf(dice: Dice, { all }: InterfaceEnds): Pick<Flow, 'own' | 'peer'> {
  const pick = pickOf(dice)
  const own = pick(all)
  const peer = parseAddress(pick(pick(own.address.family === 4 ? [near4, far4, exempt4] : [near6, far6])))
  if (!peer) throw new Error('the addresses are written right')
  return { own, peer }
}

test.each(Array.from({ length: 24 }, (_, number) => number))('in world %i', (number) => {
  const dice = new Dice(`alike ${number}`)
  const world = worldFromLines(worldOf(dice))
  const { ends } = new Replay(whollyKnown(world))
  const judge = new Judge(world, ends, false)
  const first = factsOf(dice)
  const facts = [first, ...Array.from({ length: 7 }, () => changed(dice, first))]
  for (let count = 0; count < 800; count++) {
    const flow = { ...endsOf(dice, ends), ...pickOf(dice)(facts) }
    // A judge who was asked once only has nothing to remember.
    expect(judge.judge(flow)).toEqual(new Judge(world, ends, false).judge(flow))
  }
})
