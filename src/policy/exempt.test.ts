import { expect, test } from 'vitest'
import { addressOf, worldLines } from '../../test/arbitraries.ts'
import { invariant } from '../base/invariant.ts'
import { put } from '../model/change.ts'
import type { Direction } from '../model/rule.ts'
import { apply } from '../model/world.ts'
import { parsePacket } from '../packet/notation.ts'
import { type ExemptService, exemptAddresses, exemptDefaults, exemptPorts, exemptService } from './exempt.ts'
import type { InterfacePolicy } from './policy.ts'
import { PolicyTable } from './policy-table.ts'

const table = new PolicyTable(worldLines(['interface e 10.0.0.10 10.0.0.11 2001:db8::10']))
const policy = table.get('eni-e') as InterfacePolicy

/** data-plane 1.5, 1.2 (neighbour discovery) and 8.22; undefined where groups and ACLs do filter. */
const cases: readonly (readonly [Direction, string, ExemptService | undefined])[] = [
  ['egress', 'udp 10.0.0.10:50000 > 10.0.0.2:53', 'Amazon DNS'],
  ['ingress', 'udp 10.0.0.2:53 > 10.0.0.10:50000', 'Amazon DNS'],
  ['egress', 'tcp 10.0.0.10:50000 > 10.0.0.2:53 S', 'Amazon DNS'],
  ['egress', 'udp 10.0.0.10:50000 > 169.254.169.253:53', 'Amazon DNS'],
  ['egress', 'udp [2001:db8::10]:50000 > [fd00:ec2::253]:53', 'Amazon DNS'],
  ['egress', 'udp 10.0.0.10:50000 > 10.0.0.2:5353', undefined],
  ['ingress', 'udp 10.0.0.2:50000 > 10.0.0.10:53', undefined],
  ['egress', 'icmp 10.0.0.10 > 10.0.0.2 echo 1', undefined],
  ['egress', 'udp 10.0.0.10:50000 > 10.0.0.3:53', undefined],
  ['egress', 'udp 10.0.0.10:50000 > 198.51.100.7:53', undefined],
  ['egress', 'udp 10.0.0.10:68 > 255.255.255.255:67', 'DHCP'],
  ['ingress', 'udp 198.51.100.7:67 > 10.0.0.10:68', 'DHCP'],
  ['egress', 'udp [fe80::1]:546 > [ff02::1:2]:547', 'DHCP'],
  ['ingress', 'udp [fe80::2]:547 > [fe80::1]:546', 'DHCP'],
  ['egress', 'udp 10.0.0.10:68 > 198.51.100.7:68', undefined],
  ['egress', 'udp 10.0.0.10:67 > 198.51.100.7:547', undefined],
  ['egress', 'tcp 10.0.0.10:68 > 198.51.100.7:67 S', undefined],
  ['egress', 'tcp 10.0.0.10:50000 > 169.254.169.254:80 S', 'instance metadata'],
  ['ingress', 'tcp 169.254.169.254:80 > 10.0.0.10:50000 SA', 'instance metadata'],
  ['egress', 'tcp [2001:db8::10]:50000 > [fd00:ec2::254]:80 S', 'instance metadata'],
  ['egress', 'tcp 10.0.0.10:50000 > 169.254.170.2:80 S', 'ECS task metadata'],
  ['egress', 'tcp 10.0.0.10:50000 > 169.254.170.23:80 S', 'ECS task metadata'],
  ['egress', 'tcp 10.0.0.10:50000 > 169.254.169.250:1688 S', 'Windows activation'],
  ['egress', 'tcp 10.0.0.10:50000 > 169.254.169.251:1688 S', 'Windows activation'],
  ['egress', 'udp 10.0.0.10:50000 > 169.254.169.250:1688', undefined],
  ['egress', 'udp 10.0.0.10:123 > 169.254.169.123:123', 'Time Sync'],
  ['egress', 'udp [2001:db8::10]:123 > [fd00:ec2::123]:123', 'Time Sync'],
  ['egress', 'tcp 10.0.0.10:123 > 169.254.169.123:123 S', undefined],
  ['egress', 'icmp 10.0.0.10 > 10.0.0.1 echo 1', 'VPC router'],
  ['ingress', 'icmp 10.0.0.1 > 10.0.0.10 11/0', 'VPC router'],
  ['egress', 'icmp 10.0.0.10 > 10.0.1.1 echo 1', undefined],
  ['egress', 'icmpv6 fe80::10 > ff02::1:ff00:1 135/0', 'neighbour discovery'],
  ['ingress', 'icmpv6 :: > ff02::1:ff00:10 135/0', 'neighbour discovery'],
  ['ingress', 'icmpv6 2001:db8::20 > 2001:db8::10 136/0', 'neighbour discovery'],
  ['ingress', 'icmpv6 fe80::1 > ff02::1 134/0', 'neighbour discovery'],
  ['egress', 'icmpv6 fe80::10 > ff02::2 133/0', 'neighbour discovery'],
  ['ingress', 'icmpv6 2001:db8:1::5 > 2001:db8::10 135/0', undefined],
  ['ingress', 'icmpv6 fe80::1 > 2001:db8::10 137/0', undefined],
  ['ingress', 'icmpv6 fe80::1 > 2001:db8::10 echo 1', undefined],
  ['egress', 'tcp 10.0.0.10:40000 > 10.0.0.11:80 S', 'the interface to itself'],
  ['ingress', 'tcp 10.0.0.11:80 > 10.0.0.11:80 S', 'the interface to itself'],
  ['egress', 'tcp 10.0.0.10:40000 > 10.0.0.12:80 S', undefined],
  // ICMP's own types of these numbers are no IPv6 neighbour discovery.
  ['ingress', 'icmp 10.0.0.20 > 10.0.0.10 135/0', undefined],
  // An IPv6 address with the bits of an exempt IPv4 address is another address.
  ['egress', 'udp [2001:db8::10]:50000 > [::a9fe:a9fe]:80', undefined],
  ['egress', 'udp [2001:db8::10]:50000 > [::a00:2]:53', undefined],
  ['egress', 'icmpv6 2001:db8::10 > ::a00:1 echo 1', undefined],
  ['egress', 'tcp [2001:db8::10]:1 > [::a00:a]:80 S', undefined],
  ['egress', 'tcp 10.0.0.10:50000 > 169.254.169.250:1689 S', undefined],
  ['ingress', 'tcp 169.254.169.250:50000 > 10.0.0.10:1688 S', undefined],
  ['egress', '50 10.0.0.10 > 169.254.169.254', 'instance metadata'],
  ['egress', '50 10.0.0.10 > 169.254.169.253', undefined],
]

test.each(cases)('%s %s: %s', (direction, packet, service) => {
  expect(exemptService(policy, parsePacket(packet), direction)).toBe(service)
})

/** DHCP option AmazonProvidedDNS: base plus two of each of the VPC's blocks answers. */
test('each block of the VPC has a resolver', () => {
  const world = worldLines(['interface e 10.0.0.10'])
  const vpc = world.vpc.get('vpc-1')
  invariant(vpc, 'the notation has a VPC')
  const second = { associationId: 'vpc-cidr-assoc-2', cidr: '100.64.0.0/24' } as const
  const after = apply(world, [put('vpc', { ...vpc, cidrBlocks: [...vpc.cidrBlocks, second] })])
  const both = new PolicyTable(after).get('eni-e') as InterfacePolicy
  const services = ['10.0.0.2', '100.64.0.2', '100.64.0.3'].map((resolver) =>
    exemptService(both, parsePacket(`udp 10.0.0.10:50000 > ${resolver}:53`), 'egress'),
  )
  expect(services).toEqual(['Amazon DNS', 'Amazon DNS', undefined])
})

test('the addresses and ports at which an exemption begins are told', () => {
  const texts = [
    ...['169.254.169.253', 'fd00:ec2::253', '169.254.169.254', 'fd00:ec2::254', '169.254.170.2', '169.254.170.23'],
    ...['169.254.169.250', '169.254.169.251', '169.254.169.123', 'fd00:ec2::123'],
  ]
  expect(exemptAddresses).toEqual(texts.map(addressOf))
  expect(exemptPorts).toEqual([53, 1688, 123])
})

/** data-plane 8: 22 and 24 */
test.each([
  ['egress', 'tcp 10.0.0.10:40000 > 10.0.0.11:80 S', { selfTraffic: 'judged' }, undefined],
  ['egress', 'udp [fe80::10]:1 > [fe80::20]:1', {}, undefined],
  ['egress', 'udp [fe80::10]:1 > [2001:db8::20]:1', { linkLocal: 'exempt' }, 'an IPv6 link'],
  ['ingress', 'udp [2001:db8::20]:1 > [febf:ffff::10]:1', { linkLocal: 'exempt' }, 'an IPv6 link'],
  ['ingress', 'udp [2001:db8::20]:1 > [fec0::10]:1', { linkLocal: 'exempt' }, undefined],
  ['egress', 'icmpv6 fe80::10 > ff02::2 133/0', { linkLocal: 'exempt' }, 'neighbour discovery'],
  ['egress', 'tcp 10.0.0.10:40000 > 10.0.0.11:80 S', { linkLocal: 'exempt' }, 'the interface to itself'],
] as const)('%s %s with the choice %j: %s', (direction, packet, choice, service) => {
  const choices = { ...exemptDefaults, ...choice }
  expect(exemptService(policy, parsePacket(packet), direction, choices)).toBe(service)
})
