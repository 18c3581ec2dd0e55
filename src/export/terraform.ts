/** An inventory as Terraform configuration for the AWS provider. */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { Route } from '../model/routing.ts'
import type { Rule } from '../model/rule.ts'
import { isDefaultGroup } from '../model/security-group.ts'
import { linked } from '../model/world.ts'
import { type Address, parseAddress } from '../net/address.ts'
import { blockAround, type Cidr, containsAddress, parseCidr } from '../net/cidr.ts'
import { type Block, blocks, type Expression, expression, hcl } from './hcl.ts'
import { type Inventory, ownTags } from './inventory.ts'
import { snake } from './names.ts'
import { type PieceOf as Of, type PiecePrinters, printPieces, type Written } from './pieces.ts'

interface Printer extends Inventory {
  readonly texts: string[]
  readonly notes: string[]
}

export function terraformOf(inventory: Inventory): Written {
  const printer: Printer = { ...inventory, texts: [], notes: [] }
  printPieces(printer, printers)
  const unsaid = [...inventory.unsaid, ...printer.notes]
  const comments = unsaid.map((sentence) => `# Not written: ${sentence}\n`).join('')
  const provider = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n'
  return { text: [`${comments}${provider}`, ...printer.texts].join('\n'), unsaid }
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

function nameOf({ names }: Printer, id: string): string {
  return snake(names.get(id) ?? id)
}

function resource(printer: Printer, type: string, name: string, body: Block): void {
  printer.texts.push(hcl('resource', [`aws_${type}`, name], body))
}

/** `aws_vpc.main.id`; what is not of this world is named by its id. */
function ref(printer: Printer, type: string, id: string, attribute = 'id'): Expression | string {
  return printer.names.has(id) ? expression(`aws_${type}.${nameOf(printer, id)}.${attribute}`) : id
}

function groupRef(printer: Printer, id: string): Expression | string {
  const group = printer.world.securityGroup.get(id)
  return ref(printer, group && isDefaultGroup(group) ? 'default_security_group' : 'security_group', id)
}

function tags({ world }: Printer, id: string): Block {
  const own = ownTags(world, id)
  return own.length === 0 ? {} : { tags: Object.fromEntries(own.map(({ key, value }) => [key, value])) }
}

function printVpc(printer: Printer, { vpc }: Of<'vpc'>): void {
  const name = nameOf(printer, vpc.id)
  const [primary, ...more] = vpc.cidrBlocks
  resource(printer, 'vpc', name, {
    cidr_block: primary?.cidr,
    enable_dns_support: vpc.dnsSupport,
    enable_dns_hostnames: vpc.dnsHostnames,
    instance_tenancy: vpc.tenancy === 'default' ? undefined : vpc.tenancy,
    assign_generated_ipv6_cidr_block: vpc.ipv6CidrBlocks.length > 0 ? true : undefined,
    ...tags(printer, vpc.id),
  })
  more.forEach(({ cidr }, index) => {
    const body = { vpc_id: ref(printer, 'vpc', vpc.id), cidr_block: cidr }
    resource(printer, 'vpc_ipv4_cidr_block_association', `${name}_${index + 2}`, body)
  })
  if (vpc.ipv6CidrBlocks.length > 0) {
    printer.notes.push(`the IPv6 block of ${vpc.id}: AWS gives it another, which all that is in it follows.`)
  }
}

/** IPv6 inside a VPC's block, relative to the block that AWS gives. */
function relative(printer: Printer, text: string): Expression | string {
  const [addressText = '', length] = text.split('/')
  const address = parseAddress(addressText)
  const home = address?.family === 6 ? ipv6Home(printer, address) : undefined
  if (!address || !home) return text
  const { vpc, block } = home
  const around = `${`aws_vpc.${nameOf(printer, vpc)}`}.ipv6_cidr_block`
  const offset = address.bits - block.first
  if (length === undefined) return expression(`cidrhost(${around}, ${offset})`)
  if (Number(length) < block.length) return text
  const number = offset >> BigInt(128 - Number(length))
  return expression(`cidrsubnet(${around}, ${Number(length) - block.length}, ${number})`)
}

function ipv6Home({ world }: Printer, address: Address): { vpc: string; block: Cidr } | undefined {
  for (const { id, ipv6CidrBlocks } of world.vpc.values()) {
    const block = parseCidr(ipv6CidrBlocks[0]?.cidr ?? '')?.cidr
    // AWS gives a /56, whatever people wrote.
    const given = block && blockAround({ family: 6, bits: block.first }, Math.min(56, block.length))
    if (given && containsAddress(given, address)) return { vpc: id, block: given }
  }
  return undefined
}

function printGateway(printer: Printer, { id, vpc }: Of<'internet-gateway'>): void {
  const attached = vpc === undefined ? {} : { vpc_id: ref(printer, 'vpc', vpc) }
  resource(printer, 'internet_gateway', nameOf(printer, id), { ...attached, ...tags(printer, id) })
}

function printSubnet(printer: Printer, { subnet }: Of<'subnet'>): void {
  const v6 = subnet.ipv6CidrBlocks[0]?.cidr
  resource(printer, 'subnet', nameOf(printer, subnet.id), {
    vpc_id: ref(printer, 'vpc', subnet.vpc),
    availability_zone: subnet.zone,
    cidr_block: subnet.cidr,
    ipv6_native: subnet.cidr === undefined ? true : undefined,
    ipv6_cidr_block: v6 === undefined ? undefined : relative(printer, v6),
    map_public_ip_on_launch: subnet.mapPublicIpOnLaunch || undefined,
    assign_ipv6_address_on_creation: subnet.assignIpv6OnCreation || undefined,
    ...tags(printer, subnet.id),
  })
}

/** Its subnets and its entries are its own arguments: so nothing else can be in it. */
function printAcl(printer: Printer, { acl, subnets }: Of<'network-acl'>): void {
  const entries = (direction: 'ingress' | 'egress') =>
    acl.entries
      .filter((entry) => entry.direction === direction)
      .map(({ number, action, protocol, family, cidr, ports, icmp }) => ({
        rule_no: number,
        action,
        protocol: String(protocol),
        ...(family === 4 ? { cidr_block: cidr } : { ipv6_cidr_block: relative(printer, cidr) }),
        from_port: ports?.from ?? 0,
        to_port: ports?.to ?? 0,
        ...(icmp && { icmp_type: icmp.type, icmp_code: icmp.code }),
      }))
  resource(printer, 'network_acl', nameOf(printer, acl.id), {
    vpc_id: ref(printer, 'vpc', acl.vpc),
    subnet_ids: subnets.length > 0 ? subnets.map(({ id }) => ref(printer, 'subnet', id)) : undefined,
    ingress: blocks(entries('ingress')),
    egress: blocks(entries('egress')),
    ...tags(printer, acl.id),
  })
}

function printList(printer: Printer, { list, entries }: Of<'prefix-list'>): void {
  const rows = entries.map(({ cidr, description }) => ({ cidr: relative(printer, cidr), description }))
  resource(printer, 'ec2_managed_prefix_list', nameOf(printer, list.id), {
    name: list.name,
    address_family: list.family === 4 ? 'IPv4' : 'IPv6',
    max_entries: list.maxEntries,
    entry: blocks(rows),
    ...tags(printer, list.id),
  })
}

/** The provider takes from a group what AWS gave it; a default group keeps what is written in it alone. */
function printGroup(printer: Printer, { group, rules }: Of<'group'>): void {
  const vpc_id = ref(printer, 'vpc', group.vpc)
  if (isDefaultGroup(group)) {
    const of = (direction: Rule['direction']) =>
      blocks(rules.filter((rule) => rule.direction === direction).map((rule) => inlineRule(printer, group.id, rule)))
    const body = { vpc_id, ingress: of('ingress'), egress: of('egress'), ...tags(printer, group.id) }
    resource(printer, 'default_security_group', nameOf(printer, group.id), body)
    return
  }
  const about = { name: group.name, description: group.description || group.name }
  resource(printer, 'security_group', nameOf(printer, group.id), { ...about, vpc_id, ...tags(printer, group.id) })
}

/** A block for each peer, as in `aws_security_group`. */
function inlineRule(printer: Printer, own: string, { traffic, peer, description }: Rule): Block {
  const ends =
    'from' in traffic ? [traffic.from, traffic.to] : 'type' in traffic ? [traffic.type, traffic.code] : [0, 0]
  const isItself = peer.kind === 'group' && peer.group === own
  return {
    protocol: traffic.protocol === 'all' ? '-1' : String(traffic.protocol),
    from_port: ends[0],
    to_port: ends[1],
    self: isItself ? true : undefined,
    cidr_blocks: peer.kind === 'ipv4' ? [peer.cidr] : undefined,
    ipv6_cidr_blocks: peer.kind === 'ipv6' ? [relative(printer, peer.cidr)] : undefined,
    prefix_list_ids: peer.kind === 'prefix-list' ? [ref(printer, 'ec2_managed_prefix_list', peer.list)] : undefined,
    security_groups: peer.kind === 'group' && !isItself ? [groupRef(printer, peer.group)] : undefined,
    description,
  }
}

function printRules(printer: Printer, { group, rules }: Of<'rules'>): void {
  if (isDefaultGroup(group)) return
  rules.forEach((rule, index) => {
    const type = `vpc_security_group_${rule.direction}_rule`
    const name = `${nameOf(printer, group.id)}_${rule.direction === 'ingress' ? 'in' : 'out'}_${index + 1}`
    resource(printer, type, name, { security_group_id: groupRef(printer, group.id), ...ruleBody(printer, rule) })
  })
}

function ruleBody(printer: Printer, { traffic, peer, description }: Rule): Block {
  const ports =
    'from' in traffic
      ? { from_port: traffic.from, to_port: traffic.to }
      : 'type' in traffic
        ? { from_port: traffic.type, to_port: traffic.code }
        : {}
  const peers =
    peer.kind === 'ipv4'
      ? { cidr_ipv4: peer.cidr }
      : peer.kind === 'ipv6'
        ? { cidr_ipv6: relative(printer, peer.cidr) }
        : peer.kind === 'prefix-list'
          ? { prefix_list_id: ref(printer, 'ec2_managed_prefix_list', peer.list) }
          : { referenced_security_group_id: groupRef(printer, peer.group) }
  const protocol = traffic.protocol === 'all' ? '-1' : String(traffic.protocol)
  return { ip_protocol: protocol, ...ports, ...peers, description: description || undefined }
}

function printInterface(printer: Printer, card: NetworkInterface): void {
  const { privateAddresses, ipv6Addresses, tracking } = card
  resource(printer, 'network_interface', nameOf(printer, card.id), {
    subnet_id: ref(printer, 'subnet', card.subnet),
    description: card.description || undefined,
    // In this order: the first is the primary one.
    private_ip_list_enabled: privateAddresses.length > 1 ? true : undefined,
    private_ip_list: privateAddresses.length > 1 ? privateAddresses.map(({ address }) => address) : undefined,
    private_ips: privateAddresses.length === 1 ? privateAddresses.map(({ address }) => address) : undefined,
    ipv6_addresses: ipv6Addresses.length > 0 ? ipv6Addresses.map((each) => relative(printer, each)) : undefined,
    security_groups: card.groups.map((id) => groupRef(printer, id)),
    source_dest_check: card.sourceDestCheck ? undefined : false,
    ...tags(printer, card.id),
  })
  if (Object.keys(tracking).length > 0) printer.notes.push(`the idle timeouts of ${card.id}.`)
}

function printInstance(printer: Printer, { instance, cards }: Of<'instance'>): void {
  const devices = cards.map(({ id, attachment }) => ({
    device_index: attachment?.deviceIndex ?? 0,
    network_interface_id: ref(printer, 'network_interface', id),
  }))
  resource(printer, 'instance', nameOf(printer, instance.id), {
    ami: instance.image,
    instance_type: instance.type,
    key_name: instance.keyName,
    user_data_base64: instance.userData,
    network_interface: blocks(devices),
    ...tags(printer, instance.id),
  })
}

function printAddress(printer: Printer, { address: { id, publicAddress, association } }: Of<'elastic-address'>): void {
  const name = nameOf(printer, id)
  resource(printer, 'eip', name, { domain: 'vpc', ...tags(printer, id) })
  printer.notes.push(`the address ${publicAddress}: AWS gives another.`)
  if (!association) return
  const vpc = printer.world.networkInterface.get(association.networkInterface)?.vpc ?? ''
  const gateways = linked(printer.world, 'gateways of vpc', vpc)
  resource(printer, 'eip_association', name, {
    allocation_id: ref(printer, 'eip', id),
    network_interface_id: ref(printer, 'network_interface', association.networkInterface),
    private_ip_address: association.privateAddress,
    depends_on:
      gateways.length > 0
        ? gateways.map((each) => expression(`aws_internet_gateway.${nameOf(printer, each)}`))
        : undefined,
  })
}

function printPeering(printer: Printer, { peering: { id, requester, accepter } }: Of<'peering'>): void {
  const { account, region } = printer.world.scope
  resource(printer, 'vpc_peering_connection', nameOf(printer, id), {
    vpc_id: ref(printer, 'vpc', requester.vpc),
    peer_vpc_id: ref(printer, 'vpc', accepter.vpc),
    peer_owner_id: accepter.owner === account ? undefined : accepter.owner,
    peer_region: accepter.region === region ? undefined : accepter.region,
    auto_accept: printer.world.vpc.has(accepter.vpc) ? true : undefined,
    ...tags(printer, id),
  })
}

function printTable(printer: Printer, { table, subnets, routes }: Of<'route-table'>): void {
  const name = nameOf(printer, table.id)
  resource(printer, 'route_table', name, { vpc_id: ref(printer, 'vpc', table.vpc), ...tags(printer, table.id) })
  const route_table_id = ref(printer, 'route_table', table.id)
  routes.forEach((route, index) => {
    const body = routeBody(printer, route)
    if (body) resource(printer, 'route', `${name}_${index + 1}`, { route_table_id, ...body })
  })
  for (const { id } of subnets) {
    const body = { route_table_id, subnet_id: ref(printer, 'subnet', id) }
    resource(printer, 'route_table_association', nameOf(printer, id), body)
  }
}

function routeBody(printer: Printer, { destination, target }: Route): Block | undefined {
  const to =
    destination.kind === 'prefix-list'
      ? { destination_prefix_list_id: ref(printer, 'ec2_managed_prefix_list', destination.list) }
      : destination.kind === 'ipv4'
        ? { destination_cidr_block: destination.cidr }
        : { destination_ipv6_cidr_block: relative(printer, destination.cidr) }
  switch (target.kind) {
    case 'internet-gateway':
      return { ...to, gateway_id: ref(printer, 'internet_gateway', target.id) }
    case 'network-interface':
      return { ...to, network_interface_id: ref(printer, 'network_interface', target.id) }
    case 'peering':
      return { ...to, vpc_peering_connection_id: ref(printer, 'vpc_peering_connection', target.id) }
    case 'local':
      return { ...to, gateway_id: 'local' }
    case 'other':
      printer.notes.push(`a route to ${target.id}, which is not of this world.`)
      return undefined
    default:
      return target satisfies never
  }
}
