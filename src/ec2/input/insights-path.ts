/** What a path asks about: protocol, addresses and ports, at one end or the other (spec 8.9). */

import type { NetworkInsightsPath, PathFilter, PortSpan } from '../../model/network-insights.ts'
import { reject } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'
import { formatAddress, parseAddress } from '../../net/address.ts'
import type { CreateNetworkInsightsPathRequest, PathRequestFilter } from '../protocol/types.generated.ts'
import { choice } from './choice.ts'
import { pathEndFrom } from './insights-ids.ts'
import { required } from './lookup.ts'

type Asked = Omit<NetworkInsightsPath, 'id' | 'createdAt'>

export function pathFrom(world: World, input: CreateNetworkInsightsPathRequest): Asked {
  refuseTwofold(input)
  const source = pathEndFrom(world, required(input.Source, 'source'), 'source')
  const destination = input.Destination ? pathEndFrom(world, input.Destination, 'destination') : undefined
  const sourceIp = addressFrom(input.SourceIp, 'sourceIp')
  const destinationIp = addressFrom(input.DestinationIp, 'destinationIp')
  const filterAtSource = filterFrom(input.FilterAtSource, 'filterAtSource')
  const filterAtDestination = filterFrom(input.FilterAtDestination, 'filterAtDestination')
  const destinationPort = portFrom(input.DestinationPort, 'destinationPort')
  const aims = [destinationIp, filterAtSource?.destinationAddress, filterAtDestination?.destinationAddress]
  if (destination === undefined && aims.every((each) => each === undefined)) {
    reject('MissingParameter', { name: 'destination' })
  }
  return {
    source,
    ...(destination ? { destination } : {}),
    ...(sourceIp ? { sourceIp } : {}),
    ...(destinationIp ? { destinationIp } : {}),
    protocol: required(choice(input.Protocol?.toLowerCase(), ['tcp', 'udp'], 'protocol'), 'protocol'),
    ...(destinationPort === undefined ? {} : { destinationPort }),
    ...(filterAtSource ? { filterAtSource } : {}),
    ...(filterAtDestination ? { filterAtDestination } : {}),
  }
}

/** A filter says what the plain parameters say: AWS takes one of them. */
function refuseTwofold(input: CreateNetworkInsightsPathRequest): void {
  const { FilterAtSource, FilterAtDestination, SourceIp, DestinationIp, DestinationPort } = input
  const atSource = FilterAtSource && !isEmpty(FilterAtSource)
  const atDestination = FilterAtDestination && !isEmpty(FilterAtDestination)
  if (atSource && SourceIp) reject('ParametersExclusive', { first: 'filterAtSource', second: 'sourceIp' })
  if (atSource && DestinationPort !== undefined) {
    reject('ParametersExclusive', { first: 'filterAtSource', second: 'destinationPort' })
  }
  if (atDestination && DestinationIp) {
    reject('ParametersExclusive', { first: 'filterAtDestination', second: 'destinationIp' })
  }
}

function isEmpty(filter: PathRequestFilter): boolean {
  return Object.values(filter).every((each) => each === undefined || each === '')
}

function filterFrom(given: PathRequestFilter | undefined, name: string): PathFilter | undefined {
  if (!given || isEmpty(given)) return undefined
  const sourceAddress = addressFrom(given.SourceAddress, `${name}.sourceAddress`)
  const destinationAddress = addressFrom(given.DestinationAddress, `${name}.destinationAddress`)
  const sourcePorts = spanFrom(given.SourcePortRange, `${name}.sourcePortRange`)
  const destinationPorts = spanFrom(given.DestinationPortRange, `${name}.destinationPortRange`)
  return {
    ...(sourceAddress ? { sourceAddress } : {}),
    ...(sourcePorts ? { sourcePorts } : {}),
    ...(destinationAddress ? { destinationAddress } : {}),
    ...(destinationPorts ? { destinationPorts } : {}),
  }
}

/** The analyzer knows IPv4 alone. */
function addressFrom(given: string | undefined, name: string): string | undefined {
  if (!given) return undefined
  const address = parseAddress(given)
  if (address?.family === 4) return formatAddress(address)
  return reject('InvalidParameterValue', { value: given, name, reason: 'This is not a valid IPv4 address.' })
}

type WireSpan = NonNullable<PathRequestFilter['SourcePortRange']>

/** A range with one end is that port. */
function spanFrom(given: WireSpan | undefined, name: string): PortSpan | undefined {
  const [first, last] = [portFrom(given?.FromPort, `${name}.fromPort`), portFrom(given?.ToPort, `${name}.toPort`)]
  const [from, to] = [first ?? last, last ?? first]
  if (from === undefined || to === undefined) return undefined
  if (from > to) {
    reject('InvalidParameterValue', { value: `${from}-${to}`, name, reason: 'The range ends before it begins.' })
  }
  return { from, to }
}

function portFrom(given: number | undefined, name: string): number | undefined {
  if (given === undefined || (Number.isInteger(given) && given >= 0 && given <= 65_535)) return given
  return reject('InvalidParameterValue', { value: String(given), name, reason: 'Expecting a port from 0 to 65535.' })
}
