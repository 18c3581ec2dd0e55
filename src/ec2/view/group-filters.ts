/**
 * What the filters of DescribeSecurityGroups look at. Two filters on rules may be met by different
 * rules of a group (spec 1.6), so each reads all of them.
 */

import { type Direction, peerText, type Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { World } from '../../model/world.ts'
import type { FilterTable, Reading } from '../filter.ts'
import { viewPermissionTraffic } from './traffic.ts'

const tables = new WeakMap<World, FilterTable<SecurityGroup>>()

/** Made once a world: it costs as much as all else in describing one group. */
export function groupFilters(world: World): FilterTable<SecurityGroup> {
  const known = tables.get(world)
  if (known) return known
  const table = tableFor(world)
  tables.set(world, table)
  return table
}

function tableFor(world: World): FilterTable<SecurityGroup> {
  return {
    description: (group) => group.description,
    'group-id': (group) => group.id,
    'group-name': (group) => group.name,
    'owner-id': () => world.scope.account,
    'vpc-id': (group) => group.vpc,
    ...ruleFilters(world, 'ingress', 'ip-permission'),
    ...ruleFilters(world, 'egress', 'egress.ip-permission'),
  }
}

type RuleReading = (rule: Rule) => readonly (string | number | undefined)[]

function ruleFilters(world: World, direction: Direction, prefix: string): FilterTable<SecurityGroup> {
  const readings: Readonly<Record<string, RuleReading>> = {
    cidr: ({ peer }) => [peer.kind === 'ipv4' ? peer.cidr : undefined],
    'ipv6-cidr': ({ peer }) => [peer.kind === 'ipv6' ? peer.cidr : undefined],
    'prefix-list-id': ({ peer }) => [peer.kind === 'prefix-list' ? peer.list : undefined],
    'group-id': ({ peer }) => [peer.kind === 'group' ? peerText(peer) : undefined],
    'group-name': ({ peer }) => [peer.kind === 'group' ? world.securityGroup.get(peer.group)?.name : undefined],
    'user-id': ({ peer }) => [peer.kind === 'group' ? peer.owner : undefined],
    'from-port': ({ traffic }) => [viewPermissionTraffic(traffic).FromPort],
    'to-port': ({ traffic }) => [viewPermissionTraffic(traffic).ToPort],
    protocol: ({ traffic }) => protocolTexts(viewPermissionTraffic(traffic).IpProtocol),
  }
  return Object.fromEntries(
    Object.entries(readings).map(([name, read]): [string, Reading<SecurityGroup>] => [
      `${prefix}.${name}`,
      ({ rules }) => rules.flatMap((rule) => (rule.direction === direction ? read(rule) : [])),
    ]),
  )
}

const numbers: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' }

/** The filter takes a protocol by its name or its number. */
function protocolTexts(protocol: string): readonly string[] {
  const number = numbers[protocol]
  return number === undefined ? [protocol] : [protocol, number]
}
