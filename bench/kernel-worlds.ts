/** Rules by the number, in the notation of timelines and as lines of a ruleset that somebody wrote by hand. */

import { playTimeline } from '../src/engine/timeline.ts'
import type { NetworkInterfaceId } from '../src/model/ids.ts'
import type { InterfacePolicy } from '../src/policy/policy.ts'
import { Dice } from './dice.ts'

/** The server that is asked, and who asks: the last rule alone lets it in. */
export const server = { address: '10.0.0.10', port: 7000 } as const
export const client = '10.0.0.20'

interface Entry {
  readonly port: number
  readonly block: string
}

function entriesOf(count: number): Entry[] {
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    port: server.port + (index % 60),
    block: `198.${18 + (index >> 8)}.${index & 255}.0/24`,
  }))
  return [...others, { port: server.port, block: `${client}/32` }]
}

/** The policies of all interfaces, after the world and after each change: one that a change left alone is the same. */
export function policiesAfter(world: string, changes: readonly string[] = []): InterfacePolicy[][] {
  const found: InterfacePolicy[][] = []
  const marker = '0s forget e0'
  const first = world.split('\n').length + 1
  const text = [world, marker, ...changes.flatMap((change) => [`0s ${change}`, marker]), ''].join('\n')
  const results = playTimeline(text, {
    onLine: ({ line, world: { networkInterface }, policies, now }) => {
      if (line < first || (line - first) % 2 === 1) return
      found.push([...networkInterface.keys()].flatMap((id) => policies.get(id as NetworkInterfaceId, now) ?? []))
    },
  })
  for (const _ of results);
  return found
}

export function serverPolicy(count: number): InterfacePolicy {
  const rules = entriesOf(count).map(({ port, block }) => `  group web ingress tcp ${port} from ${block}`)
  const world = ['world', '  group web', ...rules, `  interface e0 ${server.address} in web`].join('\n')
  const policy = policiesAfter(world)[0]?.[0]
  if (policy === undefined) throw new Error('the world has no server')
  return policy
}

/** What is known passes first, as every textbook has it; then a line a rule. */
export function naiveRuleset(count: number): string {
  const lines = entriesOf(count).map(({ port, block }) => `    ip saddr ${block} tcp dport ${port} accept`)
  return `table inet naive {
  chain in {
    type filter hook input priority 0; policy drop;
    ct state established,related accept
${lines.join('\n')}
  }
  chain out {
    type filter hook output priority 0; policy drop;
    ct state established,related accept
  }
}
`
}

export const trackingAlone = `table inet tracking {
  chain in { type filter hook input priority 0; policy accept; ct state new accept; }
}
`

const groups = 50
const carried = 5
const rulesOfGroup = 60

/** Interfaces that carry five of fifty groups of sixty rules: blocks, a list, and other groups, both ways. */
export function crowd(interfaces: number): string {
  const dice = new Dice('crowd')
  const block = () => `198.${18 + dice.below(100)}.${dice.below(256)}.0/24`
  const peer = () => (dice.below(6) === 0 ? 'pl-1' : dice.below(5) === 0 ? `g${dice.below(groups)}` : block())
  const numbers = Array.from({ length: groups }, (_, index) => index)
  const rules = numbers.flatMap((group) =>
    Array.from({ length: rulesOfGroup }, (_, index) => {
      const way = index % 3 === 0 ? `egress tcp ${dice.below(9000)} to` : `ingress tcp ${dice.below(9000)} from`
      return `  group g${group} ${way} ${peer()}`
    }),
  )
  const cards = Array.from({ length: interfaces }, (_, index) => {
    const own = Array.from({ length: carried }, (_each, more) => `g${(index + more * 7) % groups}`)
    return `  interface e${index} 10.0.${1 + (index >> 7)}.${10 + (index & 127)} in ${own.join(' ')}`
  })
  const list = `  prefix-list pl-1 ${Array.from({ length: 20 }, block).join(' ')}`
  return ['world', list, ...numbers.map((group) => `  group g${group}`), ...rules, ...cards].join('\n')
}
