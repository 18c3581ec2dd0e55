/**
 * CreateVpcPeeringConnection (spec 4). A request that cannot succeed is answered like any other and
 * then goes to `failed`; a request that repeats one is answered with the connection there is.
 */

import type { Instant } from '../../../base/clock.ts'
import { put } from '../../../model/change.ts'
import { isIdOf, newId, type VpcId } from '../../../model/ids.ts'
import type { Peering } from '../../../model/peering.ts'
import { isVisibleAt, peeringsOf, statusAt } from '../../../model/peering-lookup.ts'
import { isRegionName } from '../../../model/region.ts'
import { reject } from '../../../model/rejection.ts'
import { apply, removal, type World } from '../../../model/world.ts'
import { answer, type InputOf, type Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'
import { failureMessage, refuseFurtherPeering, shareAddresses } from '../../input/peering.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewPeering } from '../../view/peering.ts'

export const run: Run<'CreateVpcPeeringConnection'> = (input, { world, now, entropy, quotas }) => {
  const tags = tagsFor(input.TagSpecifications, 'vpc-peering-connection', quotas)
  const sides = sidesFrom(input, world)
  const repeated = openRequest(world, sides, now)
  if (repeated) return answer({ VpcPeeringConnection: viewPeering(world, repeated, now) })
  const requester = sides.requester.vpc
  refuseFurtherPeering(world, requester, quotas)
  if (requestsOf(world, requester, now) >= quotas['pending-peerings-per-vpc']) {
    reject('PeeringRequestLimitExceeded', { id: requester })
  }
  const peering: Peering = {
    id: newId(entropy, 'pcx'),
    ...sides,
    state: 'pending-acceptance',
    message: `Pending Acceptance by ${sides.accepter.owner}`,
    createdAt: now,
    stateSince: now,
  }
  const stored: Peering = canMeet(world, sides) ? peering : { ...peering, state: 'failed', message: failureMessage }
  const changes = [...forgotten(world, now), put('peering', stored), ...tagged(peering.id, tags)]
  const output = {
    ...viewPeering(apply(world, changes), peering, now),
    Status: { Code: 'initiating-request', Message: `Initiating Request to ${sides.accepter.owner}` },
  }
  return { changes, output: { VpcPeeringConnection: output } }
}

type Sides = Pick<Peering, 'requester' | 'accepter'>

function sidesFrom(input: InputOf<'CreateVpcPeeringConnection'>, world: World): Sides {
  const { account, region } = world.scope
  const { id } = find(world, 'vpc', input.VpcId)
  const peer = required(input.PeerVpcId, 'peerVpcId')
  if (!isIdOf('vpc', peer)) reject('VpcIdMalformed', { id: peer })
  const side = (vpc: VpcId, owner: string, place: string) => {
    return { vpc, owner, region: place, allowDnsResolution: false }
  }
  return {
    requester: side(id, account, region),
    accepter: side(peer, ownerFrom(input.PeerOwnerId || account), regionFrom(input.PeerRegion || region)),
  }
}

function ownerFrom(text: string): string {
  if (/^\d{12}$/.test(text)) return text
  return reject('InvalidParameterValue', { value: text, name: 'peerOwnerId', reason: 'An account ID has 12 digits.' })
}

function regionFrom(text: string): string {
  if (isRegionName(text)) return text
  return reject('InvalidParameterValue', { value: text, name: 'peerRegion', reason: 'This is not a Region.' })
}

/** AWS keeps one open request per ordered pair of VPCs and answers a repeated one with it. */
function openRequest(world: World, { requester, accepter }: Sides, now: Instant): Peering | undefined {
  return peeringsOf(world, requester.vpc).find(
    (peering) =>
      ['pending-acceptance', 'active'].includes(statusAt(peering, now)) &&
      peering.requester.vpc === requester.vpc &&
      peering.accepter.vpc === accepter.vpc &&
      peering.accepter.owner === accepter.owner &&
      peering.accepter.region === accepter.region,
  )
}

function requestsOf(world: World, vpc: VpcId, now: Instant): number {
  return peeringsOf(world, vpc).filter(
    (peering) => peering.requester.vpc === vpc && statusAt(peering, now) === 'pending-acceptance',
  ).length
}

/** Worlds of other accounts and Regions are out of reach: a VPC there is as good as unknown. */
function canMeet(world: World, { requester, accepter }: Sides): boolean {
  const { account, region } = world.scope
  if (accepter.owner !== account || accepter.region !== region) return false
  const peer = world.vpc.get(accepter.vpc)
  return peer !== undefined && !shareAddresses(find(world, 'vpc', requester.vpc), peer)
}

/** Connections that nobody can see any more make room. */
function forgotten(world: World, now: Instant) {
  const gone = [...world.peering.values()].filter((peering) => !isVisibleAt(peering, now))
  return gone.flatMap(({ id }) => removal(world, 'peering', id))
}
