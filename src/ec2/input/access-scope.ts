/** What an access scope is about, from a request: paths of statements on headers and resources (spec 8.9). */

import {
  type HeaderStatement,
  type PathStatement,
  type ResourceStatement,
  resourceTypeNames,
  type ScopeContent,
  type ScopePath,
} from '../../model/access-scope.ts'
import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import type { PrefixListId } from '../../model/ids.ts'
import type { PortSpan } from '../../model/network-insights.ts'
import { reject } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'
import { parseAddress } from '../../net/address.ts'
import { parseCidr } from '../../net/cidr.ts'
import type {
  AccessScopePathRequest,
  CreateNetworkInsightsAccessScopeRequest,
  PacketHeaderStatementRequest,
  PathStatementRequest,
  ResourceStatementRequest,
} from '../protocol/types.generated.ts'
import { choice } from './choice.ts'
import { idFrom } from './insights-ids.ts'
import { find, required } from './lookup.ts'

export function scopeContentFrom(world: World, input: CreateNetworkInsightsAccessScopeRequest): ScopeContent {
  const { MatchPaths = [], ExcludePaths = [] } = input
  if (MatchPaths.length === 0) reject('MissingParameter', { name: 'matchPath' })
  return {
    matchPaths: MatchPaths.map((path) => pathFrom(world, path)),
    excludePaths: ExcludePaths.map((path) => pathFrom(world, path)),
  }
}

function pathFrom(world: World, { Source, Destination, ThroughResources = [] }: AccessScopePathRequest): ScopePath {
  const source = statementFrom(world, Source)
  const destination = statementFrom(world, Destination)
  return {
    ...(source ? { source } : {}),
    ...(destination ? { destination } : {}),
    through: ThroughResources.flatMap(({ ResourceStatement }) => resourceFrom(world, ResourceStatement) ?? []),
  }
}

function statementFrom(world: World, given: PathStatementRequest | undefined): PathStatement | undefined {
  const header = given && headerFrom(world, given.PacketHeaderStatement)
  const resource = given && resourceFrom(world, given.ResourceStatement)
  if (!header && !resource) return undefined
  return { ...(header ? { header } : {}), ...(resource ? { resource } : {}) }
}

function resourceFrom(world: World, given: ResourceStatementRequest | undefined): ResourceStatement | undefined {
  const { Resources = [], ResourceTypes = [] } = given ?? {}
  if (Resources.length === 0 && ResourceTypes.length === 0) return undefined
  return {
    resources: Resources.map((each) => idFrom(world, each, 'resource')),
    types: ResourceTypes.map((each) => required(choice(each, resourceTypeNames, 'resourceType'), 'resourceType')),
  }
}

const transports = ['tcp', 'udp'] as const

function headerFrom(world: World, given: PacketHeaderStatementRequest | undefined): HeaderStatement | undefined {
  if (!given || Object.values(given).every((each) => each === undefined || each.length === 0)) return undefined
  const { SourcePrefixLists, DestinationPrefixLists, Protocols } = given
  const protocol = (each: string) => required(choice(each.toLowerCase(), transports, 'protocol'), 'protocol')
  return {
    ...someOf('sourceAddresses', given.SourceAddresses, (each) => addressFrom(each, 'sourceAddress')),
    ...someOf('destinationAddresses', given.DestinationAddresses, (each) => addressFrom(each, 'destinationAddress')),
    ...someOf('sourcePorts', given.SourcePorts, (each) => spanFrom(each, 'sourcePort')),
    ...someOf('destinationPorts', given.DestinationPorts, (each) => spanFrom(each, 'destinationPort')),
    ...someOf('sourcePrefixLists', SourcePrefixLists, (each) => listFrom(world, each)),
    ...someOf('destinationPrefixLists', DestinationPrefixLists, (each) => listFrom(world, each)),
    ...someOf('protocols', Protocols, protocol),
  }
}

function someOf<K extends string, T>(
  name: K,
  given: readonly string[] | undefined,
  read: (text: string) => T,
): { readonly [N in K]?: readonly T[] } {
  return given && given.length > 0 ? ({ [name]: given.map(read) } as { [N in K]: T[] }) : {}
}

function addressFrom(text: string, name: string): string {
  const family = (parseCidr(text)?.cidr ?? parseAddress(text))?.family
  if (family === 4) return text
  return reject('InvalidParameterValue', {
    value: text,
    name,
    reason: 'This is not a valid IPv4 address or CIDR block.',
  })
}

/** `443` or `8000-8080`. */
function spanFrom(text: string, name: string): PortSpan {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [from, to] = [Number(first), Number(last)]
  if (first !== '' && from <= to && to <= 65_535) return { from, to }
  return reject('InvalidParameterValue', { value: text, name, reason: 'Expecting a port or a range of ports.' })
}

function listFrom(world: World, text: string): PrefixListId {
  const id = idFrom(world, text, 'prefixList')
  return findAwsPrefixList(world.scope.region, id)?.id ?? find(world, 'prefixList', id).id
}
