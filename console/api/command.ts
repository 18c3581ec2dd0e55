/**
 * The aws CLI's line for a call. Members become options by the CLI's own rule; what is nested is written as
 * JSON, which the CLI takes wherever it takes its shorthand.
 */

import type { Call } from '../../src/app/console/api.ts'

export function commandOf({ action, input }: Call): string {
  const options = Object.entries(input).flatMap(([name, value]) => optionOf(name, value))
  return ['aws ec2', optionName(action), ...options].join(' ')
}

function optionOf(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (name === 'Filters') return ['--filters', ...(value as readonly Filter[]).map(filterText)]
  const option = `--${optionName(name)}`
  if (value === true) return [option]
  if (value === false) return [`--no-${optionName(name)}`]
  return [option, ...wordsOf(value)]
}

interface Filter {
  readonly Name: string
  readonly Values: readonly string[]
}

/** Filters are the one shorthand that everybody writes. */
function filterText({ Name, Values }: Filter): string {
  return quoted(`Name=${Name},Values=${Values.join(',')}`)
}

function wordsOf(value: unknown): string[] {
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object'))
    return value.map((each) => quoted(String(each)))
  return [quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))]
}

/** `IpPermissions` is `ip-permissions`, `CidrIpv4` is `cidr-ipv4`. */
function optionName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
