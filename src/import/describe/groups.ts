/**
 * Security groups from DescribeSecurityGroups, and from DescribeSecurityGroupRules what permissions do not
 * have: each rule's own id and tags.
 */

import type { GroupId, PeeringId, PrefixListId, RuleId, VpcId } from '../../model/ids.ts'
import { type Direction, type Peer, type Rule, ruleKey } from '../../model/rule.ts'
import { BadImport } from '../bad-import.ts'
import { cidrPeer } from '../cidr-peer.ts'
import type { Draft } from '../draft.ts'
import type { Origin } from '../imported.ts'
import { type Members, members, number, objects, text } from '../json-value.ts'
import { stableId } from '../stable-id.ts'
import { trafficOf } from '../traffic.ts'
import { type Item, type Output, originOf } from './output.ts'
import { putTags } from './tags.ts'

export function readGroups(output: Output, draft: Draft): void {
  const items = ruleItems(output)
  for (const item of output.items('SecurityGroups')) readGroup(item, items.get(text(item.value['GroupId'])), draft)
  readUntoldGroups(output, items, draft)
  for (const { value } of output.items('SecurityGroupVpcAssociations')) {
    const [group, vpc] = [text(value['GroupId']) as GroupId, text(value['VpcId']) as VpcId]
    if (group && vpc && value['State'] !== 'disassociated') {
      draft.put('vpcAssociation', { id: `${group}/${vpc}`, group, vpc })
    }
  }
}

interface ToldRule {
  readonly rule: Rule
  readonly origin: Origin
}

function ruleItems(output: Output): ReadonlyMap<string | undefined, ToldRule[]> {
  const found = new Map<string | undefined, ToldRule[]>()
  for (const item of output.items('SecurityGroupRules')) {
    const group = text(item.value['GroupId'])
    found.set(group, [...(found.get(group) ?? []), toldRule(item)])
  }
  return found
}

function readGroup(item: Item, told: readonly ToldRule[] | undefined, draft: Draft): void {
  const { value } = item
  const id = text(value['GroupId']) as GroupId | undefined
  if (id === undefined) throw new BadImport(`${item.file.path}: a security group has no GroupId.`)
  const name = text(value['GroupName']) ?? id
  const origin = originOf(item, id, name)
  if (draft.get('securityGroup', id)) return
  const vpc = (text(value['VpcId']) ?? stableId('vpc', 'EC2-Classic')) as VpcId
  const description = text(value['Description']) ?? ''
  draft.put('securityGroup', { id, vpc, name, description, rules: [], hasOriginalEgress: false }, origin)
  putTags(draft, id, value)
  const permitted = permissionRules(value, id)
  const isPermissionsTold = Array.isArray(value['IpPermissions']) || Array.isArray(value['IpPermissionsEgress'])
  const byKey = new Map(told?.map((each) => [ruleKey(each.rule), each]))
  for (const rule of permitted) {
    const own = byKey.get(ruleKey(rule))
    draft.addRule(id, own?.rule ?? rule, own?.origin ?? { ...origin, name: rule.id })
  }
  const keys = new Set(permitted.map(ruleKey))
  for (const each of told?.filter(({ rule }) => !keys.has(ruleKey(rule))) ?? []) {
    draft.addRule(id, each.rule, each.origin, isPermissionsTold ? 'possible' : 'certain')
    if (isPermissionsTold) {
      draft.doubt(`${each.rule.id} is not among the permissions of ${id}: they are of different moments.`, each.origin)
    }
  }
  if (!isPermissionsTold && told === undefined) {
    throw new BadImport(`${item.file.path}: ${id} has neither IpPermissions nor rules of its own.`)
  }
}

/** Rules were asked for and groups were not: their VPC and name are not known. */
function readUntoldGroups(output: Output, items: ReadonlyMap<string | undefined, ToldRule[]>, draft: Draft): void {
  const carriers = new Map(
    output
      .items('NetworkInterfaces')
      .flatMap(({ value }) => objects(value['Groups']).map((group) => [group['GroupId'], value['VpcId']] as const)),
  )
  for (const [group, told] of items) {
    const id = group as GroupId | undefined
    const [first] = told
    if (id === undefined || !first || draft.get('securityGroup', id)) continue
    const vpc = (text(carriers.get(id)) ?? stableId('vpc', 'not told')) as VpcId
    draft.put(
      'securityGroup',
      { id, vpc, name: id, description: '', rules: [], hasOriginalEgress: false },
      first.origin,
    )
    for (const { rule, origin } of told) draft.addRule(id, rule, origin)
  }
}

function permissionRules(value: Members, group: GroupId): Rule[] {
  return [
    ...objects(value['IpPermissions']).flatMap((each) => rulesOf(each, group, 'ingress')),
    ...objects(value['IpPermissionsEgress']).flatMap((each) => rulesOf(each, group, 'egress')),
  ]
}

/** Ids follow from what the rule is, so that they are the same in the next dump. */
function rulesOf(permission: Members, group: GroupId, direction: Direction): Rule[] {
  const traffic = trafficFrom(permission, group)
  const peers: { readonly peer: Peer; readonly description: string | undefined }[] = [
    ...objects(permission['IpRanges']).map((each) => described(each, cidrOf(each['CidrIp'], group))),
    ...objects(permission['Ipv6Ranges']).map((each) => described(each, cidrOf(each['CidrIpv6'], group))),
    ...objects(permission['PrefixListIds']).map((each) =>
      described(each, { kind: 'prefix-list', list: text(each['PrefixListId']) as PrefixListId }),
    ),
    ...objects(permission['UserIdGroupPairs']).map((each) => described(each, groupPeer(each))),
  ]
  return peers.map(({ peer, description }) => {
    const rule = { direction, traffic, peer, ...(description === undefined ? {} : { description }) }
    return { id: stableId('sgr', `${group} ${ruleKey(rule)}`), ...rule }
  })
}

/** Groups that are named with a peering connection that is no longer active. */
export function unreachableGroups(output: Output): ReadonlySet<string> {
  const pairs = [
    ...output.items('SecurityGroupRules').map(({ value }) => members(value['ReferencedGroupInfo'])),
    ...output
      .items('SecurityGroups')
      .flatMap(({ value }) => [...objects(value['IpPermissions']), ...objects(value['IpPermissionsEgress'])])
      .flatMap((permission) => objects(permission['UserIdGroupPairs'])),
  ]
  const ended = pairs.filter((pair) => text(pair['PeeringStatus']) !== undefined && pair['PeeringStatus'] !== 'active')
  return new Set(ended.flatMap((pair) => text(pair['GroupId']) ?? []))
}

function described(value: Members, peer: Peer): { peer: Peer; description: string | undefined } {
  const { Description: description } = value
  return { peer, description: typeof description === 'string' ? description : undefined }
}

function cidrOf(value: unknown, what: string): Peer {
  return cidrPeer(String(value), what)
}

function groupPeer(pair: Members): Peer {
  const [group, owner] = [text(pair['GroupId']) as GroupId, text(pair['UserId']) ?? '']
  const [vpc, peering] = [text(pair['VpcId']) as VpcId, text(pair['VpcPeeringConnectionId']) as PeeringId]
  return { kind: 'group', group, owner, ...(vpc && peering ? { peered: { vpc, peering } } : {}) }
}

function trafficFrom(value: Members, what: string) {
  const [from, to] = [number(value['FromPort']), number(value['ToPort'])]
  return trafficOf({ protocol: text(value['IpProtocol']), from, to }, what)
}

function toldRule(item: Item): ToldRule {
  const { value } = item
  const id = text(value['SecurityGroupRuleId']) as RuleId | undefined
  if (id === undefined) throw new BadImport(`${item.file.path}: a security group rule has no SecurityGroupRuleId.`)
  const { Description: description } = value
  const rule: Rule = {
    id,
    direction: value['IsEgress'] === true ? 'egress' : 'ingress',
    traffic: trafficFrom(value, id),
    peer: peerOf(value, id),
    ...(typeof description === 'string' ? { description } : {}),
  }
  return { rule, origin: originOf(item, id) }
}

function peerOf(value: Members, what: string): Peer {
  const cidr = text(value['CidrIpv4']) ?? text(value['CidrIpv6'])
  if (cidr !== undefined) return cidrPeer(cidr, what)
  const list = text(value['PrefixListId']) as PrefixListId | undefined
  if (list !== undefined) return { kind: 'prefix-list', list }
  const pair = members(value['ReferencedGroupInfo'])
  if (text(pair['GroupId']) === undefined) throw new BadImport(`${what} has no peer: no CIDR, list or group.`)
  return groupPeer(pair)
}
