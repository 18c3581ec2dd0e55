/**
 * Runs the aws CLI against an endpoint. `--endpoint-url` is given besides AWS_ENDPOINT_URL, which
 * CLIs older than July 2023 do not read. Version 1 and 2 differ in the exit code of an error answer.
 */

import { execFile } from 'node:child_process'
import { findTool } from '../tools.ts'
import { type Keys, surroundings } from './surroundings.ts'

export interface CliEnded {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface AwsCli {
  /** Runs a command line as a shell would split it; single and double quotes hold words together. */
  run(commandLine: string): Promise<CliEnded>
  /** The JSON a command prints; throws when it fails. */
  json(commandLine: string): Promise<unknown>
  /** What a command prints with `--output text`; throws when it fails. */
  text(commandLine: string): Promise<string>
  /** The members of a command's answer that this CLI knows, in the order in which it prints them. Asks no server. */
  skeleton(commandLine: string): Promise<unknown>
}

const program = findTool('aws').path

export const hasAwsCli = program !== undefined

export function awsCli(url: string, keys?: Keys): AwsCli {
  const env = surroundings(url, keys)
  const run = (args: readonly string[]) => ended([...args, '--endpoint-url', url], env)
  const output = async (commandLine: string, format: string) => {
    const { status, stdout, stderr } = await run([...wordsOf(commandLine), '--output', format])
    if (status !== 0) throw new Error(`${commandLine} ended with ${status}: ${stderr}`)
    return stdout
  }
  return {
    run: (commandLine) => run(wordsOf(commandLine)),
    json: async (commandLine) => JSON.parse(await output(commandLine, 'json')),
    text: async (commandLine) => (await output(commandLine, 'text')).trim(),
    skeleton: async (commandLine) => JSON.parse(await output(`${commandLine} --generate-cli-skeleton output`, 'json')),
  }
}

function ended(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CliEnded> {
  return new Promise((resolve) => {
    execFile(program ?? 'aws', args, { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/** `aws` in front may be there, as in documentation. */
function wordsOf(commandLine: string): string[] {
  const words = commandLine.match(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g) ?? []
  const bare = words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double))
  return bare[0] === 'aws' ? bare.slice(1) : bare
}
