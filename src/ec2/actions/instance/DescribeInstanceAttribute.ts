/** DescribeInstanceAttribute (spec 8.4): the one attribute that was asked for, and the id. */

import { imageOf } from '../../../model/image.ts'
import type { Instance } from '../../../model/instance.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import { answer, type OutputOf, type Run } from '../../action.ts'
import { findInstance } from '../../input/instances.ts'
import { onlyInterface } from '../../input/only-interface.ts'
import { viewGroups } from '../../view/network-interface.ts'

type Output = OutputOf<'DescribeInstanceAttribute'>

/** An attribute that is not set prints as an empty element. */
const readings: Readonly<Record<string, (instance: Instance, world: World) => Output>> = {
  blockDeviceMapping: () => ({ BlockDeviceMappings: [] }),
  disableApiStop: (instance) => ({ DisableApiStop: { Value: instance.disableApiStop } }),
  disableApiTermination: (instance) => ({ DisableApiTermination: { Value: instance.disableApiTermination } }),
  ebsOptimized: (instance) => ({ EbsOptimized: { Value: instance.ebsOptimized } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  enclaveOptions: ({ options }) => ({ EnclaveOptions: { Enabled: options.enclave } }),
  groupSet: (instance, world) => ({ Groups: viewGroups(world, onlyInterface(world, instance)?.groups ?? []) }),
  instanceInitiatedShutdownBehavior: (instance) => {
    return { InstanceInitiatedShutdownBehavior: { Value: instance.shutdownBehavior } }
  },
  instanceType: (instance) => ({ InstanceType: { Value: instance.type } }),
  kernel: () => ({ KernelId: {} }),
  productCodes: () => ({ ProductCodes: [] }),
  ramdisk: () => ({ RamdiskId: {} }),
  rootDeviceName: (instance) => ({ RootDeviceName: { Value: imageOf(instance.image).rootDevice } }),
  sourceDestCheck: (instance, world) => {
    return { SourceDestCheck: { Value: onlyInterface(world, instance)?.sourceDestCheck } }
  },
  sriovNetSupport: () => ({ SriovNetSupport: {} }),
  userData: (instance) => ({ UserData: { Value: instance.userData } }),
}

export const run: Run<'DescribeInstanceAttribute'> = ({ InstanceId, Attribute }, context) => {
  const read = Object.hasOwn(readings, Attribute) ? readings[Attribute] : undefined
  if (!read) {
    reject('InvalidParameterValue', { value: Attribute, name: 'attribute', reason: 'Unknown attribute.' })
  }
  const instance = findInstance(InstanceId, context)
  return answer({ InstanceId: instance.id, ...read(instance, context.world) })
}
