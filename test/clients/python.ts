/** Runs a boto3 script of this folder against an endpoint; the script prints one JSON value a line. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findTool } from '../tools.ts'
import { type Keys, surroundings } from './surroundings.ts'

const python = findTool('boto3').path

export const hasBoto3 = python !== undefined

/** What the script printed; throws what it wrote to standard error when it fails. */
export function pythonLines(script: string, url: string, keys?: Keys): Promise<unknown[]> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  return new Promise((resolve, reject) => {
    execFile(python ?? 'python3', ['-W', 'ignore', path], { env: surroundings(url, keys) }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${script} failed: ${stderr}\n${stdout}`))
      else
        resolve(
          stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as unknown),
        )
    })
  })
}
