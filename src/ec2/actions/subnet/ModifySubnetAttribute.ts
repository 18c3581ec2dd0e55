/** ModifySubnetAttribute (spec 8.2): one attribute per call. Those of Outposts have nothing to apply to. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Subnet } from '../../../model/subnet.ts'
import type { InputOf, Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'
import { oneAttribute } from '../../input/one-attribute.ts'

interface Switch {
  readonly field: keyof Subnet
  /** AWS's name for it in the refusal to turn it on without IPv6. */
  readonly needsIpv6As?: string
}

const switches = {
  MapPublicIpOnLaunch: { field: 'mapPublicIpOnLaunch' },
  AssignIpv6AddressOnCreation: { field: 'assignIpv6OnCreation', needsIpv6As: 'assign-ipv6-address-on-creation' },
  EnableDns64: { field: 'enableDns64', needsIpv6As: 'enable-dns64' },
  EnableResourceNameDnsARecordOnLaunch: { field: 'resourceNameDnsA' },
  EnableResourceNameDnsAAAARecordOnLaunch: {
    field: 'resourceNameDnsAaaa',
    needsIpv6As: 'enable-resource-name-dns-aaaa-record-on-launch',
  },
} as const satisfies Record<string, Switch>

const outpostAttributes = {
  CustomerOwnedIpv4Pool: 'customerOwnedIpv4Pool',
  MapCustomerOwnedIpOnLaunch: 'mapCustomerOwnedIpOnLaunch',
  EnableLniAtDeviceIndex: 'enableLniAtDeviceIndex',
  DisableLniAtDeviceIndex: 'disableLniAtDeviceIndex',
} as const

const hostnameTypes = ['ip-name', 'resource-name']

type SwitchName = keyof typeof switches
type OutpostName = keyof typeof outpostAttributes

const names = [
  ...(Object.keys(switches) as readonly SwitchName[]),
  ...(Object.keys(outpostAttributes) as readonly OutpostName[]),
  'PrivateDnsHostnameTypeOnLaunch' as const,
]

export const run: Run<'ModifySubnetAttribute'> = (input, { world }) => {
  const name = oneAttribute(input, names)
  const setting = settingOf(input, name)
  const subnet = find(world, 'subnet', input.SubnetId)
  if (setting.of === 'outpost') reject('SubnetNotOnOutpost', { attribute: setting.attribute, subnet: subnet.id })
  if (setting.of === 'switch') refuseWithoutIpv6(subnet, setting)
  return { changes: [put('subnet', { ...subnet, [setting.field]: setting.value })], output: {} }
}

type Setting =
  | { readonly of: 'outpost'; readonly attribute: string }
  | { readonly of: 'hostname'; readonly field: 'hostnameType'; readonly value: string }
  | ({ readonly of: 'switch'; readonly value: boolean } & Switch)

function settingOf(input: InputOf<'ModifySubnetAttribute'>, name: (typeof names)[number]): Setting {
  if (name === 'PrivateDnsHostnameTypeOnLaunch') return hostnameSetting(input[name] ?? '')
  if (Object.hasOwn(outpostAttributes, name))
    return { of: 'outpost', attribute: outpostAttributes[name as OutpostName] }
  const value = required(input[name as SwitchName]?.Value, 'value')
  return { of: 'switch', value, ...switches[name as SwitchName] }
}

function hostnameSetting(value: string): Setting {
  if (hostnameTypes.includes(value)) return { of: 'hostname', field: 'hostnameType', value }
  const reason = `Expected one of ${hostnameTypes.join(', ')}.`
  return reject('InvalidParameterValue', { value, name: 'privateDnsHostnameTypeOnLaunch', reason })
}

function refuseWithoutIpv6(subnet: Subnet, { needsIpv6As, value }: Switch & { readonly value: boolean }): void {
  if (value && needsIpv6As && subnet.ipv6CidrBlocks.length === 0) {
    reject('SubnetAttributeNeedsIpv6', { attribute: needsIpv6As, subnet: subnet.id })
  }
}
