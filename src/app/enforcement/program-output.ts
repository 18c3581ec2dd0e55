/** Runs a program to its end, in the lab's surroundings: nft is not on everybody's PATH, and its messages are read. */

import { execFile } from 'node:child_process'
import { toolEnvironment } from '../lab/tool.ts'

/** A program that could not be started, or ended with an error; the message has its own words. */
export class ProgramFailure extends Error {
  override readonly name = 'ProgramFailure'
}

const mostOutput = 1024 ** 3

/** What it printed. Rejects with ProgramFailure, also if it takes more than the patience, in milliseconds. */
export function outputOf([file = '', ...args]: readonly string[], patience = 60_000): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      file,
      args,
      { timeout: patience, maxBuffer: mostOutput, env: toolEnvironment },
      (error, stdout, stderr) => {
        if (error) reject(new ProgramFailure(stderr.trim() || error.message, { cause: error }))
        else resolve(stdout)
      },
    )
  })
}
