/** Network ACLs of a Terraform document, and which subnets they are at. */

import type { NetworkAclId, SubnetId } from '../../model/ids.ts'
import { aclEntryName, type NetworkAcl, type NetworkAclEntry } from '../../model/network-acl.ts'
import type { Direction } from '../../model/rule.ts'
import { cidrPeer } from '../cidr-peer.ts'
import { unknownAcl } from '../gaps.ts'
import { type Members, number, objects, text } from '../json-value.ts'
import { openEntries } from '../plain.ts'
import { stableId } from '../stable-id.ts'
import { aclTrafficOf } from '../traffic.ts'
import type { Resource } from './document.ts'
import { vpcOf } from './network.ts'
import type { Named, Reading } from './reading.ts'

/** After subnets, which have their VPC's default ACL unless another takes them. */
export function readAcls(reading: Reading): void {
  const entries = reading.ofType('aws_network_acl_rule')
  for (const resource of reading.ofType('aws_network_acl', 'aws_default_network_acl')) {
    const id = aclIdOf(reading, resource)
    const own = entries.filter((each) => reading.ids(each, ['network_acl_id'], 'acl').sure.includes(id))
    putAcl(reading, resource, id, own)
    const isDefault = resource.type === 'aws_default_network_acl'
    if (!isDefault || !isEmpty(reading, resource))
      attach(reading, resource, id, reading.ids(resource, ['subnet_ids'], 'subnet', true))
  }
  for (const each of reading.ofType('aws_network_acl_association')) {
    const [acl] = reading.ids(each, ['network_acl_id'], 'acl').sure
    if (acl !== undefined) attach(reading, each, acl as NetworkAclId, reading.ids(each, ['subnet_id'], 'subnet'))
  }
}

function isEmpty(reading: Reading, resource: Resource): boolean {
  const { sure, perhaps, isOpen } = reading.ids(resource, ['subnet_ids'], 'subnet', true)
  return sure.length + perhaps.length === 0 && !isOpen
}

function aclIdOf(reading: Reading, resource: Resource): NetworkAclId {
  if (resource.type !== 'aws_default_network_acl') return reading.id(resource, 'acl')
  return (
    (reading.ids(resource, ['default_network_acl_id'], 'acl').sure[0] as NetworkAclId | undefined) ??
    reading.id(resource, 'acl')
  )
}

function putAcl(reading: Reading, resource: Resource, id: NetworkAclId, separate: readonly Resource[]): void {
  const isDefault = resource.type === 'aws_default_network_acl'
  const vpc = reading.draft.get('networkAcl', id)?.vpc ?? vpcOf(reading, resource)
  const inline = (['ingress', 'egress'] as const).flatMap((direction) => {
    const isKnown = reading.known(resource, [direction]) !== undefined
    return isKnown ? objects(resource.values[direction]).map((each) => entryOf(each, direction, resource)) : []
  })
  const more = separate.map((each) =>
    entryOf(
      { ...each.values, rule_no: each.values['rule_number'], action: each.values['rule_action'] },
      each.values['egress'] === true ? 'egress' : 'ingress',
      each,
    ),
  )
  const origin = reading.origin(resource)
  // Of two at one place the separate one holds.
  const all = new Map([...inline, ...more].map((each) => [aclEntryName(id, each.entry), each]))
  for (const [name, { entry, text: written, resource: by }] of all) {
    if (written !== undefined) reading.draft.noteEntry(name, entry.cidr, written, reading.origin(by))
  }
  const entries = Array.from(all.values(), ({ entry }) => entry)
  const acl: NetworkAcl = { id, vpc, isDefault, entries: entries.filter(({ number: each }) => each < 32767) }
  reading.draft.put('networkAcl', acl, origin)
  const isPending = [resource, ...separate].some(
    (each) =>
      (['ingress', 'egress'] as const).some((direction) => reading.isPending(each, [direction])) ||
      reading.isPending(each, ['cidr_block']),
  )
  if (!isPending) return
  reading.draft.put('networkAcl', { ...acl, entries: acl.entries.filter(({ action }) => action === 'deny') }, origin)
  reading.draft.putPossible('networkAcl', { ...acl, entries: openEntries }, origin)
  reading.draft.doubt('Some of its entries are known only after it is applied.', origin)
}

interface ReadEntry {
  readonly entry: NetworkAclEntry
  /** Its CIDR. */
  readonly text: string | undefined
  readonly resource: Resource
}

function entryOf(value: Members, direction: Direction, resource: Resource): ReadEntry {
  const what = resource.address
  const block = text(value['cidr_block']) ?? text(value['ipv6_cidr_block'])
  const { cidr } = cidrPeer(block ?? '0.0.0.0/0', what)
  const [type, code] = [number(value['icmp_type']), number(value['icmp_code'])]
  const written = {
    protocol: text(value['protocol']) ?? String(value['protocol'] ?? ''),
    from: number(value['from_port']),
    to: number(value['to_port']),
    icmp: type === undefined ? undefined : { type, code: code ?? -1 },
  }
  const entry: NetworkAclEntry = {
    number: number(value['rule_no']) ?? 0,
    direction,
    action: value['action'] === 'allow' ? 'allow' : 'deny',
    family: cidr.includes(':') ? 6 : 4,
    cidr,
    ...aclTrafficOf(written, what),
  }
  return { entry, text: block, resource }
}

/** A subnet that may be at this ACL or not is at one that nobody knows. */
function attach(reading: Reading, resource: Resource, acl: NetworkAclId, subnets: Named): void {
  const { draft } = reading
  for (const id of subnets.sure) {
    const subnet = draft.get('subnet', id)
    if (subnet) draft.put('subnet', { ...subnet, acl })
  }
  const uncertain =
    subnets.isOpen && subnets.perhaps.length === 0 ? draft.all('subnet').map(({ id }) => id) : subnets.perhaps
  if (uncertain.length === 0) return
  draft.doubt('Which subnets it is at is known only after it is applied.', reading.origin(resource))
  for (const id of uncertain as SubnetId[]) {
    const subnet = draft.get('subnet', id)
    if (!subnet) continue
    const unknown: NetworkAclId = stableId('acl', `perhaps ${id}`)
    unknownAcl(draft, unknown, subnet.vpc)
    draft.put('subnet', { ...subnet, acl: unknown })
  }
}
