/** Security groups of a template, their rules within and beside them, and prefix lists. */

import { put } from '../../model/change.ts'
import type { GroupId, PrefixListId } from '../../model/ids.ts'
import { listEntryName, type PrefixListEntry, prefixListVersionId } from '../../model/prefix-list.ts'
import { type Direction, type Rule, ruleKey } from '../../model/rule.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { stableId } from '../stable-id.ts'
import { physicalId } from './attributes.ts'
import { add, type Builder, doubt, items, originOf, place, placeEntry, property, resourcesOf } from './builder.ts'
import { vpcOf } from './existing.ts'
import { addTags } from './networks.ts'
import { type RuleFacts, rulesFrom } from './rules.ts'
import { nameOf, type Resource } from './template.ts'
import { isUnknown, knownText, mappingOf, numberOf, type Value, whyUnknown } from './value.ts'

export function addPrefixLists(builder: Builder): void {
  for (const resource of resourcesOf(builder, 'AWS::EC2::PrefixList')) addPrefixList(builder, resource)
}

/** An entry that is not known is the whole of the family in the possible world. */
function addPrefixList(builder: Builder, resource: Resource): void {
  const id = physicalId(resource) as PrefixListId
  const family = knownText(property(builder, resource, 'AddressFamily')) === 'IPv6' ? 6 : 4
  const everything = family === 4 ? '0.0.0.0/0' : '::/0'
  const entries = items(builder, resource, 'Entries').flatMap(({ value, line, isSure }): PrefixListEntry[] => {
    const row = mappingOf(value)
    const written = knownText(row?.['Cidr'] as Value) ?? ''
    const block = parseCidr(written)?.cidr
    const text = knownText(row?.['Description'] as Value)
    if (block && !isSure && builder.bound === 'certain') return []
    if (block) {
      const cidr = formatCidr(block)
      placeEntry(builder, { name: listEntryName(id, cidr), cidr, text: written }, resource, line)
      return [{ cidr, ...(text === undefined ? {} : { description: text }) }]
    }
    doubt(builder, resource, `An entry of the prefix list ${resource.id} is not known.`, line)
    return builder.bound === 'possible' ? [{ cidr: everything }] : []
  })
  const most = numberOf(property(builder, resource, 'MaxEntries'))
  const name = knownText(property(builder, resource, 'PrefixListName')) ?? resource.id
  const maxEntries = typeof most === 'number' ? most : Math.max(1, entries.length)
  add(
    builder,
    put('prefixList', { id, name, family, maxEntries, version: 1, state: 'create-complete' }),
    put('prefixListVersion', { id: prefixListVersionId(id, 1), list: id, version: 1, entries }),
  )
  place(builder, id, resource)
  addTags(builder, resource, id)
}

/** Without their rules, which may name interfaces that carry them. */
export function addGroups(builder: Builder): void {
  for (const resource of resourcesOf(builder, 'AWS::EC2::SecurityGroup')) {
    const id = physicalId(resource) as GroupId
    const vpc = vpcOf(builder, resource)
    const name = knownText(property(builder, resource, 'GroupName')) ?? resource.id
    const description = knownText(property(builder, resource, 'GroupDescription')) ?? ''
    add(builder, put('securityGroup', { id, vpc, name, description, rules: [], hasOriginalEgress: false }))
    place(builder, id, resource)
    addTags(builder, resource, id)
  }
}

export function addRules(builder: Builder): void {
  for (const resource of resourcesOf(builder, 'AWS::EC2::SecurityGroup')) {
    const id = physicalId(resource) as GroupId
    addInline(builder, resource, id, 'ingress')
    if (items(builder, resource, 'SecurityGroupEgress').length > 0) addInline(builder, resource, id, 'egress')
    else addOriginalEgress(builder, resource, id)
  }
  addStandalone(builder, 'AWS::EC2::SecurityGroupIngress', 'ingress')
  addStandalone(builder, 'AWS::EC2::SecurityGroupEgress', 'egress')
}

function addInline(builder: Builder, resource: Resource, group: GroupId, direction: Direction): void {
  const name = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress'
  items(builder, resource, name).forEach(({ value, line, isSure }, index) => {
    const place = { group, direction, name: `${nameOf(resource)} ${direction} ${index}`, line, isSure }
    addRulesOf(builder, resource, value, place)
  })
}

interface RulePlace {
  readonly group: GroupId
  readonly direction: Direction
  readonly name: string
  readonly line: number
  readonly isSure: boolean
}

function addRulesOf(builder: Builder, resource: Resource, value: Value, place: RulePlace): void {
  const { direction, line, isSure } = place
  if (isUnknown(value)) {
    doubt(builder, resource, `A rule of ${resource.id} is not known: it is ${whyUnknown(value)}.`, line)
  } else if (!isSure) {
    doubt(builder, resource, `Whether ${resource.id} has a rule is not known: its condition is not.`, line)
  }
  const { rules, doubts } = rulesFrom(builder, value, direction)
  for (const what of doubts) doubt(builder, resource, `A rule of ${resource.id} is not known: ${what}.`, line)
  const isLeftOut = builder.bound === 'certain' && (doubts.length > 0 || !isSure)
  if (isLeftOut) return
  for (const facts of rules) addRule(builder, resource, facts, place)
}

/** AWS refuses a rule twice in a group; the second says nothing new. */
function addRule(builder: Builder, resource: Resource, { written, ...facts }: RuleFacts, place: RulePlace): void {
  const group = builder.world.securityGroup.get(place.group)
  if (!group) return
  const key = ruleKey({ ...facts, direction: place.direction })
  if (group.rules.some((rule) => ruleKey(rule) === key)) return
  const rule: Rule = { id: stableId('sgr', `${place.name} ${key}`), direction: place.direction, ...facts }
  const hasOriginalEgress = group.hasOriginalEgress && place.direction === 'ingress'
  add(builder, put('securityGroup', { ...group, rules: [...group.rules, rule], hasOriginalEgress }))
  builder.origins.set(rule.id, originOf(resource, place.line))
  if (written !== undefined) builder.written.set(rule.id, written)
}

/**
 * Without egress rules of its own a group has AWS's. Of a VPC with IPv6 the documentation promises two, and one
 * was seen (cloudformation-coverage-roadmap#2241).
 */
function addOriginalEgress(builder: Builder, resource: Resource, id: GroupId): void {
  const place = { group: id, direction: 'egress', name: `${nameOf(resource)} egress`, line: resource.line } as const
  const open = (kind: 'ipv4' | 'ipv6', cidr: string) =>
    ({ traffic: { protocol: 'all' }, peer: { kind, cidr } }) as const
  addRule(builder, resource, open('ipv4', '0.0.0.0/0'), { ...place, isSure: true })
  const vpc = builder.world.vpc.get(builder.world.securityGroup.get(id)?.vpc ?? '')
  if (vpc && vpc.ipv6CidrBlocks.length > 0) {
    doubt(builder, resource, `Whether ${resource.id} starts with an egress rule for ::/0 is not known: it gives none.`)
    if (builder.bound === 'possible') addRule(builder, resource, open('ipv6', '::/0'), { ...place, isSure: true })
  }
  const group = builder.world.securityGroup.get(id)
  if (group) add(builder, put('securityGroup', { ...group, hasOriginalEgress: true }))
}

function addStandalone(builder: Builder, type: string, direction: Direction): void {
  for (const resource of resourcesOf(builder, type)) {
    const group = groupOfRule(builder, resource)
    if (group === undefined) continue
    const value = Object.fromEntries(
      Object.keys(resource.properties).flatMap((name) => {
        const given = property(builder, resource, name)
        return given === undefined ? [] : [[name, given]]
      }),
    )
    const { line } = resource
    addRulesOf(builder, resource, value, { group, direction, name: nameOf(resource), line, isSure: true })
  }
}

/** Rules of a group that exists already are not told apart from the others that it may have. */
function groupOfRule(builder: Builder, resource: Resource): GroupId | undefined {
  const id = knownText(property(builder, resource, 'GroupId')) ?? groupByName(builder, resource)
  if (id !== undefined && builder.world.securityGroup.has(id)) return id as GroupId
  doubt(builder, resource, `${resource.id} is a rule of a group that this template does not hold.`)
  return undefined
}

function groupByName(builder: Builder, resource: Resource): string | undefined {
  const name = knownText(property(builder, resource, 'GroupName'))
  const groups = Array.from(builder.world.securityGroup.values())
  return name === undefined ? undefined : groups.find((group) => group.name === name || group.id === name)?.id
}
