/** ModifyVpcPeeringConnectionOptions (spec 4): DNS resolution is the one option left since EC2-Classic ended. */

import { put } from '../../../model/change.ts'
import type { PeeringSide } from '../../../model/peering.ts'
import { statusAt } from '../../../model/peering-lookup.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { findPeering } from '../../input/peering.ts'
import type { PeeringConnectionOptionsRequest } from '../../protocol/types.generated.ts'
import { viewOptions } from '../../view/peering.ts'

type Options = PeeringConnectionOptionsRequest | undefined

export const run: Run<'ModifyVpcPeeringConnectionOptions'> = (input, { world, now }) => {
  const { RequesterPeeringConnectionOptions: forRequester, AccepterPeeringConnectionOptions: forAccepter } = input
  const peering = findPeering(world, input.VpcPeeringConnectionId, now)
  if (!forRequester && !forAccepter) {
    reject('MissingParameter', { name: 'requesterPeeringConnectionOptions or accepterPeeringConnectionOptions' })
  }
  if (statusAt(peering, now) !== 'active') reject('PeeringNotActive', { id: peering.id })
  const requester = modified(peering.requester, forRequester)
  const accepter = modified(peering.accepter, forAccepter)
  if (asksForNames(forRequester) || asksForNames(forAccepter)) {
    for (const side of [requester, accepter]) refuseNameless(world, side)
  }
  return {
    changes: [put('peering', { ...peering, requester, accepter })],
    output: {
      ...(forRequester && { RequesterPeeringConnectionOptions: viewOptions(requester) }),
      ...(forAccepter && { AccepterPeeringConnectionOptions: viewOptions(accepter) }),
    },
  }
}

function modified(side: PeeringSide, options: Options): PeeringSide {
  for (const name of retired) {
    if (options?.[name]) {
      const parameter = name.charAt(0).toLowerCase() + name.slice(1)
      reject('InvalidParameterValue', { value: 'true', name: parameter, reason: 'ClassicLink has been retired.' })
    }
  }
  return { ...side, allowDnsResolution: options?.AllowDnsResolutionFromRemoteVpc ?? side.allowDnsResolution }
}

const retired = ['AllowEgressFromLocalClassicLinkToRemoteVpc', 'AllowEgressFromLocalVpcToRemoteClassicLink'] as const

function asksForNames(options: Options): boolean {
  return options?.AllowDnsResolutionFromRemoteVpc === true
}

function refuseNameless(world: World, side: PeeringSide): void {
  const { dnsHostnames, dnsSupport } = find(world, 'vpc', side.vpc)
  if (!dnsHostnames || !dnsSupport) reject('PeeringDnsHostnamesDisabled')
}
