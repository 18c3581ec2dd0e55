/**
 * A Terraform plan or state with the configuration's files, where they lie beside it: plans say what will be,
 * files say on which line.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SourceFile } from '../import/describe/output.ts'
import { isMembers, members, objects, text } from '../import/json-value.ts'
import { documentOf } from '../import/terraform/document.ts'
import type { TerraformSource } from '../import/terraform/read-terraform.ts'
import { type ConfigurationFile, SourceText } from '../import/terraform/source-text.ts'

export function terraformSource({ path, value }: SourceFile): TerraformSource {
  const configuration = members(members(value)['configuration'])
  const root = path === '-' ? '.' : dirname(path)
  const files = path === '-' ? [] : filesOf(root, '', configuration['root_module'], installed(root))
  return { document: documentOf(value), source: new SourceText(files), file: path }
}

/** A module's files and those of the modules that it calls. */
function filesOf(
  folder: string,
  module: string,
  config: unknown,
  folders: ReadonlyMap<string, string>,
): ConfigurationFile[] {
  const calls = Object.entries(members(members(config)['module_calls']))
  return [
    ...tfFiles(folder).map((file) => ({ path: file, text: readFileSync(file, 'utf8'), module })),
    ...calls.flatMap(([name, call]) => {
      const key = module === '' ? name : `${module}.${name}`
      const source = text(members(call)['source'])
      const local = source?.startsWith('.') ? join(folder, source) : undefined
      const below = local ?? folders.get(key)
      return below === undefined ? [] : filesOf(below, key, members(call)['module'], folders)
    }),
  ]
}

function tfFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf'))
  return names.sort().map((name) => join(folder, name))
}

/** Where `terraform init` put modules of a registry. */
function installed(root: string): ReadonlyMap<string, string> {
  const list = join(root, '.terraform', 'modules', 'modules.json')
  if (!existsSync(list)) return new Map()
  const parsed: unknown = JSON.parse(readFileSync(list, 'utf8'))
  const modules = isMembers(parsed) ? objects(parsed['Modules']) : []
  return new Map(modules.map((each) => [String(each['Key']), join(root, String(each['Dir']))]))
}
