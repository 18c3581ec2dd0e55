import { expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import type { Direction } from '../model/rule.ts'
import { parsePacket } from '../packet/notation.ts'
import { type ExemptService, exemptService } from './exempt.ts'
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
]

test.each(cases)('%s %s: %s', (direction, packet, service) => {
  expect(exemptService(policy, parsePacket(packet), direction)).toBe(service)
})
