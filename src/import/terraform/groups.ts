/**
 * Security groups of a Terraform document. A group's rules are inside of it, or resources of their own; what
 * a plan or a state lists inside a group that has such resources is a copy of them.
 */

import type { GroupId, VpcId } from '../../model/ids.ts'
import { type Direction, type Rule, ruleKey } from '../../model/rule.ts'
import { isMembers, type Members, objects, text } from '../json-value.ts'
import { stableId } from '../stable-id.ts'
import { isUnknown, type Resource } from './document.ts'
import { vpcOf } from './network.ts'
import type { Reading } from './reading.ts'
import { addRules, type RuleWords, wordsOfRule } from './rules.ts'
import { putTags } from './tags.ts'

const separateTypes = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
] as const

export function readGroups(reading: Reading): void {
  const groups = reading.ofType('aws_security_group', 'aws_default_security_group')
  for (const resource of groups) putGroup(reading, resource)
  putDefaultGroups(reading)
  const separate = reading.ofType(...separateTypes)
  for (const resource of separate) addRules(reading, resource, wordsOfRule(reading, resource))
  for (const resource of groups) {
    for (const direction of ['ingress', 'egress'] as const) readInline(reading, resource, direction)
  }
}

function groupIdOf(reading: Reading, resource: Resource): GroupId {
  if (resource.type !== 'aws_default_security_group') return reading.id(resource, 'sg')
  const own = reading.text(resource, 'id') as GroupId | undefined
  const [vpc] = reading
    .ofType('aws_vpc', 'aws_default_vpc')
    .filter((each) => reading.id(each, 'vpc') === vpcOf(reading, resource))
  return own ?? (vpc ? reading.id(vpc, 'sg', 'default_security_group_id') : reading.id(resource, 'sg'))
}

function putGroup(reading: Reading, resource: Resource): void {
  const id = groupIdOf(reading, resource)
  const isDefault = resource.type === 'aws_default_security_group'
  const name = isDefault ? 'default' : (text(resource.values['name']) ?? resource.address)
  const description = text(resource.values['description']) ?? ''
  const vpc = vpcOf(reading, resource)
  const group = { id, vpc, name, description, rules: [], hasOriginalEgress: false }
  reading.draft.put('securityGroup', group, reading.origin(resource))
  putTags(reading, id, resource)
}

/** Every VPC has one; unless Terraform takes it over, its rules are those that AWS gives it. */
function putDefaultGroups(reading: Reading): void {
  for (const resource of reading.ofType('aws_vpc', 'aws_default_vpc')) {
    const id: GroupId = reading.id(resource, 'sg', 'default_security_group_id')
    if (reading.draft.get('securityGroup', id)) continue
    const vpc: VpcId = reading.id(resource, 'vpc')
    const origin = reading.origin(resource)
    const group = {
      id,
      vpc,
      name: 'default',
      description: 'default VPC security group',
      rules: [],
      hasOriginalEgress: true,
    }
    reading.draft.put('securityGroup', group, origin)
    const add = (rule: Omit<Rule, 'id'>) =>
      reading.draft.addRule(id, { id: stableId('sgr', `${id} ${ruleKey(rule)}`), ...rule }, origin)
    add({
      direction: 'ingress',
      traffic: { protocol: 'all' },
      peer: { kind: 'group', group: id, owner: reading.facts.account },
    })
    add({ direction: 'egress', traffic: { protocol: 'all' }, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } })
    if ((reading.draft.get('vpc', vpc)?.ipv6CidrBlocks.length ?? 0) === 0) continue
    add({ direction: 'egress', traffic: { protocol: 'all' }, peer: { kind: 'ipv6', cidr: '::/0' } })
  }
}

function readInline(reading: Reading, resource: Resource, direction: Direction): void {
  const group = groupIdOf(reading, resource)
  const copies = copiedRules(reading, resource, direction)
  const isWhollyUnknown = isMembers(resource.unknown) && resource.unknown[direction] === true
  if (isWhollyUnknown && isWritten(reading, resource, direction)) {
    const words = wordsInline(resource, { item: {}, direction, index: 0, group })
    addRules(reading, resource, { ...words, isWhollyUnknown: true })
    return
  }
  for (const [index, item] of objects(resource.values[direction]).entries()) {
    addRules(reading, resource, wordsInline(resource, { item, direction, index, group }), copies)
  }
}

/**
 * Whether rules inside are what is unknown. A plan says so of every new group; it shows blocks that are written out
 * and no dynamic ones. Where no file shows those, a group that no rule of its own names has some.
 */
function isWritten(reading: Reading, resource: Resource, direction: Direction): boolean {
  if (reading.facts.references.isConfigured(resource, [direction]) === true) return true
  if (reading.isShown(resource)) return reading.hasDynamic(resource, direction)
  const id = groupIdOf(reading, resource)
  return !reading
    .ofType(...separateTypes)
    .some((each) => reading.ids(each, ['security_group_id'], 'sg').sure.includes(id))
}

interface InlineRule {
  readonly item: Members
  readonly direction: Direction
  readonly index: number
  readonly group: GroupId
}

function wordsInline(resource: Resource, { item, direction, index, group }: InlineRule): RuleWords {
  return {
    direction,
    groups: { sure: [group], perhaps: [], isOpen: false },
    traffic: { protocol: item['protocol'], from: item['from_port'], to: item['to_port'] },
    path: [direction, index],
    attributes: {
      cidrs: ['cidr_blocks', 'ipv6_cidr_blocks'],
      lists: 'prefix_list_ids',
      groups: 'security_groups',
      self: item['self'] === true,
    },
    description: text(item['description']),
    ruleId: undefined,
    isWhollyUnknown: ['protocol', 'from_port', 'to_port'].some((each) =>
      isUnknown(resource.unknown, [direction, index, each]),
    ),
  }
}

/**
 * Without rules inside, a plan lists there what the group had when it was read: the rules of resources, among them
 * those that the plan takes away. They are known by what they are.
 */
function copiedRules(reading: Reading, resource: Resource, direction: Direction): ReadonlySet<string> {
  const { references, copies } = reading.facts
  if (references.isConfigured(resource, [direction]) === true) return new Set()
  return copies.get(groupIdOf(reading, resource)) ?? new Set()
}

/** What the rules that are resources of their own are, by group. */
export function separateRules(reading: Reading): ReadonlyMap<string, ReadonlySet<string>> {
  for (const resource of reading.ofType(...separateTypes)) addRules(reading, resource, wordsOfRule(reading, resource))
  const groups = reading
    .ofType('aws_security_group', 'aws_default_security_group')
    .map((each) => groupIdOf(reading, each))
  return new Map(groups.map((id) => [id, new Set(reading.draft.rulesOf(id).map(ruleKey))]))
}
