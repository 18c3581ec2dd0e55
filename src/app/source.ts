/** A file or a folder that a world is read from. Its content says which form it is of; its name does not matter. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NotationError } from '../base/words.ts'
import { BadImport } from '../import/bad-import.ts'
import { BadTemplate } from '../import/cloudformation/template-text.ts'
import { isDescribeOutput, type SourceFile } from '../import/describe/output.ts'
import { describedWorld } from '../import/describe/read-describe.ts'
import { type Imported, whollyKnown } from '../import/imported.ts'
import { isTerraform } from '../import/terraform/document.ts'
import { type PlanWorlds, planWorlds } from '../import/terraform/outage.ts'
import { terraformWorld } from '../import/terraform/read-terraform.ts'
import { readWorldLines } from '../import/world-lines.ts'
import { BadState, worldFromState } from '../model/state.ts'
import { type TemplateGiven, templateFromText, templatesFromFolder } from './template-source.ts'
import { terraformSource } from './terraform-source.ts'

/** Text that is no world; the message says why. */
export class BadSource extends Error {
  override readonly name = 'BadSource'
}

interface Form {
  readonly name: string
  readonly isOf: (value: unknown) => boolean
  /** `path` is the folder where there are several files. */
  readonly read: (files: readonly [SourceFile, ...SourceFile[]], path: string) => Imported
  /** Whether several files of a folder make one world. */
  readonly isFolder: boolean
}

const isState = (value: unknown) => typeof value === 'object' && value !== null && 'format' in value

/** JSON forms. The first that knows a value reads it. */
const forms: readonly Form[] = [
  { name: 'a saved state', isOf: isState, read: ([file]) => savedWorld(file), isFolder: false },
  {
    name: 'describe output',
    isOf: isDescribeOutput,
    read: (files, path) => describedWorld(path, files),
    isFolder: true,
  },
  {
    name: 'a Terraform plan or state',
    isOf: isTerraform,
    read: ([file]) => terraformWorld(terraformSource(file)),
    isFolder: false,
  },
]

/** `-` is standard input. Throws BadSource, and what the file system says. */
export function readSource(path: string, given: TemplateGiven = {}): Imported {
  try {
    if (path !== '-' && statSync(path).isDirectory()) return readFolder(path, given)
    const text = readFileSync(path === '-' ? 0 : path, 'utf8')
    const template = templateFromText(path, text, given)
    if (template) return template
    if (!/^\s*[{[]/.test(text)) return fromLines(text, path)
    const file = { path, text, value: JSON.parse(text) as unknown }
    const form = forms.find(({ isOf }) => isOf(file.value))
    if (!form)
      throw new BadSource(`This JSON is of no known form: ${forms.map(({ name }) => name).join(', ')}, a template.`)
    return form.read([file], path)
  } catch (thrown) {
    throw asBadSource(thrown)
  }
}

/** A Terraform plan's worlds, in the order of their moments. Throws BadSource, and what the file system says. */
export function readPlan(path: string): PlanWorlds {
  try {
    const text = readFileSync(path === '-' ? 0 : path, 'utf8')
    const value: unknown = /^\s*\{/.test(text) ? JSON.parse(text) : undefined
    const source = isTerraform(value) ? terraformSource({ path, text, value }) : undefined
    if (source?.document.kind !== 'plan') {
      throw new BadSource('This is no plan of Terraform, so it takes another world to compare it with.')
    }
    return planWorlds(source)
  } catch (thrown) {
    throw asBadSource(thrown)
  }
}

/** Files of no form that makes a folder are listed by the reader, not passed over. */
function readFolder(path: string, given: TemplateGiven): Imported {
  const templates = templatesFromFolder(path, given)
  if (templates) return templates
  const names = readdirSync(path).filter((name) => name.endsWith('.json'))
  const files = names.sort().map((name) => parsedFile(join(path, name)))
  const form = forms.find(({ isFolder, isOf }) => isFolder && files.some(({ value }) => isOf(value)))
  const [first, ...more] = files
  if (!form || !first)
    throw new BadSource(
      'No *.json of this folder is describe output, and there is no manifest.json or *.template.json of the CDK.',
    )
  return form.read([first, ...more], path)
}

function parsedFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  try {
    return { path, text, value: JSON.parse(text) as unknown }
  } catch {
    throw new BadSource(`${path} is no JSON.`)
  }
}

function savedWorld({ value }: SourceFile): Imported {
  try {
    return whollyKnown(worldFromState(value))
  } catch (thrown) {
    // Objects that are not what their kind says: a list that is none, a time that is none.
    if (!(thrown instanceof TypeError || thrown instanceof RangeError)) throw thrown
    throw new BadSource(`This state is damaged: ${thrown.message}`)
  }
}

function asBadSource(thrown: unknown): unknown {
  const isBad = [BadState, BadImport, BadTemplate, NotationError, SyntaxError].some((kind) => thrown instanceof kind)
  return isBad ? new BadSource((thrown as Error).message) : thrown
}

function fromLines(text: string, file: string): Imported {
  const { world, made, written } = readWorldLines(text)
  const origins = Array.from(made, ([id, line]) => [id, { file, line, name: id }] as const)
  return { ...whollyKnown(world), origins: new Map(origins), written }
}
