/** Network ACLs of a Terraform document, and which subnets they are at. */

import type { NetworkAclId, SubnetId } from '../../model/ids.ts'
import { aclEntryName, type NetworkAcl, type NetworkAclEntry } from '../../model/network-acl.ts'
import type { Direction } from '../../model/rule.ts'
import { cidrPeer } from '../cidr-peer.ts'
import { unknownAcl } from '../gaps.ts'
import type { Origin } from '../imported.ts'
import { type Members, number, objects, text } from '../json-value.ts'
import { type Bound, type EntryKnown, withPerhapsEntry } from '../perhaps.ts'
import { openEntries } from '../plain.ts'
import { stableId } from '../stable-id.ts'
import { aclTrafficOf } from '../traffic.ts'
import { isUnknown, type Resource } from './document.ts'
import { vpcOf } from './network.ts'
import type { Named, Reading } from './reading.ts'

/** After subnets, which have their VPC's default ACL unless another takes them. */
export function readAcls(reading: Reading): void {
  const entries = reading.ofType('aws_network_acl_rule')
  for (const resource of reading.ofType('aws_network_acl', 'aws_default_network_acl')) {
    const id = aclIdOf(reading, resource)
    const own = entries.filter((each) => reading.ids(each, ['network_acl_id'], 'acl').sure.includes(id))
    const perhaps = entries.filter((each) => mayBeIn(reading, each, id))
    putAcl(reading, resource, id, { own, perhaps })
    const isDefault = resource.type === 'aws_default_network_acl'
    if (!isDefault || !isEmpty(reading, resource))
      attach(reading, resource, id, reading.ids(resource, ['subnet_ids'], 'subnet', true))
  }
  for (const each of reading.ofType('aws_network_acl_association')) {
    const [acl] = reading.ids(each, ['network_acl_id'], 'acl').sure
    if (acl !== undefined) attach(reading, each, acl as NetworkAclId, reading.ids(each, ['subnet_id'], 'subnet'))
  }
}

function mayBeIn(reading: Reading, entry: Resource, id: NetworkAclId): boolean {
  const acls = reading.ids(entry, ['network_acl_id'], 'acl')
  return acls.perhaps.includes(id) || (acls.isOpen && acls.perhaps.length === 0 && !acls.sure.includes(id))
}

/** Entries in resources of their own. */
interface Separate {
  readonly own: readonly Resource[]
  /** Of this ACL or of another. */
  readonly perhaps: readonly Resource[]
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

function putAcl(reading: Reading, resource: Resource, id: NetworkAclId, separate: Separate): void {
  const isDefault = resource.type === 'aws_default_network_acl'
  const vpc = reading.draft.get('networkAcl', id)?.vpc ?? vpcOf(reading, resource)
  const written = [
    ...(['ingress', 'egress'] as const).flatMap((direction) => insideEntries(reading, resource, direction)),
    ...separate.own.map((each) => separateEntry(reading, each, true)),
    ...separate.perhaps.map((each) => separateEntry(reading, each, false)),
  ]
  const told = written.flatMap(({ entry, ...more }) => (entry ? [{ entry, ...more }] : []))
  const isAt = (one: NetworkAclEntry, other: NetworkAclEntry) =>
    one.number === other.number && one.direction === other.direction
  const kept = told.filter(
    ({ entry, isSeparate }) => isSeparate || !told.some((each) => each.isSeparate && isAt(each.entry, entry)),
  )
  for (const { entry, cidr, origin } of kept) {
    if (cidr !== undefined) reading.draft.noteEntry(aclEntryName(id, entry), entry.cidr, cidr, origin)
  }
  const entries = kept.map(({ entry }) => entry).filter(({ number: each }) => each < 32767)
  const acl: NetworkAcl = { id, vpc, isDefault, entries }
  const origin = reading.origin(resource)
  const isPending = (['ingress', 'egress'] as const).some((direction) => isWhollyPending(reading, resource, direction))
  if (isPending) reading.draft.doubt('Some of its entries are known only after it is applied.', origin)
  const perhaps = written.flatMap(({ known }) => known ?? [])
  const within = (bound: Bound) => perhaps.reduce((all, known) => withPerhapsEntry(all, known, bound), acl)
  const certain = within('certain')
  const least = { ...certain, entries: certain.entries.filter(({ action }) => action === 'deny') }
  reading.draft.put('networkAcl', isPending ? least : certain, origin)
  if (!isPending && perhaps.length === 0) return
  reading.draft.putPossible('networkAcl', isPending ? { ...acl, entries: openEntries } : within('possible'), origin)
}

/** An entry as far as it is known: wholly, or what is. */
interface WrittenEntry {
  readonly entry?: NetworkAclEntry
  readonly known?: EntryKnown
  readonly isSeparate: boolean
  readonly origin: Origin
  /** As it is written. */
  readonly cidr: string | undefined
}

/** Nothing is told of the entries of that direction, not even how many there are. */
function isWhollyPending(reading: Reading, resource: Resource, direction: Direction): boolean {
  return objects(resource.values[direction]).length === 0 && reading.isPending(resource, [direction])
}

function insideEntries(reading: Reading, resource: Resource, direction: Direction): WrittenEntry[] {
  return objects(resource.values[direction]).map((value, index) => {
    const isKnown = (attribute: string) => !isUnknown(resource.unknown, [direction, index, attribute])
    const origin = reading.origin(resource, { kind: direction, index, port: value['from_port'] })
    const written = { value, direction, isKnown, origin, isThere: true }
    return { ...asFarAsKnown(reading, resource, written), isSeparate: false, origin, cidr: cidrIn(value) }
  })
}

function separateEntry(reading: Reading, resource: Resource, isThere: boolean): WrittenEntry {
  const { values } = resource
  const value = { ...values, rule_no: values['rule_number'], action: values['rule_action'] }
  const names: Readonly<Record<string, string>> = { rule_no: 'rule_number', action: 'rule_action' }
  const isKnown = (attribute: string) => !isUnknown(resource.unknown, [names[attribute] ?? attribute])
  const direction: Direction = values['egress'] === true ? 'egress' : 'ingress'
  const origin = reading.origin(resource)
  const written = { value, direction, isKnown, origin, isThere }
  return { ...asFarAsKnown(reading, resource, written), isSeparate: true, origin, cidr: cidrIn(value) }
}

interface Written {
  readonly value: Members
  readonly direction: Direction
  readonly isKnown: (attribute: string) => boolean
  readonly origin: Origin
  /** In this ACL. */
  readonly isThere: boolean
}

const trafficAttributes = ['protocol', 'from_port', 'to_port', 'icmp_type', 'icmp_code']

function asFarAsKnown(
  reading: Reading,
  resource: Resource,
  { value, direction, isKnown, origin, isThere }: Written,
): Pick<WrittenEntry, 'entry' | 'known'> {
  const isTrafficKnown = trafficAttributes.every(isKnown)
  const isBlockKnown = isKnown('cidr_block') && isKnown('ipv6_cidr_block')
  const places = { number: isKnown('rule_no'), direction: isKnown('egress'), action: isKnown('action') }
  const isWhole = isThere && isTrafficKnown && isBlockKnown && Object.values(places).every(Boolean)
  if (isWhole) return { entry: entryOf(value, direction, resource.address) }
  const families = ([4, 6] as const).filter((family) => !isKnown(family === 4 ? 'cidr_block' : 'ipv6_cidr_block'))
  const told = cidrIn(value)
  const cidr = isBlockKnown && told ? cidrPeer(told, resource.address).cidr : undefined
  const number_ = places.number ? number(value['rule_no']) : undefined
  const place = number_ === undefined ? 'An entry' : `Entry ${number_}`
  reading.draft.doubt(
    `${place}${places.direction ? ` of ${direction}` : ''} of a network ACL is known only in part before it is applied.`,
    origin,
  )
  return {
    known: {
      families: cidr === undefined ? families : [cidr.includes(':') ? 6 : 4],
      ...(cidr === undefined ? {} : { cidr }),
      ...(number_ === undefined ? {} : { number: number_ }),
      ...(places.direction ? { direction } : {}),
      ...(places.action ? { action: actionOf(value) } : {}),
      ...(isTrafficKnown ? { traffic: trafficIn(value, resource.address) } : {}),
    },
  }
}

function entryOf(value: Members, direction: Direction, what: string): NetworkAclEntry {
  const { cidr } = cidrPeer(cidrIn(value) ?? '0.0.0.0/0', what)
  return {
    number: number(value['rule_no']) ?? 0,
    direction,
    action: actionOf(value),
    family: cidr.includes(':') ? 6 : 4,
    cidr,
    ...trafficIn(value, what),
  }
}

/** As it is written; the attribute that does not hold is empty. */
function cidrIn(value: Members): string | undefined {
  return text(value['cidr_block']) || text(value['ipv6_cidr_block']) || undefined
}

/** Terraform takes the word in any case. */
function actionOf(value: Members): NetworkAclEntry['action'] {
  return text(value['action'])?.toLowerCase() === 'allow' ? 'allow' : 'deny'
}

function trafficIn(value: Members, what: string): ReturnType<typeof aclTrafficOf> {
  const [type, code] = [number(value['icmp_type']), number(value['icmp_code'])]
  const written = {
    protocol: text(value['protocol']) ?? String(value['protocol'] ?? ''),
    from: number(value['from_port']),
    to: number(value['to_port']),
    icmp: type === undefined ? undefined : { type, code: code ?? -1 },
  }
  return aclTrafficOf(written, what)
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
