/** An internet gateway as responses show it (spec 8.6). */

import type { InternetGateway } from '../../model/routing.ts'
import type { World } from '../../model/world.ts'
import type { InternetGateway as WireInternetGateway } from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewInternetGateway(world: World, gateway: InternetGateway): WireInternetGateway {
  return {
    InternetGatewayId: gateway.id,
    OwnerId: world.scope.account,
    Attachments: gateway.attachedTo ? [{ State: attachedState, VpcId: gateway.attachedTo }] : [],
    Tags: viewTagsOf(world, gateway.id),
  }
}

/** The enum says `attached`; the wire says this. */
export const attachedState = 'available'
