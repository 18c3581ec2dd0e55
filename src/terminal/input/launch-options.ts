/** What `run-instances` has beside its members: `--count`, secondary addresses, a public address, plain user data. */

import { validationError } from '../cli-error.ts'
import { base64Of } from './base64.ts'
import type { GivenOptions, Input } from './given-options.ts'
import type { LaunchPart } from './operation.ts'
import { isRecord } from './validation.ts'
import { integerOf } from './values.ts'

/** Throws CliError. */
export function checkLaunch(given: GivenOptions): void {
  const simple = [...given].some(([{ meaning }, words]) => meaning.kind === 'launch' && isMixed(meaning.part, words))
  const interfaces = [...given].some(([{ name }, words]) => name === 'network-interfaces' && words.length > 0)
  if (!simple || !interfaces) return
  throw validationError('Mixing the --network-interfaces option with the simple, scalar options is not supported.')
}

function isMixed(part: LaunchPart, words: readonly string[]): boolean {
  if (part === 'associate-public-ip-address') return true
  return part.startsWith('secondary') && words.length > 0 && words[0] !== '0'
}

/** Throws CliError. */
export function addLaunchPart(input: Input, part: LaunchPart, words: readonly string[]): void {
  const [word = ''] = words
  switch (part) {
    case 'count':
      Object.assign(input, countsOf(word))
      return
    case 'secondary-private-ip-addresses':
      if (words.length === 0) return
      interfaceOf(input)['PrivateIpAddresses'] = words.map((each) => ({ PrivateIpAddress: each, Primary: false }))
      return
    case 'secondary-private-ip-address-count':
      if (integerOf(word) !== 0) interfaceOf(input)['SecondaryPrivateIpAddressCount'] = integerOf(word)
      return
    case 'associate-public-ip-address':
    case 'no-associate-public-ip-address':
      interfaceOf(input)['AssociatePublicIpAddress'] = part === 'associate-public-ip-address'
      return
    default:
      part satisfies never
  }
}

function countsOf(word: string): Input {
  const [from = '', to = from, ...more] = word.split(':')
  const isNumber = (text: string) => /^\s*[+-]?\d+\s*$/.test(text)
  if (more.length === 0 && isNumber(from) && isNumber(to)) return { MinCount: Number(from), MaxCount: Number(to) }
  throw validationError('count parameter should be of form min[:max] (e.g. 1 or 1:10)')
}

function interfaceOf(input: Input): Record<string, unknown> {
  input['NetworkInterfaces'] ??= [{ DeviceIndex: 0 }]
  const [first] = input['NetworkInterfaces'] as [Record<string, unknown>]
  return first
}

const moved: readonly (readonly [member: string, ofInterface: string])[] = [
  ['SubnetId', 'SubnetId'],
  ['SecurityGroupIds', 'Groups'],
  ['Ipv6AddressCount', 'Ipv6AddressCount'],
  ['Ipv6Addresses', 'Ipv6Addresses'],
]

/** A launch that describes its interface must say there what it would otherwise say of the instance. */
export function completeLaunch(input: Input): void {
  input['MinCount'] ??= 1
  input['MaxCount'] ??= 1
  const userData = input['UserData']
  if (typeof userData === 'string') input['UserData'] = base64Of(userData)
  const interfaces = input['NetworkInterfaces']
  const first: unknown = Array.isArray(interfaces) ? interfaces[0] : undefined
  if (!isRecord(first)) return
  const describes = ['PrivateIpAddresses', 'SecondaryPrivateIpAddressCount', 'AssociatePublicIpAddress']
  if (!describes.some((name) => Object.hasOwn(first, name))) return
  const card: Record<string, unknown> = { ...first }
  for (const [member, ofInterface] of moved) {
    if (!Object.hasOwn(input, member)) continue
    card[ofInterface] = input[member]
    delete input[member]
  }
  if (Object.hasOwn(input, 'PrivateIpAddress')) {
    card['PrivateIpAddresses'] = [{ PrivateIpAddress: input['PrivateIpAddress'], Primary: true }]
    delete input['PrivateIpAddress']
  }
  input['NetworkInterfaces'] = [card, ...(interfaces as unknown[]).slice(1)]
}
