/**
 * The world that an exercise begins with: a few lines of notation made into a VPC that EC2's actions
 * accept. Names become ids of AWS's form, and every object has its name as a tag, so that lines and
 * goals can speak of `sg-web` whatever its id is.
 */

import { instant } from '../../base/clock.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { type Change, put } from '../../model/change.ts'
import { companionsOf, defaultNetwork } from '../../model/default-network.ts'
import { newId, type TaggableId } from '../../model/ids.ts'
import { notationWorld, worldLine } from '../../model/notation.ts'
import { type Kind, kinds, type Objects } from '../../model/objects.ts'
import { defaultGroupName } from '../../model/security-group.ts'
import { apply, emptyWorld, tagsOf, type World, worldOf } from '../../model/world.ts'

const scope = { account: '123456789012', region: 'us-east-1' }
const lastChange = 20_261_122

/** The lines' VPC with all that AWS makes along with one; without lines, the default network of a new Region. */
export function exerciseWorld(lines?: readonly string[]): World {
  const entropy = seededEntropy(lastChange)
  const use = put('regionUse', { id: scope.region, firstUsedAt: instant(0) })
  if (!lines) return apply(emptyWorld(scope), [use, ...defaultNetwork(scope, entropy).changes])
  const drawn = lines.reduce((world, line) => apply(world, worldLine(line, world)), notationWorld())
  const renamed = withProperIds(drawn)
  return apply(renamed, [use, ...nameTags(drawn), ...companions(renamed)])
}

/** `sg-web` to `sg-` and 17 digits, wherever it stands. */
function withProperIds(world: World): World {
  const objects = kinds.flatMap((kind) => {
    const table = Array.from(world[kind].values() as Iterable<Objects[Kind]>)
    return table.map((object) => ({ kind, object: JSON.parse(properText(JSON.stringify(object))) as Objects[Kind] }))
  })
  return worldOf(scope, objects)
}

const drawnId =
  /(?<![\w-])(vpc-cidr-assoc|subnet-cidr-assoc|aclassoc|eni-attach|sgr|sg|eni|acl|subnet|vpc|pl|dopt|i)-[\w-]+/g

function properText(text: string): string {
  return text.replace(drawnId, (id, prefix: string) => newId(seededEntropy(hash(id)), prefix))
}

/** FNV-1a. */
function hash(text: string): number {
  return Array.from(text).reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5)
}

const named = ['vpc', 'subnet', 'networkAcl', 'securityGroup', 'networkInterface', 'prefixList'] as const

function nameTags(drawn: World): Change[] {
  const ids = named.flatMap((kind) => Array.from(drawn[kind].keys()))
  return ids.map((id) => {
    const name = id === 'vpc-1' ? 'lesson' : id.slice(id.indexOf('-') + 1)
    return put('tagSet', { id: properText(id) as TaggableId, tags: [{ key: 'Name', value: name }] })
  })
}

function companions(world: World): Change[] {
  return Array.from(world.vpc.values()).flatMap((vpc) => {
    const entropy = seededEntropy(hash(vpc.id))
    const { group, table } = companionsOf(vpc, scope, entropy)
    const gateway = { id: newId(entropy, 'igw'), attachedTo: vpc.id }
    const route = { kind: 'internet-gateway', id: gateway.id } as const
    const routes = [{ destination: { kind: 'ipv4', cidr: '0.0.0.0/0' } as const, target: route }]
    const hasDefault = Array.from(world.securityGroup.values()).some(({ name }) => name === defaultGroupName)
    return [
      ...(hasDefault ? [] : [put('securityGroup', group)]),
      put('routeTable', { ...table, routes }),
      put('internetGateway', gateway),
    ]
  })
}

const spelledName = /(?<![\w-])(sg|eni|acl|subnet|vpc)-([a-z][\w-]*)/g

/** `sg-web` becomes the id of what is named web; what nothing is named stays. */
export function withIds(text: string, world: World): string {
  return text.replace(spelledName, (spelled, prefix: string, name: string) => idNamed(prefix, name, world) ?? spelled)
}

/** The id with that prefix of the object with that name: a group's own name, or else the tag Name. */
export function idNamed(prefix: string, name: string, world: World): string | undefined {
  if (prefix === 'vpc' && name === 'default') return Array.from(world.vpc.values()).find((vpc) => vpc.isDefault)?.id
  const group = prefix === 'sg' && Array.from(world.securityGroup.values()).find((each) => each.name === name)
  if (group) return group.id
  const isOne = (id: TaggableId) => tagsOf(world, id).some(({ key, value }) => key === 'Name' && value === name)
  return Array.from(world.tagSet.values(), ({ id }) => id).find((id) => id.startsWith(`${prefix}-`) && isOne(id))
}
