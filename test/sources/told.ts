/** An imported world in words: its rules, interfaces and doubts, `?` before what is only possible. */

import type { Imported } from '../../src/import/imported.ts'
import { peerText, type Rule, trafficKey } from '../../src/model/rule.ts'
import { tagsOf, type World } from '../../src/model/world.ts'

/** `web ingress tcp 22-22 from 0.0.0.0/0` */
export function rulesTold({ certain, possible }: Imported): string[] {
  const sure = new Set(rulesIn(certain))
  return [...new Set([...sure, ...rulesIn(possible)])].map((each) => (sure.has(each) ? each : `? ${each}`)).sort()
}

function rulesIn(world: World): string[] {
  return Array.from(world.securityGroup.values()).flatMap(({ name, rules }) =>
    rules.map((rule) => `${name} ${ruleText(world, rule)}`),
  )
}

function ruleText(world: World, { direction, traffic, peer }: Rule): string {
  const named = peer.kind === 'group' ? (world.securityGroup.get(peer.group)?.name ?? peer.group) : peerText(peer)
  const list = peer.kind === 'prefix-list' ? world.prefixList.get(peer.list)?.name : undefined
  return `${direction} ${trafficKey(traffic)} ${direction === 'ingress' ? 'from' : 'to'} ${list ?? named}`
}

/** `web-0 10.0.0.4 in web, default at 203.0.113.1` */
export function interfacesTold({ certain: world }: Imported): string[] {
  const all = Array.from(world.networkInterface.values(), (card) => {
    const owner = card.attachment?.instance
    const tags = [...tagsOf(world, card.id), ...(owner === undefined ? [] : tagsOf(world, owner))]
    const name = tags.find(({ key }) => key === 'Name')?.value ?? card.id
    const groups = card.groups.map((id) => world.securityGroup.get(id)?.name ?? id).join(', ')
    const addresses = [...card.privateAddresses.map(({ address }) => address), ...card.ipv6Addresses].join(' ')
    const elastic = Array.from(world.elasticAddress.values()).find(
      ({ association }) => association?.networkInterface === card.id,
    )
    const at = elastic?.publicAddress ?? card.autoAssignedPublicAddress
    return `${name} ${addresses} in ${groups}${at === undefined ? '' : ` at ${at}`}`
  })
  return all.sort()
}

export function doubtsTold({ doubts }: Imported): string[] {
  return doubts.map(({ what, origin }) => `${origin.name}: ${what}`)
}
