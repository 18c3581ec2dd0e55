/**
 * RunInstances (spec 8.4). The instances run as soon as the call is answered; only the answer shows
 * them pending.
 */

import { type Change, put } from '../../../model/change.ts'
import { type InstanceId, newId, type ReservationId } from '../../../model/ids.ts'
import type { Instance } from '../../../model/instance.ts'
import { findInstanceType, type InstanceType } from '../../../model/instance-type.ts'
import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import type { Tag } from '../../../model/tag.ts'
import { forgetTerminated } from '../../../model/terminated-instance.ts'
import { apply, type World } from '../../../model/world.ts'
import type { Context, InputOf, Run } from '../../action.ts'
import { choice } from '../../input/choice.ts'
import { imageId } from '../../input/image-id.ts'
import { launchCount } from '../../input/launch-count.ts'
import { type InterfacePlan, interfacePlans } from '../../input/launch-interface.ts'
import { launchOptions } from '../../input/launch-options.ts'
import { newInterface } from '../../input/new-interface.ts'
import { freePublicAddress } from '../../input/public-address.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { userData } from '../../input/user-data.ts'
import type { Reservation } from '../../protocol/types.generated.ts'
import { viewLaunching } from '../../view/instance.ts'

type Input = InputOf<'RunInstances'>

export const run: Run<'RunInstances'> = (input, context) => {
  const launch = launchFrom(input, context)
  const changes: Change[] = forgetTerminated(context.world, context.now)
  const instances: Instance[] = []
  let world = apply(context.world, changes)
  for (let index = 0; index < launch.count; index++) {
    const { instance, made } = launchOne(launch, index, { ...context, world })
    instances.push(instance)
    changes.push(...made)
    world = apply(world, made)
  }
  return { changes, output: viewReservation(world, launch.reservation, instances) }
}

/** What all instances of a launch have in common. */
interface Launch {
  readonly reservation: ReservationId
  readonly count: number
  readonly type: InstanceType
  readonly plans: readonly InterfacePlan[]
  readonly settings: Omit<Instance, 'id' | 'launchIndex'>
  readonly tags: readonly Tag[]
  readonly interfaceTags: readonly Tag[]
}

/** Types that RunInstances tags besides instances and interfaces. */
const otherTagged = ['volume', 'spot-instances-request', 'elastic-gpu']

function launchFrom(input: Input, context: Context): Launch {
  const { world, quotas, entropy } = context
  if (!input.ImageId) reject('MissingParameter', { name: 'ImageId' })
  const image = imageId(input.ImageId)
  const typeName = input.InstanceType || 'm1.small'
  const type = findInstanceType(typeName) ?? reject('InstanceTypeInvalid', { type: typeName })
  const tags = tagsFor(input.TagSpecifications, 'instance', quotas, [...otherTagged, 'network-interface'])
  const interfaceTags = tagsFor(input.TagSpecifications, 'network-interface', quotas, [...otherTagged, 'instance'])
  const plans = interfacePlans(input, world)
  if (plans.length > type.mostInterfaces) {
    reject('AttachmentLimitExceeded', { count: plans.length, type: type.name })
  }
  const count = launchCount(input, plans, context)
  const [primary] = plans
  if (!primary) reject('DeviceIndexZeroMissing')
  const options = launchOptions(input, primary.subnet, context)
  const reservation = newId(entropy, 'r')
  const settings = { ...settingsFrom(input, context), ...placeOf(input, primary, world), reservation, image, options }
  return { reservation, count, type, plans, settings: { ...settings, type: type.name }, tags, interfaceTags }
}

function settingsFrom(input: Input, { now }: Context) {
  const shutdown = choice(input.InstanceInitiatedShutdownBehavior, ['stop', 'terminate'], shutdownParameter)
  const data = userData(input.UserData)
  return {
    state: 'running' as const,
    stateSince: now,
    stateReason: '',
    launchedAt: now,
    clientToken: input.ClientToken ?? '',
    disableApiTermination: input.DisableApiTermination ?? false,
    disableApiStop: input.DisableApiStop ?? false,
    shutdownBehavior: shutdown ?? 'stop',
    monitoring: input.Monitoring?.Enabled ?? false,
    ebsOptimized: input.EbsOptimized ?? false,
    ...(input.KeyName && { keyName: input.KeyName }),
    ...(data && { userData: data }),
  } satisfies Partial<Instance>
}

const shutdownParameter = 'instanceInitiatedShutdownBehavior'

function placeOf(
  { Placement }: Input,
  { subnet, associatesPublicAddress }: InterfacePlan,
  world: World,
): Pick<Instance, 'zone' | 'tenancy' | 'subnet' | 'associatesPublicAddress'> {
  const asked = choice(Placement?.Tenancy, ['default', 'dedicated', 'host'], 'tenancy')
  const inherited = world.vpc.get(subnet.vpc)?.tenancy === 'dedicated' ? 'dedicated' : 'default'
  return { zone: subnet.zone, tenancy: asked ?? inherited, subnet: subnet.id, associatesPublicAddress }
}

interface Launched {
  readonly instance: Instance
  readonly made: readonly Change[]
}

function launchOne(launch: Launch, launchIndex: number, context: Context): Launched {
  const id = newId(context.entropy, 'i')
  const instance: Instance = { id, launchIndex, ...launch.settings }
  const made: Change[] = [put('instance', instance), ...tagged(id, launch.tags)]
  let world = context.world
  for (const plan of launch.plans) {
    const card = attachedInterface(plan, id, launch.type, { ...context, world })
    const isNew = plan.source.kind === 'new'
    const changes = [put('networkInterface', card), ...tagged(card.id, isNew ? launch.interfaceTags : [])]
    made.push(...changes)
    world = apply(world, changes)
  }
  return { instance, made }
}

function attachedInterface(
  { source, deviceIndex, deleteOnTermination, associatesPublicAddress }: InterfacePlan,
  instance: InstanceId,
  type: InstanceType,
  context: Context,
): NetworkInterface {
  const { world, now, entropy } = context
  const card = source.kind === 'new' ? newInterface(source.request, context) : source.card
  if (card.privateAddresses.length > type.ipv4PerInterface) reject('AddressesPerInterfaceExceeded')
  const isPublic = associatesPublicAddress && card.privateAddresses.length > 0
  return {
    ...card,
    attachment: {
      id: newId(entropy, 'eni-attach'),
      instance,
      deviceIndex,
      networkCardIndex: 0,
      attachedAt: now,
      deleteOnTermination,
    },
    ...(isPublic && { autoAssignedPublicAddress: freePublicAddress(world) }),
  }
}

/** Its groups stay empty: those of EC2-Classic would be there. */
function viewReservation(world: World, reservation: ReservationId, instances: readonly Instance[]): Reservation {
  return {
    ReservationId: reservation,
    OwnerId: world.scope.account,
    Groups: [],
    Instances: instances.map((instance) => viewLaunching(world, instance)),
  }
}
