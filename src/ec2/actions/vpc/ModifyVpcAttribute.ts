/** ModifyVpcAttribute (spec 8.1): one attribute per call. */

import { put } from '../../../model/change.ts'
import type { Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'
import { oneAttribute } from '../../input/one-attribute.ts'

const fields = {
  EnableDnsSupport: 'dnsSupport',
  EnableDnsHostnames: 'dnsHostnames',
  EnableNetworkAddressUsageMetrics: 'networkAddressUsageMetrics',
} as const

const names = Object.keys(fields) as readonly (keyof typeof fields)[]

export const run: Run<'ModifyVpcAttribute'> = (input, { world }) => {
  const name = oneAttribute(input, names)
  const value = required(input[name]?.Value, 'value')
  const vpc = find(world, 'vpc', input.VpcId)
  return { changes: [put('vpc', { ...vpc, [fields[name]]: value })], output: {} }
}
