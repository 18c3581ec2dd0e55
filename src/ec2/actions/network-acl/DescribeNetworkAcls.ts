/** DescribeNetworkAcls (spec 8.5). */

import type { NetworkAcl } from '../../../model/network-acl.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findEach } from '../../input/lookup.ts'
import { list, rowsFrom, tableRows } from '../../page.ts'
import type { NetworkAclEntry as WireEntry } from '../../protocol/types.generated.ts'
import { viewAssociations, viewEntries, viewNetworkAcl } from '../../view/network-acl.ts'

export const run: Run<'DescribeNetworkAcls'> = (input, { world }) => {
  const { NetworkAclIds: ids } = input
  const { items, nextToken } = list({
    input,
    ids: { given: ids, set: 'networkAclIdSet' },
    rows: ids ? rowsFrom(findEach(world, 'networkAcl', ids), ({ id }) => id) : tableRows(world.networkAcl),
    filters: filtersOf(world),
    tags: ({ id }) => tagsOf(world, id),
    indexes: indexesOf(world),
  })
  return answer({ NetworkAcls: items.map((acl) => viewNetworkAcl(world, acl)), NextToken: nextToken })
}

function indexesOf(world: World) {
  const ofSubnet = (id: string) => {
    const subnet = world.subnet.get(id)
    return subnet ? (world.networkAcl.get(subnet.acl) ?? []) : []
  }
  return {
    'vpc-id': (vpc: string) => linked(world, 'acls in vpc', vpc).flatMap((id) => world.networkAcl.get(id) ?? []),
    'association.subnet-id': (subnet: string) => [ofSubnet(subnet)].flat(),
    'association.association-id': (id: string) => linked(world, 'subnet with acl association', id).flatMap(ofSubnet),
  }
}

function filtersOf(world: World): FilterTable<NetworkAcl> {
  const ofEntries = (read: (entry: WireEntry) => string | number | boolean | undefined) => {
    return (acl: NetworkAcl) => viewEntries(world, acl).map(read)
  }
  return {
    'association.association-id': (acl) => viewAssociations(world, acl).map((each) => each.NetworkAclAssociationId),
    'association.network-acl-id': (acl) => viewAssociations(world, acl).map((each) => each.NetworkAclId),
    'association.subnet-id': (acl) => viewAssociations(world, acl).map((each) => each.SubnetId),
    default: ({ isDefault }) => isDefault,
    'entry.cidr': ofEntries(({ CidrBlock }) => CidrBlock),
    'entry.egress': ofEntries(({ Egress }) => Egress),
    'entry.icmp.code': ofEntries(({ IcmpTypeCode }) => IcmpTypeCode?.Code),
    'entry.icmp.type': ofEntries(({ IcmpTypeCode }) => IcmpTypeCode?.Type),
    'entry.ipv6-cidr': ofEntries(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
    'entry.port-range.from': ofEntries(({ PortRange }) => PortRange?.From),
    'entry.port-range.to': ofEntries(({ PortRange }) => PortRange?.To),
    'entry.protocol': (acl) =>
      viewEntries(world, acl).flatMap(({ Protocol = '' }) => [Protocol, protocolNames[Protocol]]),
    'entry.rule-action': ofEntries(({ RuleAction }) => RuleAction),
    'entry.rule-number': ofEntries(({ RuleNumber }) => RuleNumber),
    'network-acl-id': ({ id }) => id,
    'owner-id': () => world.scope.account,
    'vpc-id': ({ vpc }) => vpc,
  }
}

/** The filter takes a name or a number, `tcp | udp | icmp` [model]. */
const protocolNames: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp' }
