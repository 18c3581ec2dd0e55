/** One `aws` command, from its words to what it prints and its exit code. */

import { type Entropy, uuidFrom } from '../base/entropy.ts'
import type { ActionName } from '../ec2/protocol/types.generated.ts'
import { Rejection } from '../model/rejection.ts'
import type { Scope } from '../model/world.ts'
import { CliError, generalError, refusal, unknownOptions, usageError, validationError } from './cli-error.ts'
import { type Globals, type OutputFormat, readGlobals } from './globals.ts'
import { ec2Help, operationHelp, topHelp } from './help.ts'
import type { GivenOptions, Input } from './input/given-options.ts'
import { inputOf, pagingOf } from './input/input.ts'
import { findOperation, type Operation, type Option, operationNames } from './input/operation.ts'
import { validate } from './input/validation.ts'
import { type Pages, readPages, wholeAnswer } from './pages.ts'
import { invalidChoice, takeApart } from './parse/command-line.ts'
import { type Answer, answerOf } from './print/answer.ts'
import { formatTable } from './print/format-table.ts'
import { formatText } from './print/format-text.ts'
import type { Query } from './print/query.ts'
import { skeletonOf } from './print/skeleton.ts'
import { waitFor } from './wait.ts'

/** What a command ended with. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** Where the calls go: an account in a Region, in this process or behind an endpoint. */
export interface Cloud {
  readonly scope: Scope
  /** Rejects with a Rejection. */
  call(action: string, input: object): Promise<object>
}

export interface AwsParts {
  readonly cloud: Cloud
  /** Makes the client tokens that the CLI sends of its own accord. */
  readonly entropy: Entropy
  /** Of the shell around it: AWS_REGION, AWS_DEFAULT_REGION and AWS_DEFAULT_OUTPUT. */
  readonly environment: ReadonlyMap<string, string>
}

/** A command taken apart: what would be asked of EC2. */
export interface Request {
  readonly operation: Operation
  readonly given: GivenOptions
  readonly input: Input
}

export async function runAws(words: readonly string[], parts: AwsParts): Promise<Ended> {
  try {
    return { stdout: await answered(words, parts), stderr: '', exitCode: 0 }
  } catch (cause) {
    if (cause instanceof CliError) return { stdout: '', stderr: `\n${cause.message}\n`, exitCode: cause.exitCode }
    throw cause
  }
}

/** The EC2 request of the words behind `aws ec2`, global options taken out; the operation alone when help is asked for. */
export function requestOf(words: readonly string[]): Request | Operation {
  const { positional: name = '', extras } = takeApart(words, [], { name: 'operation', isRequired: true })
  const operation = findOperation(name)
  if (!operation) throw invalidChoice('operation', name, [...operationNames, 'wait', 'help'])
  const given = extras.length === 1 && extras[0] === 'help' ? 'help' : givenOptions(operation, extras)
  if (given === 'help') return operation
  return { operation, given, input: hasSkeleton(given) ? {} : inputOf(operation.action, given) }
}

async function answered(words: readonly string[], parts: AwsParts): Promise<string> {
  const globals = readGlobals(words)
  if (globals.asksVersion) return 'aws-cli/2 Sallyport\n'
  checkRegion(globals, parts)
  switch (globals.command) {
    case undefined:
      throw usageError('the following arguments are required: command')
    case 'help':
      return topHelp()
    case 'sts':
      return formatted(await identity(globals.rest, parts), { globals, parts, title: 'GetCallerIdentity' })
    case 'ec2':
      return ec2(globals, parts)
    default:
      throw invalidChoice('command', globals.command, ['ec2', 'sts', 'help'])
  }
}

function checkRegion({ region }: Globals, { cloud, environment }: AwsParts): void {
  const asked = region ?? environment.get('AWS_REGION') ?? environment.get('AWS_DEFAULT_REGION') ?? cloud.scope.region
  if (asked === cloud.scope.region) return
  throw generalError(`This terminal's cloud is in ${cloud.scope.region}, and nothing answers for "${asked}".`)
}

async function identity(words: readonly string[], { cloud }: AwsParts): Promise<Answer> {
  const choices = { name: 'operation', isRequired: true }
  const { positional = '', extras } = takeApart(words, [], choices)
  if (positional !== 'get-caller-identity')
    throw invalidChoice('operation', positional, ['get-caller-identity', 'help'])
  if (extras.length > 0) throw unknownOptions(extras)
  const { account } = cloud.scope
  return { UserId: account, Account: account, Arn: `arn:aws:iam::${account}:root` }
}

async function ec2(globals: Globals, parts: AwsParts): Promise<string> {
  const { rest } = globals
  const [first] = rest
  if (first === 'help') return ec2Help()
  const call = (action: ActionName, input: Input) => send(action, input, parts)
  if (first === 'wait') return waitFor(rest.slice(1), { givenOptions, call })
  const request = requestOf(rest)
  if ('options' in request) return operationHelp(request)
  const { operation, given, input } = request
  if (hasSkeleton(given)) return skeletonOf(operation.action, skeletonKind(given))
  const title = operation.action
  const print = { globals, parts, title }
  const rows = paginated(operation, request, globals)
  if (rows === undefined) return formatted(await call(title, input), print)
  const pages = await readPages(input, { action: title, rows, paging: pagingOf(given), call })
  return formatOf(print) === 'text'
    ? textOfPages(rows, pages, globals.query)
    : formatted(wholeAnswer(rows, pages), print)
}

function givenOptions({ options }: Operation, words: readonly string[]): GivenOptions | 'help' {
  // With the whole input in JSON no option is required.
  const isWhole = words.some((word) => /^--(cli-input-json|generate-cli-skeleton)(=|$)/.test(word))
  const takers = isWhole ? options.map((option): Option => ({ ...option, isRequired: false })) : options
  const { values, positional, extras } = takeApart(words, takers, { name: 'help', isRequired: false })
  if (positional === 'help') return 'help'
  const unknown = positional === undefined ? extras : [...extras, positional]
  if (unknown.length > 0) throw unknownOptions(unknown)
  // In the order of the table, whatever the order on the line.
  return new Map(takers.flatMap((option) => (values.has(option) ? [[option, values.get(option) ?? []]] : [])))
}

function hasSkeleton(given: GivenOptions): boolean {
  return [...given.keys()].some(({ meaning }) => meaning.kind === 'skeleton')
}

function skeletonKind(given: GivenOptions): string {
  const words = [...given].find(([{ meaning }]) => meaning.kind === 'skeleton')?.[1]
  return words?.[0] ?? 'input'
}

/** The member of the rows, unless the caller turns the pages. */
function paginated({ pages }: Operation, { given, input }: Request, { paginates }: Globals): string | undefined {
  if (pages === undefined) return undefined
  const names = new Set(Array.from(given.keys(), ({ name }) => name))
  const isManual = !paginates || names.has('max-results') || names.has('next-token')
  if (isManual) {
    const used = ['starting-token', 'page-size', 'max-items'].filter((name) => isPagingSet(given, name))
    if (used.length === 0) return undefined
    const options = used.map((name) => `--${name}`).join(', ')
    throw validationError(`Cannot specify --no-paginate along with pagination arguments: ${options}`)
  }
  return 'NextToken' in input || 'MaxResults' in input ? undefined : pages
}

function isPagingSet(given: GivenOptions, name: string): boolean {
  return [...given].some(([option, [word = '']]) => option.name === name && word !== '' && Number(word) !== 0)
}

async function send(action: ActionName, input: Input, { cloud, entropy }: AwsParts): Promise<Answer> {
  validate(action, input)
  try {
    return answerOf(action, await cloud.call(action, withToken(action, input, entropy)))
  } catch (cause) {
    if (cause instanceof Rejection) throw refusal(cause.code, action, cause.message)
    throw cause
  }
}

/** The actions whose token the CLI makes when there is none; others have a member of that name that it leaves alone. */
const tokenedActions: ReadonlySet<ActionName> = new Set<ActionName>([
  'CreateManagedPrefixList',
  'CreateNetworkAcl',
  'CreateNetworkInterface',
  'CreateRouteTable',
  'RunInstances',
])

function withToken(action: ActionName, input: Input, entropy: Entropy): Input {
  if (!tokenedActions.has(action) || Object.hasOwn(input, 'ClientToken')) return input
  return { ...input, ClientToken: uuidFrom(entropy) }
}

interface Print {
  readonly globals: Globals
  readonly parts: AwsParts
  readonly title: string
}

function formatOf({ globals, parts }: Print): OutputFormat | string {
  return globals.output ?? parts.environment.get('AWS_DEFAULT_OUTPUT') ?? 'json'
}

function formatted(answer: Answer, print: Print): string {
  const value = print.globals.query ? print.globals.query(answer) : answer
  const format = formatOf(print)
  switch (format) {
    case 'json':
      return isNothing(value) ? '' : `${JSON.stringify(value, undefined, 4)}\n`
    case 'text':
      return formatText(value)
    case 'table':
      return formatTable(print.title, value)
    default:
      throw validationError(`Unknown output type: ${format}; this terminal prints json, text and table`)
  }
}

/** An answer without members is not printed; an empty list is. */
function isNothing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
}

/** Text is printed page by page, and a query sees one page at a time. */
function textOfPages(rows: string, { pages, resume }: Pages, query: Query | undefined): string {
  const answers: Answer[] = pages.map((page) => ({ [rows]: page }))
  if (resume !== undefined) answers.push({ NextToken: { NextToken: resume } })
  return answers.map((answer) => formatText(query ? query(answer) : answer)).join('')
}
