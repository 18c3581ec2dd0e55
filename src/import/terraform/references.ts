/**
 * What an attribute that is known only after it is applied will name, as far as the configuration's references
 * tell: through variables, outputs and locals to the resources whose ids it will hold.
 */

import { isMembers, type Members, members, objects, texts } from '../json-value.ts'
import { at, type Document, isUnknown, type Path, type Resource } from './document.ts'
import { type Key, longest, parseReference, type Reference } from './reference.ts'
import { referencesIn, type SourceText } from './source-text.ts'

/** A resource with the attribute that is meant, or a text that is known. */
export type Target =
  | { readonly kind: 'resource'; readonly resource: Resource; readonly attribute: string }
  | { readonly kind: 'text'; readonly text: string }

export interface Targets {
  readonly targets: readonly Target[]
  /** It may be something else. */
  readonly isOpen: boolean
}

/** Where an expression stands. */
interface Place {
  readonly module: string
  readonly key: Key | undefined
  readonly forEach: readonly string[]
}

const nothing: Targets = { targets: [], isOpen: false }
const anything: Targets = { targets: [], isOpen: true }
/** Longer chains of variables and outputs than anybody writes: configurations do not refer in circles. */
const deepest = 24

export class References {
  readonly #document: Document
  readonly #source: SourceText
  readonly #byName = new Map<string, Resource[]>()

  constructor(document: Document, source: SourceText) {
    this.#document = document
    this.#source = source
    for (const resource of document.resources) {
      const { module, mode, type, name } = resource
      const key = `${module} ${mode} ${type} ${name}`
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), resource])
    }
  }

  /** Whether the configuration gives the attribute a value; undefined where it does not show. */
  isConfigured(resource: Resource, path: Path): boolean | undefined {
    const expressions = this.#configOf(resource)?.['expressions']
    return expressions === undefined ? undefined : at(expressions, path) !== undefined
  }

  /** Whether it is written in blocks, each of which shows what is inside of it. */
  hasBlocks(resource: Resource, path: Path): boolean {
    return Array.isArray(at(this.#configOf(resource)?.['expressions'], path))
  }

  targetsOf(resource: Resource, path: Path): Targets {
    const config = this.#configOf(resource)
    const place = {
      module: resource.module,
      key: resource.key,
      forEach: texts(members(config?.['for_each_expression'])['references']),
    }
    const expression = this.#expressionAt(config, path) ?? this.#writtenIn(resource)
    return expression === undefined ? anything : this.#resolve(expression, place, deepest)
  }

  /** Nested blocks that are attributes at once have one list of references for all. */
  #expressionAt(config: Members | undefined, path: Path): readonly string[] | undefined {
    const expressions = config?.['expressions']
    for (const part of [path, path.slice(0, 1)]) {
      const references = referencesBelow(at(expressions, part))
      if (references.length > 0) return references
    }
    return undefined
  }

  /** Plans do not show dynamic blocks. */
  #writtenIn({ module, mode, type, name }: Resource): readonly string[] | undefined {
    const word = mode === 'data' ? 'data' : 'resource'
    const block = this.#source.block(callsOf(module).join('.'), word, type, name)
    return block && referencesIn(block.lines.join('\n')).filter((each) => !/^(each|count)\./.test(each))
  }

  #resolve(references: readonly string[], place: Place, depth: number): Targets {
    if (depth === 0) return anything
    const parsed = longest(references).flatMap((each) => parseReference(each) ?? [])
    const isIndexed = parsed.some(({ kind }) => kind === 'index')
    return union(parsed.map((each) => this.#followed(each, place, isIndexed, depth - 1)))
  }

  #followed(reference: Reference, place: Place, isIndexed: boolean, depth: number): Targets {
    switch (reference.kind) {
      case 'index':
        return nothing
      case 'each value':
        return picked(this.#resolve(place.forEach, place, depth), place.key)
      case 'var':
        return pickedIf(isIndexed, this.#variable(reference.name, place, depth), place.key)
      case 'local': {
        const written = this.#source.local(callsOf(place.module).join('.'), reference.name)
        return written === undefined ? anything : pickedIf(isIndexed, this.#resolve(written, place, depth), place.key)
      }
      case 'module':
        return pickedIf(isIndexed, this.#output(reference, place, depth), place.key)
      case 'resource':
        return this.#resources(reference, place, isIndexed)
      default:
        return reference satisfies never
    }
  }

  #resources(reference: Extract<Reference, { kind: 'resource' }>, place: Place, isIndexed: boolean): Targets {
    const { mode, type, name, key, attribute = 'id' } = reference
    const all = this.#byName.get(`${place.module} ${mode} ${type} ${name}`) ?? []
    const named = key === undefined ? all : all.filter((each) => each.key === key)
    const targets = { targets: named.flatMap((each) => targetsIn(each, attribute)), isOpen: false }
    return key === undefined ? pickedIf(isIndexed && all.length > 1, targets, place.key) : targets
  }

  #variable(name: string, { module }: Place, depth: number): Targets {
    if (module === '') return known(members(this.#document.variables[name])['value'])
    const [parent, call, key] = splitModule(module)
    const config = members(members(this.#moduleConfig(parent)?.['module_calls'])[call])
    const expression = members(members(config['expressions'])[name])
    if (Object.keys(expression).length === 0) {
      return known(members(members(members(config['module'])['variables'])[name])['default'])
    }
    if ('constant_value' in expression) return known(expression['constant_value'])
    const forEach = texts(members(config['for_each_expression'])['references'])
    return this.#resolve(referencesBelow(expression), { module: parent, key, forEach }, depth)
  }

  #output({ name, key, attribute }: Extract<Reference, { kind: 'module' }>, place: Place, depth: number): Targets {
    const prefix = place.module === '' ? `module.${name}` : `${place.module}.module.${name}`
    const modules = new Set(this.#document.resources.map(({ module }) => module))
    const instances = [...modules].flatMap((module) => instanceBelow(module, prefix) ?? [])
    const wanted = key === undefined ? instances : instances.filter((each) => splitModule(each)[2] === key)
    return union(
      [...new Set(wanted)].map((module) => {
        const outputs = members(this.#moduleConfig(module)?.['outputs'])
        const expression = members(members(outputs[attribute ?? ''])['expression'])
        if ('constant_value' in expression) return known(expression['constant_value'])
        return this.#resolve(referencesBelow(expression), { module, key: undefined, forEach: [] }, depth)
      }),
    )
  }

  #configOf({ module, mode, type, name }: Resource): Members | undefined {
    const resources = objects(this.#moduleConfig(module)?.['resources'])
    return resources.find((each) => each['mode'] === mode && each['type'] === type && each['name'] === name)
  }

  #moduleConfig(module: string): Members | undefined {
    return callsOf(module).reduce<Members | undefined>(
      (config, call) => members(members(members(config?.['module_calls'])[call])['module']),
      this.#document.configuration,
    )
  }
}

/** The calls of `module.a["x"].module.b`: `a`, `b`. */
export function callsOf(module: string): string[] {
  return Array.from(module.matchAll(/(?:^|\.)module\.([\w-]+)(?:\[(?:"[^"]*"|\d+)\])?/g), ([, call = '']) => call)
}

/** The module around, the last call, its key. */
function splitModule(module: string): [parent: string, call: string, key: Key | undefined] {
  const [, parent = '', call = '', key] = /^(?:(.*)\.)?module\.([\w-]+)(?:\[("[^"]*"|\d+)\])?$/.exec(module) ?? []
  return [parent, call, key === undefined ? undefined : (JSON.parse(key) as Key)]
}

/** `module.a` is the instance that `module.a[0].module.b` is below. */
function instanceBelow(module: string, prefix: string): string | undefined {
  if (module !== prefix && !module.startsWith(`${prefix}.`) && !module.startsWith(`${prefix}[`)) return undefined
  const [key = ''] = /^\[(?:"[^"]*"|\d+)\]/.exec(module.slice(prefix.length)) ?? []
  return `${prefix}${key}`
}

function targetsIn(resource: Resource, attribute: string): Target[] {
  const value = resource.values[attribute]
  if (value !== undefined && value !== null && !isUnknown(resource.unknown, [attribute])) {
    const found = textsBelow(value)
    if (found.length > 0) return found.map((text) => ({ kind: 'text', text }))
  }
  return [{ kind: 'resource', resource, attribute }]
}

function known(value: unknown): Targets {
  return { targets: textsBelow(value).map((text) => ({ kind: 'text', text })), isOpen: false }
}

function textsBelow(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsBelow)
  return isMembers(value) ? Object.values(value).flatMap(textsBelow) : []
}

function referencesBelow(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesBelow)
  if (!isMembers(expression)) return []
  if (Array.isArray(expression['references'])) return [...texts(expression['references'])]
  return Object.values(expression).flatMap(referencesBelow)
}

function union(all: readonly Targets[]): Targets {
  return { targets: all.flatMap(({ targets }) => targets), isOpen: all.some(({ isOpen }) => isOpen) }
}

function pickedIf(isIndexed: boolean, targets: Targets, key: Key | undefined): Targets {
  return isIndexed ? picked(targets, key) : targets
}

/** With an index, the instance of that key, else the one at that place; all of them where there is neither. */
function picked(targets: Targets, key: Key | undefined): Targets {
  if (key === undefined) return targets
  const same = targets.targets.filter((each) => each.kind === 'resource' && each.resource.key === key)
  if (same.length > 0) return { ...targets, targets: same }
  const nth = typeof key === 'number' ? targets.targets[key] : undefined
  return nth && !targets.isOpen ? { ...targets, targets: [nth] } : targets
}
