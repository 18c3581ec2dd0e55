/** From an id in a request to the object it names, or AWS's refusal for that type of id. */

import { isIdOf } from '../../model/ids.ts'
import type { Kind, Objects } from '../../model/objects.ts'
import { reject } from '../../model/rejection.ts'
import type { RejectionName } from '../../model/rejections/catalogue.ts'
import type { ReadonlySortedMap } from '../../model/sorted-map.ts'
import type { World } from '../../model/world.ts'

interface Lookup {
  readonly prefix: string
  readonly malformed: RejectionName & `${string}IdMalformed`
  readonly notFound: RejectionName & `${string}NotFound`
}

const lookups = {
  vpc: { prefix: 'vpc', malformed: 'VpcIdMalformed', notFound: 'VpcNotFound' },
  subnet: { prefix: 'subnet', malformed: 'SubnetIdMalformed', notFound: 'SubnetNotFound' },
  routeTable: { prefix: 'rtb', malformed: 'RouteTableIdMalformed', notFound: 'RouteTableNotFound' },
  internetGateway: { prefix: 'igw', malformed: 'InternetGatewayIdMalformed', notFound: 'InternetGatewayNotFound' },
  networkAcl: { prefix: 'acl', malformed: 'NetworkAclIdMalformed', notFound: 'NetworkAclNotFound' },
  securityGroup: { prefix: 'sg', malformed: 'GroupIdMalformed', notFound: 'GroupNotFound' },
  networkInterface: {
    prefix: 'eni',
    malformed: 'NetworkInterfaceIdMalformed',
    notFound: 'NetworkInterfaceNotFound',
  },
  instance: { prefix: 'i', malformed: 'InstanceIdMalformed', notFound: 'InstanceNotFound' },
  elasticAddress: { prefix: 'eipalloc', malformed: 'AllocationIdMalformed', notFound: 'AllocationNotFound' },
  peering: { prefix: 'pcx', malformed: 'PeeringIdMalformed', notFound: 'PeeringNotFound' },
  prefixList: { prefix: 'pl', malformed: 'PrefixListIdMalformed', notFound: 'PrefixListNotFound' },
  flowLog: { prefix: 'fl', malformed: 'FlowLogIdMalformed', notFound: 'FlowLogNotFound' },
  networkInsightsPath: {
    prefix: 'nip',
    malformed: 'NetworkInsightsPathIdMalformed',
    notFound: 'NetworkInsightsPathNotFound',
  },
  networkInsightsAnalysis: {
    prefix: 'nia',
    malformed: 'NetworkInsightsAnalysisIdMalformed',
    notFound: 'NetworkInsightsAnalysisNotFound',
  },
  accessScope: { prefix: 'nis', malformed: 'AccessScopeIdMalformed', notFound: 'AccessScopeNotFound' },
  accessScopeAnalysis: {
    prefix: 'nisa',
    malformed: 'AccessScopeAnalysisIdMalformed',
    notFound: 'AccessScopeAnalysisNotFound',
  },
} as const satisfies Partial<Record<Kind, Lookup>>

export type NamedKind = keyof typeof lookups

/** The object that `id` names. Rejects with the type's own `…Malformed` or `…NotFound`. */
export function find<K extends NamedKind>(world: World, kind: K, id: string): Objects[K] {
  const { prefix, malformed, notFound } = lookups[kind]
  if (!isIdOf(prefix, id)) reject(malformed, { id })
  return (world[kind] as ReadonlySortedMap<Objects[K]>).get(id) ?? reject(notFound, { id })
}

/** The objects that `ids` name, each once, in the order given. */
export function findEach<K extends NamedKind>(world: World, kind: K, ids: readonly string[]): Objects[K][] {
  return [...new Set(ids)].map((id) => find(world, kind, id))
}

/** A required member that the model calls optional: rejects MissingParameter when it is absent or empty. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') reject('MissingParameter', { name })
  return value
}
