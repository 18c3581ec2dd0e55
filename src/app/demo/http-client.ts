/** The program that asks for a page in the demonstration: curl, or Node's fetch on a machine that has none. */

import { isInstalled } from '../system-tool.ts'

/** An answer that is not there by then will not come. */
const seconds = 3

/** The exit code of either for an answer that did not come in time. */
export const timedOut = 28

export interface PageCommand {
  readonly words: readonly string[]
  /** For people. */
  readonly shown: string
}

export function pageCommand(url: string): PageCommand {
  if (!isInstalled('curl'))
    return { words: [process.execPath, '-e', fetchScript, url], shown: `node -e 'fetch(…)' ${url}` }
  const words = ['curl', '-sS', '-m', String(seconds), url]
  return { words, shown: words.join(' ') }
}

const fetchScript = `
fetch(process.argv[1], { signal: AbortSignal.timeout(${seconds * 1000}) })
  .then((answer) => answer.text())
  .then((page) => process.stdout.write(page))
  .catch(({ name, message, cause }) => {
    console.error('fetch: ' + (cause?.message ?? message))
    process.exitCode = name === 'TimeoutError' ? ${timedOut} : 7
  })`
