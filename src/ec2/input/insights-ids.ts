/** Resources that Reachability Analyzer is told of: by id, or by an ARN of this account and Region. */

import { isIdOf } from '../../model/ids.ts'
import type { ComponentFilter, NetworkInsightsAnalysis, PathEndId } from '../../model/network-insights.ts'
import { reject } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'
import { find } from './lookup.ts'

const arn = /^arn:[a-z-]+:[a-z0-9-]+:(?<region>[a-z0-9-]*):(?<account>\d{12}|aws)?:(?:[a-z-]+[/:])?(?<id>[^/:]+)$/

/** The id that an ARN ends with; an id is left as it is. */
export function idFrom(world: World, text: string, name: string): string {
  if (!text.startsWith('arn:')) return text
  const { region, account, id } = arn.exec(text)?.groups ?? {}
  if (id === undefined) reject('InvalidParameterValue', { value: text, name, reason: 'This is not a valid ARN.' })
  const { scope } = world
  if (region !== scope.region || account !== scope.account) reject('AccountOfPathForeign', { arn: text, name })
  return id
}

/** The components of an analysis' request by their ids. */
export function componentFilter(
  world: World,
  { filterInArns, filterOutArns }: Pick<NetworkInsightsAnalysis, 'filterInArns' | 'filterOutArns'>,
): ComponentFilter {
  return {
    through: filterInArns.map((each) => idFrom(world, each, 'filterInArn')),
    avoiding: filterOutArns.map((each) => idFrom(world, each, 'filterOutArn')),
  }
}

/** What AWS lets a path end at, and nobody runs here. */
const foreign = ['tgw', 'tgw-attach', 'vgw'] as const

export function pathEndFrom(world: World, text: string, name: string): PathEndId {
  const id = idFrom(world, text, name)
  if (id.startsWith('i-')) return find(world, 'instance', id).id
  if (id.startsWith('eni-')) return find(world, 'networkInterface', id).id
  if (id.startsWith('igw-')) return find(world, 'internetGateway', id).id
  if (id.startsWith('pcx-')) return find(world, 'peering', id).id
  // Nothing makes endpoints here, so there is none with that id.
  if (isIdOf('vpce', id)) reject('VpcEndpointIdNotFound', { id })
  if (isIdOf('vpce-svc', id)) reject('VpcEndpointServiceIdNotFound', { id })
  if (foreign.some((prefix) => isIdOf(prefix, id))) reject('PathEndUnsupported', { id })
  return reject('InvalidParameterValue', { value: text, name, reason: 'Expecting the ID or ARN of a resource.' })
}
