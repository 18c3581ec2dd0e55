/** `--protocol`, `--port`, `--cidr`, `--source-group` and `--group-owner`: one permission without its structure. */

import { validationError } from '../cli-error.ts'
import type { GivenOptions, Input } from './given-options.ts'
import type { SimpleRulePart } from './operation.ts'

interface Permission {
  IpProtocol?: string
  FromPort?: number
  ToPort?: number
  IpRanges?: object[]
  UserIdGroupPairs?: [Record<string, string>]
}

const parts: readonly SimpleRulePart[] = ['protocol', 'port', 'cidr', 'source-group', 'group-owner']

/** Throws CliError. */
export function checkSimpleRule(given: GivenOptions): void {
  const names = new Set(Array.from(given, ([{ name }, words]) => (words.join('') === '' ? '' : name)))
  if (!names.has('ip-permissions')) return
  const mixed = parts.find((part) => names.has(part))
  if (mixed)
    throw validationError(`The --${mixed.replace('-', '_')} option is not compatible with the --ip-permissions option `)
}

/** Throws CliError. */
export function addSimpleRulePart(input: Input, part: SimpleRulePart, word: string): void {
  if (word === '') return
  const permission = permissionOf(input)
  switch (part) {
    case 'protocol':
      permission.IpProtocol = protocolOf(word)
      return
    case 'port':
      Object.assign(permission, portsOf(word))
      return
    case 'cidr':
      permission.IpRanges = [{ CidrIp: word }]
      return
    case 'source-group':
      pairOf(permission)[word.startsWith('sg-') ? 'GroupId' : 'GroupName'] = word
      return
    case 'group-owner':
      pairOf(permission)['UserId'] = word
      return
    default:
      part satisfies never
  }
}

function permissionOf(input: Input): Permission {
  input['IpPermissions'] ??= [{}]
  const [permission] = input['IpPermissions'] as [Permission]
  return permission
}

function pairOf(permission: Permission): Record<string, string> {
  permission.UserIdGroupPairs ??= [{}]
  return permission.UserIdGroupPairs[0]
}

function protocolOf(word: string): string {
  if (/^\s*[+-]?\d+\s*$/.test(word)) {
    const number = Number(word)
    if (number >= -1 && number <= 255) return word
    throw validationError('protocol numbers must be in the range 0-255 or -1 to specify all protocols')
  }
  if (word === 'all') return '-1'
  if (word === 'tcp' || word === 'udp' || word === 'icmp') return word
  throw validationError('protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.')
}

function portsOf(word: string): { readonly FromPort: number; readonly ToPort: number } {
  if (word === '-1' || word === 'all') return { FromPort: -1, ToPort: -1 }
  const dash = word.indexOf('-')
  const from = dash < 0 ? word : word.slice(0, dash)
  const to = dash < 0 ? word : word.slice(dash + 1)
  if (/^\s*\+?\d+\s*$/.test(from) && /^\s*[+-]?\d+\s*$/.test(to)) return { FromPort: Number(from), ToPort: Number(to) }
  throw validationError('port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)')
}
