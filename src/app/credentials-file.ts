/**
 * Access keys that the server accepts, from a file in the form of AWS's own shared credentials file,
 * so that one file can serve both sides. `account` in a section puts its key into that account.
 */

import { readFileSync } from 'node:fs'
import type { Credential } from '../ec2/caller.ts'

/** A file that cannot be used; the message names the line and what is wrong with it. */
export class BadCredentialsFile extends Error {
  override readonly name = 'BadCredentialsFile'
}

/** Throws BadCredentialsFile, also for a file that cannot be read or holds no key. */
export function readCredentialsFile(path: string): ReadonlyMap<string, Credential> {
  return parseCredentials(textOf(path), path)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new BadCredentialsFile(`${path}: ${(cause as Error).message}`, { cause })
  }
}

const settings = ['aws_access_key_id', 'aws_secret_access_key', 'account'] as const
type Setting = (typeof settings)[number]
type Section = { readonly line: number; readonly values: Partial<Record<Setting, string>> }

/** Access key id → secret and account. `origin` names the text in messages. */
export function parseCredentials(text: string, origin: string): ReadonlyMap<string, Credential> {
  const credentials = new Map<string, Credential>()
  for (const { line, values } of sectionsOf(text, origin)) {
    const { aws_access_key_id: id, aws_secret_access_key: secret, account } = values
    // AWS's tools keep profiles without keys in the same file: roles, single sign-on.
    if (id === undefined && secret === undefined && account === undefined) continue
    if (!id || !secret) fail(origin, line, 'needs aws_access_key_id and aws_secret_access_key')
    if (account !== undefined && !/^\d{12}$/.test(account)) fail(origin, line, 'account must have twelve digits')
    if (credentials.has(id)) fail(origin, line, `repeats the access key ${id}`)
    credentials.set(id, { secret, account })
  }
  if (credentials.size === 0) throw new BadCredentialsFile(`${origin}: holds no access key`)
  return credentials
}

function sectionsOf(text: string, origin: string): Section[] {
  const sections: Section[] = []
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    if (/^\[.+\]$/.test(line)) {
      sections.push({ line: index + 1, values: {} })
      continue
    }
    const [name, value] = pairOf(line) ?? fail(origin, index + 1, 'is neither [NAME] nor SETTING = VALUE')
    const section = sections.at(-1) ?? fail(origin, index + 1, 'stands before the first [NAME]')
    if (isSetting(name)) section.values[name] = value
  }
  return sections
}

function pairOf(line: string): readonly [name: string, value: string] | undefined {
  const equals = line.indexOf('=')
  return equals > 0 ? [line.slice(0, equals).trim(), line.slice(equals + 1).trim()] : undefined
}

/** Others, such as `region` and `aws_session_token`, are for AWS's own tools. */
function isSetting(name: string): name is Setting {
  return settings.some((each) => each === name)
}

function fail(origin: string, line: number, what: string): never {
  throw new BadCredentialsFile(`${origin}:${line}: ${what}`)
}
