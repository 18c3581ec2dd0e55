/** What the CLI ends with when it does not print an answer: the words on standard error and the exit code. */

import { pythonLiteral } from './print/python-text.ts'

export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number

  /** `message` is what the CLI prints between an empty line and a line feed. */
  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A command that makes no sense (252), a refusal by the service (254), all else (255). */
const exitCodes = { usage: 252, refusal: 254, general: 255 } as const

const usage = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`

/** The command line cannot be taken apart. */
export function usageError(message: string): CliError {
  return new CliError(exitCodes.usage, `${usage}\naws: error: ${message}\n`)
}

export function unknownOptions(options: readonly string[]): CliError {
  return new CliError(exitCodes.usage, `${usage}\nUnknown options: ${options.join(', ')}\n`)
}

/** The words are understood and say something impossible. */
export function validationError(message: string): CliError {
  return new CliError(exitCodes.usage, message)
}

export function parameterError(option: string, message: string): CliError {
  return validationError(`Error parsing parameter '${option}': ${message}`)
}

export function refusal(code: string, action: string, message: string): CliError {
  return new CliError(exitCodes.refusal, `An error occurred (${code}) when calling the ${action} operation: ${message}`)
}

export function generalError(message: string): CliError {
  return new CliError(exitCodes.general, message)
}

export function invalidInteger(value: unknown): CliError {
  if (typeof value === 'string') {
    return generalError(`invalid literal for int() with base 10: ${pythonLiteral(value)}`)
  }
  const type = Array.isArray(value) ? 'list' : 'dict'
  return generalError(`int() argument must be a string, a bytes-like object or a real number, not '${type}'`)
}
