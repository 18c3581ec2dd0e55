/** The options that every `aws` command takes, wherever on the line they stand. */

import { validationError } from './cli-error.ts'
import { type Taker, takeApart } from './parse/command-line.ts'
import { parseQuery, type Query } from './print/query.ts'

export interface Globals {
  readonly command: string | undefined
  /** The words that are left for the command. */
  readonly rest: readonly string[]
  readonly region: string | undefined
  readonly output: OutputFormat | undefined
  readonly query: Query | undefined
  readonly paginates: boolean
  readonly asksVersion: boolean
}

const outputFormats = ['json', 'text', 'table', 'yaml', 'yaml-stream'] as const
export type OutputFormat = (typeof outputFormats)[number]

const flags = ['debug', 'no-verify-ssl', 'no-paginate', 'no-sign-request', 'no-cli-pager', 'version']
const values = ['endpoint-url', 'query', 'profile', 'region', 'ca-bundle', 'cli-read-timeout', 'cli-connect-timeout']

const takers: readonly Taker[] = [
  ...flags.map((name): Taker => ({ name, arity: 'none' })),
  ...values.map((name): Taker => ({ name, arity: 'one' })),
  { name: 'output', arity: 'one', choices: outputFormats },
  { name: 'color', arity: 'one', choices: ['on', 'off', 'auto'] },
  { name: 'cli-binary-format', arity: 'one', choices: ['base64', 'raw-in-base64-out'] },
  { name: 'cli-auto-prompt', arity: 'none' },
  { name: 'no-cli-auto-prompt', arity: 'none' },
]

/** Throws CliError. */
export function readGlobals(words: readonly string[]): Globals {
  const { values: taken, positional, extras } = takeApart(words, takers, { name: 'command', isRequired: false })
  const given = new Map(Array.from(taken, ([{ name }, [word = '']]) => [name, word]))
  const endpoint = given.get('endpoint-url')
  if (endpoint !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(endpoint)) {
    throw validationError(
      `Bad value for --endpoint-url "${endpoint}": scheme is missing.  ` +
        'Must be of the form http://<hostname>/ or https://<hostname>/',
    )
  }
  const query = given.get('query')
  return {
    command: positional,
    rest: extras,
    region: given.get('region'),
    output: outputFormats.find((format) => format === given.get('output')),
    query: query === undefined ? undefined : parseQuery(query),
    paginates: !given.has('no-paginate'),
    asksVersion: given.has('version'),
  }
}
