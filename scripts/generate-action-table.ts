/**
 * The README's table of actions, from the files of `src/ec2/actions/`: a row a family. Run by
 * `npm run actions`; a test holds the README to it.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { actionFiles, writeRegistry } from './generate-registry.ts'

const readme = fileURLToPath(new URL('../README.md', import.meta.url))
const between = /(<!-- actions -->\n)[\s\S]*?(<!-- \/actions -->)/

export function actionTable(): string {
  const families = new Map<string, string[]>()
  for (const { file, action } of actionFiles()) {
    const family = file.slice(0, file.indexOf('/'))
    families.set(family, [...(families.get(family) ?? []), action])
  }
  const rows = [...families].sort(([a], [b]) => (a < b ? -1 : 1)).map(([family, actions]) => row(family, actions))
  return ['| family | actions |', '|---|---|', ...rows, ''].join('\n')
}

function row(family: string, actions: readonly string[]): string {
  return `| ${family.replaceAll('-', ' ')} | ${actions.join(' · ')} |`
}

/** The README with the table as it should be. Throws when its markers are gone. */
export function readmeWithTable(text: string): string {
  if (!between.test(text)) throw new Error('README.md has no <!-- actions --> markers')
  return text.replace(between, `$1${actionTable()}$2`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeRegistry()
  writeFileSync(readme, readmeWithTable(readFileSync(readme, 'utf8')))
}
