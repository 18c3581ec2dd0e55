/** CloudFormation templates on disk: one file, or the folder that `cdk synth` writes. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { importTemplates } from '../import/cloudformation/import-templates.ts'
import { nestedSources, type TemplateFile } from '../import/cloudformation/template.ts'
import { BadTemplate, isTemplate } from '../import/cloudformation/template-text.ts'
import type { Imported } from '../import/imported.ts'

/** What templates leave open. */
export interface TemplateGiven {
  readonly region?: string
  readonly parameters?: Readonly<{ [name: string]: string }>
}

const account = '123456789012'

/** Undefined for text that is no template. Throws BadTemplate. */
export function templateFromText(file: string, text: string, given: TemplateGiven): Imported | undefined {
  return isTemplate(text) ? imported([withNestedFiles({ file, text, stack: '' })], given) : undefined
}

/** Undefined for a folder that holds no stack of the CDK's. Throws BadTemplate, and what the file system says. */
export function templatesFromFolder(folder: string, given: TemplateGiven): Imported | undefined {
  const files = stacksIn(folder, '')
  return files.length > 0 ? imported(files, given) : undefined
}

function imported(files: readonly TemplateFile[], { region = 'us-east-1', parameters = {} }: TemplateGiven): Imported {
  return importTemplates(files, { account, region, parameters })
}

interface Manifest {
  readonly artifacts?: {
    readonly [name: string]: {
      readonly type?: string
      readonly properties?: { readonly templateFile?: string; readonly directoryName?: string }
    }
  }
}

/** The manifest says which files are stacks, and in which folders there are more. */
function stacksIn(folder: string, prefix: string): TemplateFile[] {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) {
    const names = readdirSync(folder).filter((name) => /(?<!\.nested)\.template\.json$/.test(name))
    return names.sort().map((name) => fileAt(folder, name, `${prefix}${name.replace(/\.template\.json$/, '')}`))
  }
  const { artifacts = {} } = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  return Object.entries(artifacts).flatMap(([name, { type, properties = {} }]) => {
    const { templateFile, directoryName } = properties
    if (type === 'aws:cloudformation:stack' && templateFile) return [fileAt(folder, templateFile, `${prefix}${name}`)]
    const isNested = type === 'cdk:cloud-assembly' && directoryName
    return isNested ? stacksIn(join(folder, directoryName), `${prefix}${name}/`) : []
  })
}

function fileAt(folder: string, name: string, stack: string): TemplateFile {
  const file = join(folder, name)
  return withNestedFiles({ file, text: readFileSync(file, 'utf8'), stack })
}

/** With the templates of nested stacks that lie where it says, seen from its folder. */
function withNestedFiles(outer: TemplateFile, around: readonly string[] = []): TemplateFile {
  const { file, text, stack } = outer
  if (file === '-') return outer
  const folder = dirname(file)
  const nested = Array.from(nestedSources(text)).flatMap(([id, source]): [string, TemplateFile][] => {
    const path = source.path ?? (source.asset === undefined ? undefined : assetsIn(folder).get(source.asset))
    const inner = path === undefined ? undefined : join(folder, path)
    if (inner === undefined || !statSync(inner, { throwIfNoEntry: false })?.isFile()) return []
    if ([file, ...around].includes(inner)) throw new BadTemplate(`${inner} is nested in itself.`)
    const read = { file: inner, text: readFileSync(inner, 'utf8'), stack: stack === '' ? id : `${stack}/${id}` }
    return [[id, withNestedFiles(read, [file, ...around])]]
  })
  return { ...outer, nested: new Map(nested) }
}

interface AssetManifest {
  readonly files?: { readonly [hash: string]: { readonly source?: { readonly path?: string } } }
}

/** By hash, the files that the CDK will put into a bucket. */
function assetsIn(folder: string): ReadonlyMap<string, string> {
  const manifests = readdirSync(folder).filter((name) => name.endsWith('.assets.json'))
  return new Map(
    manifests.flatMap((name) => {
      const { files = {} } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as AssetManifest
      return Object.entries(files).flatMap(([hash, { source }]): [string, string][] =>
        source?.path === undefined ? [] : [[hash, source.path]],
      )
    }),
  )
}
