/** A rule as the few narrower ones that still admit what it is used for: never more than it admits itself. */

import { groupedBy } from '../base/grouped.ts'
import { type Peer, peerText, type Rule, type Traffic, trafficKey } from '../model/rule.ts'
import { linked, type World } from '../model/world.ts'
import { type Address, addressLength } from '../net/address.ts'
import { type Cidr, contains, containsAddress, parseCidr } from '../net/cidr.ts'
import { addressesOf } from '../policy/resolve-peer.ts'
import { peerOfBlock } from '../reach/fix.ts'
import { coveringBlocks } from './covering-blocks.ts'
import { trafficOf } from './rule-needs.ts'
import type { RuleUse } from './rule-uses.ts'

type Fields = Pick<Rule, 'direction' | 'traffic' | 'peer'>

/** From exact to wide. */
const attempts = [
  { blocks: 8, isByPort: true },
  { blocks: 4, isByPort: true },
  { blocks: 2, isByPort: true },
  { blocks: 1, isByPort: true },
  { blocks: 2, isByPort: false },
  { blocks: 1, isByPort: false },
]

/** Undefined where the rule is as narrow as so many rules can be. */
export function narrowed(rule: Rule, uses: readonly RuleUse[], world: World, mostRules: number): Fields[] | undefined {
  for (const attempt of attempts) {
    const fields = fieldsFor(rule, uses, world, attempt)
    if (fields.length > mostRules) continue
    const [only] = fields
    const isSame =
      fields.length === 1 &&
      only !== undefined &&
      trafficKey(only.traffic) === trafficKey(rule.traffic) &&
      peerText(only.peer) === peerText(rule.peer)
    return isSame ? undefined : fields
  }
  return undefined
}

function fieldsFor(rule: Rule, uses: readonly RuleUse[], world: World, attempt: (typeof attempts)[number]): Fields[] {
  return Array.from(groupedBy(uses, ({ protocol }) => protocol).values()).flatMap((same) =>
    portions(same, attempt.isByPort).flatMap(({ traffic, members }) =>
      peersFor(rule, members, world, attempt.blocks).map(
        (peer): Fields => ({
          direction: rule.direction,
          traffic: 'type' in rule.traffic || typeof rule.traffic.protocol === 'number' ? rule.traffic : traffic,
          peer,
        }),
      ),
    ),
  )
}

interface Portion {
  readonly traffic: Traffic
  readonly members: readonly RuleUse[]
}

/** Uses of one protocol, apart by ranges of ports that touch, or all in one range. */
function portions(uses: readonly RuleUse[], isByPort: boolean): Portion[] {
  const runs: { from: number; to: number; members: RuleUse[] }[] = []
  for (const use of [...uses].sort((a, b) => a.from - b.from)) {
    const before = runs.at(-1)
    if (before && (!isByPort || use.from <= before.to + 1)) {
      before.to = Math.max(before.to, use.to)
      before.members.push(use)
    } else runs.push({ from: use.from, to: use.to, members: [use] })
  }
  const protocol = uses[0]?.protocol ?? 0
  return runs.map(({ from, to, members }) => ({ traffic: trafficOf(protocol, from, to), members }))
}

/** Groups where the peers are interfaces and a group has none but such as the rule admits, else few CIDRs. */
function peersFor({ peer }: Rule, uses: readonly RuleUse[], world: World, mostBlocks: number): Peer[] {
  const within = 'cidr' in peer ? parseCidr(peer.cidr)?.cidr : undefined
  if (!within) return [peer]
  const length = addressLength[within.family]
  const wide = uses.map(({ block }) => block).filter((block) => block.length < length)
  const left = uses.filter(({ block }) => !wide.some((one) => contains(one, block)))
  const groups = groupsFor(left, world, within)
  const addresses = left
    .filter(({ card }) => !card?.groups.some((group) => groups.includes(group)))
    .map(({ block }): Address => ({ family: block.family, bits: block.first }))
  const blocks = [...wide, ...(addresses.length > 0 ? coveringBlocks(addresses, mostBlocks, within) : [])]
  const outer = blocks.filter((block) => !blocks.some((other) => other !== block && contains(other, block)))
  return [
    ...groups.map((group): Peer => ({ kind: 'group', group, owner: world.scope.account })),
    ...outer.map(peerOfBlock),
  ]
}

function groupsFor(uses: readonly RuleUse[], world: World, within: Cidr) {
  const cards = new Map(uses.flatMap(({ card }) => (card ? [[card.id, card] as const] : [])))
  const fitting = [...new Set([...cards.values()].flatMap(({ groups }) => groups))].filter((group) =>
    linked(world, 'interfaces of group', group).every((id) => {
      const card = world.networkInterface.get(id)
      const own = card ? addressesOf(card).filter(({ family }) => family === within.family) : []
      return own.every((address) => containsAddress(within, address))
    }),
  )
  const chosen: typeof fitting = []
  const open = new Set(cards.values())
  while (open.size > 0) {
    const counts = fitting.map((group) => [...open].filter(({ groups }) => groups.includes(group)).length)
    const most = Math.max(0, ...counts)
    const best = fitting[counts.indexOf(most)]
    if (most === 0 || best === undefined) break
    chosen.push(best)
    for (const card of open) if (card.groups.includes(best)) open.delete(card)
  }
  return chosen
}
