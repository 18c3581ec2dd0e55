/** Lines that let services through which groups never filter (data-plane 1.5), from the table the engine asks. */

import type { Direction } from '../../model/rule.ts'
import type { Address } from '../../net/address.ts'
import { formatAddress } from '../../net/address.ts'
import { formatCidr } from '../../net/cidr.ts'
import { dhcpPorts, discoveryBlocks, discoveryTypes, exemptPlaces } from '../../policy/exempt.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { addressField, addressList, addressType, families } from './element.ts'
import { interval } from './program.ts'
import type { ProgramDraft } from './program-draft.ts'

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17 }

export function exemptLines(draft: ProgramDraft, policy: InterfacePolicy, direction: Direction): string[] {
  const elements = dhcpPorts.map(([source, destination]) => `${source} . ${destination}`)
  const dhcp = draft.set('d', { kind: 'set', type: 'inet_service . inet_service', properties: [], elements })
  return [
    ...families.flatMap((family) => servicesOf(draft, policy, direction, family)),
    `udp sport . udp dport @${dhcp} accept`,
    discoveryLine(draft, policy, direction),
  ]
}

function servicesOf(
  draft: ProgramDraft,
  policy: InterfacePolicy,
  direction: Direction,
  family: Address['family'],
): string[] {
  const [end, port] = direction === 'ingress' ? (['saddr', 'sport'] as const) : (['daddr', 'dport'] as const)
  const places = exemptPlaces(policy).filter(({ address }) => address.family === family)
  const whole = places.flatMap(({ address, ports }) => (ports ? [] : [address]))
  const narrow = places.flatMap(({ address, ports }) =>
    ports ? ports.protocols.map((each) => `${formatAddress(address)} . ${protocolNumbers[each]} . ${ports.port}`) : [],
  )
  const field = addressField(family, end)
  const type = `${addressType(family)} . inet_proto . inet_service`
  const set = draft.set('x', { kind: 'set', type, properties: [], elements: narrow })
  return [
    ...(whole.length > 0 ? [`${field} ${addressList(whole)} accept`] : []),
    `${field} . meta l4proto . th ${port} @${set} accept`,
  ]
}

/** IPv6's ARP: its other end is a neighbour, a link's multicast group, or still without a name. */
function discoveryLine(draft: ProgramDraft, { subnet }: InterfacePolicy, direction: Direction): string {
  const blocks = [...discoveryBlocks, ...subnet.filter(({ family }) => family === 6)]
  const elements = blocks.map((block) =>
    block.length === 128 ? formatAddress({ family: 6, bits: block.first }) : formatCidr(block),
  )
  const set = draft.set('n', { kind: 'set', type: 'ipv6_addr', properties: interval, elements })
  const field = addressField(6, direction === 'ingress' ? 'saddr' : 'daddr')
  return `icmpv6 type { ${discoveryTypes.join(', ')} } ${field} @${set} accept`
}
