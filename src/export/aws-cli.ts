/** An inventory as a bash script of aws CLI calls: it makes the network in a Region, ids and all, as AWS gives them. */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { Route } from '../model/routing.ts'
import { type Direction, type Rule, ruleKey } from '../model/rule.ts'
import { isDefaultGroup } from '../model/security-group.ts'
import { parseAddress } from '../net/address.ts'
import { blockAround, containsAddress, parseCidr } from '../net/cidr.ts'
import { originalRules } from './default-rules.ts'
import { type Inventory, ownTags } from './inventory.ts'
import { snake } from './names.ts'
import { type PieceOf as Of, type PiecePrinters, printPieces, type Written } from './pieces.ts'

interface Printer extends Inventory {
  readonly lines: string[]
  readonly notes: string[]
}

const head = `#!/usr/bin/env bash
# Makes a network with the aws CLI, in the account and the Region that it is set up for.
# Against Sallyport: export AWS_ENDPOINT_URL=http://127.0.0.1:4510
`

export function awsCliOf(inventory: Inventory): Written {
  const printer: Printer = { ...inventory, lines: [], notes: [] }
  printPieces(printer, printers)
  const unsaid = [...inventory.unsaid, ...printer.notes]
  const comments = unsaid.map((sentence) => `# Not written: ${sentence}\n`).join('')
  return { text: `${head}${comments}set -euo pipefail\n${printer.lines.join('\n')}\n`, unsaid }
}

const printers: PiecePrinters<Printer> = {
  vpc: printVpc,
  'internet-gateway': printGateway,
  subnet: printSubnet,
  'network-acl': printAcl,
  'prefix-list': printList,
  group: printGroup,
  rules: printRules,
  interface: (printer, { card }) => printInterface(printer, card),
  instance: printInstance,
  'elastic-address': printAddress,
  peering: printPeering,
  'route-table': printTable,
}

/** Around a variable in what is to be quoted, and nowhere in real text: `quoted` puts it outside of the quotes. */
const mark = '\u{E000}'

function variable({ names }: Printer, id: string): string {
  return snake(names.get(id) ?? id).toUpperCase()
}

function ref(printer: Printer, id: string): string {
  return printer.names.has(id) ? `${mark}${variable(printer, id)}${mark}` : id
}

/** A word of the shell, whatever it holds. */
function quoted(text: string): string {
  const parts = text.split(mark).map((part, index) => {
    if (index % 2 === 1) return `"$${part}"`
    return part === '' ? '' : /^[\w.,:/=@+-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`
  })
  return parts.join('') || "''"
}

type Option = readonly [name: string, ...values: (string | object | undefined)[]]

/** Options without values are flags; those whose value is not there are left out. */
function call(action: string, ...options: readonly Option[]): string {
  const words = options.flatMap(([name, ...values]) => {
    if (values.length > 0 && values.every((value) => value === undefined)) return []
    const texts = values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : (value ?? '')))
    return [`--${name}`, ...texts.map(quoted)]
  })
  return ['aws ec2', action, ...words].join(' ')
}

/** What the call prints is of no use to anybody. */
function run(printer: Printer, action: string, ...options: readonly Option[]): void {
  printer.lines.push(`${call(action, ...options)} --output text > /dev/null`)
}

function keep(printer: Printer, name: string, query: string, made: string): void {
  printer.lines.push(`${name}=$(${made} --query ${quoted(query)} --output text)`)
}

function tag(printer: Printer, id: string): void {
  const tags = ownTags(printer.world, id)
  if (tags.length === 0) return
  const given = tags.map(({ key, value }) => ({ Key: key, Value: value }))
  run(printer, 'create-tags', ['resources', ref(printer, id)], ['tags', given])
}

function printVpc(printer: Printer, { vpc }: Of<'vpc'>): void {
  const id = ref(printer, vpc.id)
  const [primary, ...more] = vpc.cidrBlocks
  const tenancy = vpc.tenancy === 'default' ? undefined : vpc.tenancy
  const made = call('create-vpc', ['cidr-block', primary?.cidr], ['instance-tenancy', tenancy])
  keep(printer, variable(printer, vpc.id), 'Vpc.VpcId', made)
  const of: Option = ['vpc-id', id]
  if (!vpc.dnsSupport) run(printer, 'modify-vpc-attribute', of, ['no-enable-dns-support'])
  if (vpc.dnsHostnames) run(printer, 'modify-vpc-attribute', of, ['enable-dns-hostnames'])
  for (const { cidr } of more) run(printer, 'associate-vpc-cidr-block', of, ['cidr-block', cidr])
  if (vpc.ipv6CidrBlocks.length > 0) {
    run(printer, 'associate-vpc-cidr-block', of, ['amazon-provided-ipv6-cidr-block'])
    const name = ipv6Variable(printer, vpc.id)
    const found = call('describe-vpcs', ['vpc-ids', id])
    keep(printer, name, 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock', found)
    printer.lines.push(`${name}=\${${name}%00::/56}`)
    printer.notes.push(`the IPv6 block of ${vpc.id}: AWS gives it another, which all that is in it follows.`)
  }
  tag(printer, vpc.id)
}

function ipv6Variable(printer: Printer, vpc: string): string {
  return `${variable(printer, vpc)}_IPV6`
}

/** IPv6 inside a VPC's first block, written relative to the block that AWS gives. */
function relative(printer: Printer, text: string): string {
  const [addressText = '', length] = text.split('/')
  const address = parseAddress(addressText)
  if (address?.family !== 6) return text
  for (const { id, ipv6CidrBlocks } of printer.world.vpc.values()) {
    const first = parseCidr(ipv6CidrBlocks[0]?.cidr ?? '')?.cidr
    // AWS gives a /56, whatever people wrote.
    const block = first && blockAround({ family: 6, bits: first.first }, Math.min(56, first.length))
    const isNarrow = length === undefined || Number(length) >= 56
    if (!block || !isNarrow || !containsAddress(block, address)) continue
    const digits = address.bits.toString(16).padStart(32, '0')
    const rest =
      digits
        .slice(16)
        .match(/.{4}/g)
        ?.map((group) => group.replace(/^0{1,3}/, '')) ?? []
    const isZero = rest.every((group) => group === '0')
    const host = isZero ? '::' : `:${rest.join(':')}`
    return `${mark}${ipv6Variable(printer, id)}${mark}${digits.slice(14, 16)}${host}${length === undefined ? '' : `/${length}`}`
  }
  return text
}

function printGateway(printer: Printer, { id, vpc }: Of<'internet-gateway'>): void {
  keep(printer, variable(printer, id), 'InternetGateway.InternetGatewayId', call('create-internet-gateway'))
  if (vpc !== undefined) {
    run(printer, 'attach-internet-gateway', ['internet-gateway-id', ref(printer, id)], ['vpc-id', ref(printer, vpc)])
  }
  tag(printer, id)
}

function printSubnet(printer: Printer, { subnet }: Of<'subnet'>): void {
  const v6 = subnet.ipv6CidrBlocks[0]?.cidr
  const made = call(
    'create-subnet',
    ['vpc-id', ref(printer, subnet.vpc)],
    ['availability-zone', subnet.zone],
    ['cidr-block', subnet.cidr],
    ['ipv6-cidr-block', v6 && relative(printer, v6)],
    ...(subnet.cidr === undefined ? [['ipv6-native'] as const] : []),
  )
  keep(printer, variable(printer, subnet.id), 'Subnet.SubnetId', made)
  const of: Option = ['subnet-id', ref(printer, subnet.id)]
  if (subnet.mapPublicIpOnLaunch) run(printer, 'modify-subnet-attribute', of, ['map-public-ip-on-launch'])
  if (subnet.assignIpv6OnCreation) run(printer, 'modify-subnet-attribute', of, ['assign-ipv6-address-on-creation'])
  tag(printer, subnet.id)
}

function printAcl(printer: Printer, { acl, subnets }: Of<'network-acl'>): void {
  const made = call('create-network-acl', ['vpc-id', ref(printer, acl.vpc)])
  keep(printer, variable(printer, acl.id), 'NetworkAcl.NetworkAclId', made)
  const of: Option = ['network-acl-id', ref(printer, acl.id)]
  for (const { number, direction, action, protocol, family, cidr, ports, icmp } of acl.entries) {
    run(
      printer,
      'create-network-acl-entry',
      of,
      [direction],
      ['rule-number', String(number)],
      ['rule-action', action],
      ['protocol', String(protocol)],
      family === 4 ? ['cidr-block', cidr] : ['ipv6-cidr-block', relative(printer, cidr)],
      ['port-range', ports && `From=${ports.from},To=${ports.to}`],
      ['icmp-type-code', icmp && `Type=${icmp.type},Code=${icmp.code}`],
    )
  }
  for (const { id } of subnets) {
    const name = `${variable(printer, id)}_ACL`
    const subnet = ref(printer, id)
    const found = call('describe-network-acls', ['filters', `Name=association.subnet-id,Values=${subnet}`])
    const query = `NetworkAcls[0].Associations[?SubnetId=='${subnet}'].NetworkAclAssociationId | [0]`
    keep(printer, name, query, found)
    run(printer, 'replace-network-acl-association', ['association-id', `${mark}${name}${mark}`], of)
  }
  tag(printer, acl.id)
}

function printList(printer: Printer, { list, entries }: Of<'prefix-list'>): void {
  const rows = entries.map(({ cidr, description }) => {
    return { Cidr: relative(printer, cidr), ...(description === undefined ? {} : { Description: description }) }
  })
  const made = call(
    'create-managed-prefix-list',
    ['prefix-list-name', list.name],
    ['address-family', list.family === 4 ? 'IPv4' : 'IPv6'],
    ['max-entries', String(list.maxEntries)],
    ['entries', rows.length > 0 ? rows : undefined],
  )
  keep(printer, variable(printer, list.id), 'PrefixList.PrefixListId', made)
  tag(printer, list.id)
}

/** What AWS gives it and it does not have is taken from it. */
function printGroup(printer: Printer, { group }: Of<'group'>): void {
  const vpc = ref(printer, group.vpc)
  const name = variable(printer, group.id)
  if (isDefaultGroup(group)) {
    const found = call('describe-security-groups', [
      'filters',
      `Name=vpc-id,Values=${vpc}`,
      'Name=group-name,Values=default',
    ])
    keep(printer, name, 'SecurityGroups[0].GroupId', found)
  } else {
    const { name: given, description } = group
    const about: Option = ['description', description || given]
    keep(printer, name, 'GroupId', call('create-security-group', ['group-name', given], about, ['vpc-id', vpc]))
  }
  const own = new Set(group.rules.map(ruleKey))
  const surplus = originalRules(printer.world, group).filter((rule) => !own.has(ruleKey(rule)))
  permit(printer, 'revoke', group.id, surplus)
  tag(printer, group.id)
}

function printRules(printer: Printer, { group, rules }: Of<'rules'>): void {
  const originals = new Set(originalRules(printer.world, group).map(ruleKey))
  const own = new Map(rules.map((rule) => [ruleKey(rule), rule]))
  permit(
    printer,
    'authorize',
    group.id,
    [...own].flatMap(([key, rule]) => (originals.has(key) ? [] : [rule])),
  )
}

type Facts = Pick<Rule, 'direction' | 'traffic' | 'peer' | 'description'>

/** A call takes many rules at once, and AWS knows no limit that a group's own would not meet first. */
function permit(printer: Printer, verb: 'authorize' | 'revoke', group: string, rules: readonly Facts[]): void {
  for (const direction of ['ingress', 'egress'] as const satisfies readonly Direction[]) {
    const permissions = rules.filter((rule) => rule.direction === direction).map((rule) => permission(printer, rule))
    if (permissions.length === 0) continue
    const of: Option = ['group-id', ref(printer, group)]
    run(printer, `${verb}-security-group-${direction}`, of, ['ip-permissions', permissions])
  }
}

function permission(printer: Printer, { traffic, peer, description }: Facts): object {
  const ports =
    'from' in traffic
      ? { FromPort: traffic.from, ToPort: traffic.to }
      : 'type' in traffic
        ? { FromPort: traffic.type, ToPort: traffic.code }
        : {}
  const about = description === undefined ? {} : { Description: description }
  const protocol = traffic.protocol === 'all' ? '-1' : String(traffic.protocol)
  const peers =
    peer.kind === 'ipv4'
      ? { IpRanges: [{ CidrIp: peer.cidr, ...about }] }
      : peer.kind === 'ipv6'
        ? { Ipv6Ranges: [{ CidrIpv6: relative(printer, peer.cidr), ...about }] }
        : peer.kind === 'prefix-list'
          ? { PrefixListIds: [{ PrefixListId: ref(printer, peer.list), ...about }] }
          : { UserIdGroupPairs: [{ GroupId: ref(printer, peer.group), ...about }] }
  return { IpProtocol: protocol, ...ports, ...peers }
}

function printInterface(printer: Printer, card: NetworkInterface): void {
  const [primary, ...more] = card.privateAddresses
  const all = card.privateAddresses.map(({ address, isPrimary }) => ({ PrivateIpAddress: address, Primary: isPrimary }))
  const v6 = card.ipv6Addresses.map((address) => ({ Ipv6Address: relative(printer, address) }))
  const { tcpEstablishedTimeout, udpStreamTimeout, udpTimeout } = card.tracking
  const tracking = Object.entries({
    TcpEstablishedTimeout: tcpEstablishedTimeout,
    UdpStreamTimeout: udpStreamTimeout,
    UdpTimeout: udpTimeout,
  }).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`))
  const made = call(
    'create-network-interface',
    ['subnet-id', ref(printer, card.subnet)],
    ['groups', ...card.groups.map((id) => ref(printer, id))],
    ['description', card.description || undefined],
    more.length > 0 ? ['private-ip-addresses', all] : ['private-ip-address', primary?.address],
    ['ipv6-addresses', v6.length > 0 ? v6 : undefined],
    ['connection-tracking-specification', tracking.join(',') || undefined],
  )
  keep(printer, variable(printer, card.id), 'NetworkInterface.NetworkInterfaceId', made)
  if (!card.sourceDestCheck) {
    const of: Option = ['network-interface-id', ref(printer, card.id)]
    run(printer, 'modify-network-interface-attribute', of, ['no-source-dest-check'])
  }
  tag(printer, card.id)
}

function printInstance(printer: Printer, { instance, cards }: Of<'instance'>): void {
  const rows = cards.map(({ id, attachment }) => {
    return { DeviceIndex: attachment?.deviceIndex ?? 0, NetworkInterfaceId: ref(printer, id) }
  })
  const made = call(
    'run-instances',
    ['image-id', instance.image],
    ['instance-type', instance.type],
    ['key-name', instance.keyName],
    ['user-data', instance.userData && Buffer.from(instance.userData, 'base64').toString()],
    ['network-interfaces', rows],
  )
  keep(printer, variable(printer, instance.id), 'Instances[0].InstanceId', made)
  tag(printer, instance.id)
}

function printAddress(printer: Printer, { address: { id, publicAddress, association } }: Of<'elastic-address'>): void {
  keep(printer, variable(printer, id), 'AllocationId', call('allocate-address', ['domain', 'vpc']))
  printer.notes.push(`the address ${publicAddress}: AWS gives another.`)
  tag(printer, id)
  if (!association) return
  run(
    printer,
    'associate-address',
    ['allocation-id', ref(printer, id)],
    ['network-interface-id', ref(printer, association.networkInterface)],
    ['private-ip-address', association.privateAddress],
  )
}

function printPeering(printer: Printer, { peering: { id, requester, accepter } }: Of<'peering'>): void {
  const { account, region } = printer.world.scope
  const made = call(
    'create-vpc-peering-connection',
    ['vpc-id', ref(printer, requester.vpc)],
    ['peer-vpc-id', ref(printer, accepter.vpc)],
    ['peer-owner-id', accepter.owner === account ? undefined : accepter.owner],
    ['peer-region', accepter.region === region ? undefined : accepter.region],
  )
  keep(printer, variable(printer, id), 'VpcPeeringConnection.VpcPeeringConnectionId', made)
  const isOwn = printer.world.vpc.has(accepter.vpc)
  if (isOwn) run(printer, 'accept-vpc-peering-connection', ['vpc-peering-connection-id', ref(printer, id)])
  tag(printer, id)
}

function printTable(printer: Printer, { table, subnets, routes }: Of<'route-table'>): void {
  const made = call('create-route-table', ['vpc-id', ref(printer, table.vpc)])
  keep(printer, variable(printer, table.id), 'RouteTable.RouteTableId', made)
  const of: Option = ['route-table-id', ref(printer, table.id)]
  for (const route of routes) printRoute(printer, of, route)
  for (const { id } of subnets) run(printer, 'associate-route-table', of, ['subnet-id', ref(printer, id)])
  tag(printer, table.id)
}

const targets = {
  'internet-gateway': 'gateway-id',
  'network-interface': 'network-interface-id',
  peering: 'vpc-peering-connection-id',
} as const

function printRoute(printer: Printer, of: Option, { destination, target }: Route): void {
  const to = destination.kind === 'prefix-list' ? ref(printer, destination.list) : destination.cidr
  if (target.kind === 'other' || target.kind === 'local') {
    const where = target.kind === 'other' ? target.id : 'local'
    printer.notes.push(`a route for ${to.replaceAll(mark, '')} to ${where}, which is not of this world.`)
    return
  }
  const kinds = { ipv4: 'destination-cidr-block', ipv6: 'destination-ipv6-cidr-block' }
  const name = destination.kind === 'prefix-list' ? 'destination-prefix-list-id' : kinds[destination.kind]
  run(printer, 'create-route', of, [name, relative(printer, to)], [targets[target.kind], ref(printer, target.id)])
}
