/**
 * ModifyInstanceAttribute (spec 8.4): one attribute a call, in either of AWS's two forms,
 * `DisableApiStop.Value=true` or `Attribute=disableApiStop&Value=true`.
 */

import { interfacesOf } from '../../../model/attached-interface.ts'
import { type Change, put } from '../../../model/change.ts'
import type { Instance } from '../../../model/instance.ts'
import { findInstanceType } from '../../../model/instance-type.ts'
import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import type { Context, InputOf, Run } from '../../action.ts'
import { choice } from '../../input/choice.ts'
import { findInstance } from '../../input/instances.ts'
import { interfaceGroups } from '../../input/interface-groups.ts'
import { required } from '../../input/lookup.ts'
import { oneAttribute } from '../../input/one-attribute.ts'
import { onlyInterface } from '../../input/only-interface.ts'
import { userData } from '../../input/user-data.ts'
import { decodeScalar } from '../../protocol/scalar.ts'

type Input = InputOf<'ModifyInstanceAttribute'>
type Attribute = Exclude<keyof Input, 'InstanceId' | 'DryRun' | 'Attribute' | 'Value'>
type Modification<A extends Attribute> = (
  instance: Instance,
  value: NonNullable<Input[A]>,
  context: Context,
) => readonly Change[]

const modifications: { readonly [A in Attribute]: Modification<A> } = {
  BlockDeviceMappings: (_, [first]) => reject('DeviceNotMapped', { device: first?.DeviceName ?? '' }),
  DisableApiStop: (instance, { Value }) => [put('instance', { ...instance, disableApiStop: given(Value) })],
  DisableApiTermination: (instance, { Value }) => {
    return [put('instance', { ...instance, disableApiTermination: given(Value) })]
  },
  EbsOptimized: (instance, { Value }) => [put('instance', { ...stopped(instance), ebsOptimized: given(Value) })],
  EnaSupport: (instance) => nothing(stopped(instance)),
  EnclaveOptions: (instance, { Enabled = false }) => {
    const { options } = stopped(instance)
    return [put('instance', { ...instance, options: { ...options, enclave: Enabled } })]
  },
  Groups: (instance, ids, context) => {
    return withInterface(instance, context, (card) => ({
      ...card,
      groups: interfaceGroups(ids, card, context, 'instance'),
    }))
  },
  InstanceInitiatedShutdownBehavior: (instance, { Value }) => {
    const behavior = choice(Value, ['stop', 'terminate'], 'instanceInitiatedShutdownBehavior')
    return [put('instance', { ...instance, shutdownBehavior: given(behavior) })]
  },
  InstanceType: withType,
  Kernel: () => reject('InterfaceFeatureUnsupported', { feature: 'Choosing a kernel' }),
  Ramdisk: () => reject('InterfaceFeatureUnsupported', { feature: 'Choosing a RAM disk' }),
  SourceDestCheck: (instance, { Value }, context) => {
    return withInterface(instance, context, (card) => ({ ...card, sourceDestCheck: given(Value) }))
  },
  SriovNetSupport: (instance) => nothing(stopped(instance)),
  UserData: (instance, { Value }) => {
    const { userData: _, ...rest } = stopped(instance)
    const data = userData(Value)
    return [put('instance', { ...rest, ...(data && { userData: data }) })]
  },
}

export const run: Run<'ModifyInstanceAttribute'> = (request, context) => {
  const input = withMember(request)
  const attribute = oneAttribute(input, Object.keys(modifications) as Attribute[])
  const instance = findInstance(input.InstanceId, context)
  if (instance.state === 'terminated') reject('InstanceTerminated', { id: instance.id })
  const modify = modifications[attribute] as Modification<Attribute>
  return { changes: modify(instance, input[attribute] as never, context), output: {} }
}

/** The attributes that `Attribute` can name, each with its member. */
const members: Readonly<Record<string, { readonly member: Attribute; readonly type: 'boolean' | 'string' }>> = {
  disableApiStop: { member: 'DisableApiStop', type: 'boolean' },
  disableApiTermination: { member: 'DisableApiTermination', type: 'boolean' },
  ebsOptimized: { member: 'EbsOptimized', type: 'boolean' },
  enaSupport: { member: 'EnaSupport', type: 'boolean' },
  instanceInitiatedShutdownBehavior: { member: 'InstanceInitiatedShutdownBehavior', type: 'string' },
  instanceType: { member: 'InstanceType', type: 'string' },
  kernel: { member: 'Kernel', type: 'string' },
  ramdisk: { member: 'Ramdisk', type: 'string' },
  sourceDestCheck: { member: 'SourceDestCheck', type: 'boolean' },
  sriovNetSupport: { member: 'SriovNetSupport', type: 'string' },
  userData: { member: 'UserData', type: 'string' },
}

/** The request with `Attribute` and `Value` written as the member they mean. */
function withMember(input: Input): Input {
  const { Attribute: name, Value } = input
  if (name === undefined) return input
  const known = Object.hasOwn(members, name) ? members[name] : undefined
  if (!known) reject('InvalidParameterValue', { value: name, name: 'attribute', reason: 'Unknown attribute.' })
  const value = decodeScalar(known.type, required(Value, 'value'), 'value')
  return { ...input, [known.member]: { Value: value } }
}

function given<T>(value: T | undefined): T {
  return value === undefined ? reject('MissingParameter', { name: 'value' }) : value
}

/** What describes the machine itself can be changed while it is off. */
function stopped(instance: Instance): Instance {
  return instance.state === 'stopped' ? instance : reject('InstanceNotStopped', { id: instance.id })
}

/** The attribute is always on here: setting it is checked and changes nothing. */
function nothing(_: Instance): readonly Change[] {
  return []
}

function withType(
  instance: Instance,
  { Value }: { readonly Value?: string | undefined },
  { world }: Context,
): Change[] {
  const name = given(Value)
  const type = findInstanceType(name) ?? reject('InstanceTypeAttributeInvalid', { type: name })
  const count = interfacesOf(world, stopped(instance)).length
  if (count > type.mostInterfaces) reject('AttachmentLimitExceeded', { count, type: type.name })
  return [put('instance', { ...instance, type: type.name })]
}

function withInterface(
  instance: Instance,
  { world }: Context,
  modified: (card: NetworkInterface) => NetworkInterface,
): Change[] {
  const card = onlyInterface(world, instance)
  return card ? [put('networkInterface', modified(card))] : []
}
