/** A world as `aws ec2 describe-*` would print it of this endpoint, a file a call. */

import { instant } from '../../src/base/clock.ts'
import { viewAddress } from '../../src/ec2/view/elastic-address.ts'
import { viewInstance } from '../../src/ec2/view/instance.ts'
import { viewInternetGateway } from '../../src/ec2/view/internet-gateway.ts'
import { viewNetworkAcl } from '../../src/ec2/view/network-acl.ts'
import { viewInterface } from '../../src/ec2/view/network-interface.ts'
import { viewPeering } from '../../src/ec2/view/peering.ts'
import { viewPermissions } from '../../src/ec2/view/permission.ts'
import { viewPrefixList } from '../../src/ec2/view/prefix-list.ts'
import { viewRouteTable } from '../../src/ec2/view/route-table.ts'
import { viewRule } from '../../src/ec2/view/rule.ts'
import { viewSubnet } from '../../src/ec2/view/subnet.ts'
import { viewVpc } from '../../src/ec2/view/vpc.ts'
import type { SourceFile } from '../../src/import/describe/output.ts'
import { entriesAt } from '../../src/model/prefix-list-version.ts'
import type { World } from '../../src/model/world.ts'

export function describeFiles(world: World): SourceFile[] {
  const groups = Array.from(world.securityGroup.values())
  const lists = Array.from(world.prefixList.values())
  const map = <T, U>(table: { values(): Iterable<T> }, view: (object: T) => U) => Array.from(table.values(), view)
  return [
    file('security-groups', {
      SecurityGroups: groups.map((group) => ({
        GroupId: group.id,
        GroupName: group.name,
        Description: group.description,
        OwnerId: world.scope.account,
        VpcId: group.vpc,
        IpPermissions: viewPermissions(world, group, 'ingress'),
        IpPermissionsEgress: viewPermissions(world, group, 'egress'),
      })),
    }),
    file('rules', {
      SecurityGroupRules: groups.flatMap((group) => group.rules.map((rule) => viewRule(world, group, rule))),
    }),
    file('interfaces', { NetworkInterfaces: map(world.networkInterface, (card) => viewInterface(world, card)) }),
    file('instances', {
      Reservations: [{ Instances: map(world.instance, (each) => viewInstance(world, each)) }],
    }),
    file('subnets', { Subnets: map(world.subnet, (subnet) => viewSubnet(world, subnet)) }),
    file('vpcs', { Vpcs: map(world.vpc, (vpc) => viewVpc(world, vpc)) }),
    file('tables', { RouteTables: map(world.routeTable, (table) => viewRouteTable(world, table)) }),
    file('gateways', { InternetGateways: map(world.internetGateway, (each) => viewInternetGateway(world, each)) }),
    file('acls', { NetworkAcls: map(world.networkAcl, (acl) => viewNetworkAcl(world, acl)) }),
    file('lists', { PrefixLists: lists.map((list) => viewPrefixList(world, list)) }),
    ...lists.map((list) =>
      file(`entries-${list.id}`, {
        Entries: entriesAt(world, list)?.map(({ cidr: Cidr, description: Description }) => ({ Cidr, Description })),
      }),
    ),
    file('addresses', { Addresses: map(world.elasticAddress, (each) => viewAddress(world, each)) }),
    file('peerings', { VpcPeeringConnections: map(world.peering, (each) => viewPeering(world, each, instant(0))) }),
  ]
}

/** As it would come from a disk. */
export function file(name: string, value: unknown): SourceFile {
  const text = JSON.stringify(value, null, 4)
  return { path: `dump/${name}.json`, text, value: JSON.parse(text) as unknown }
}
