/** What `terraform show -json` printed, of a plan or of a state: resources, and how the configuration wrote them. */

import { isMembers, type Members, members, objects, text, texts } from '../json-value.ts'

export interface Resource {
  /** `module.web["a"].aws_instance.this[0]` */
  readonly address: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly name: string
  /** Of `for_each` or `count`. */
  readonly key: string | number | undefined
  /** `module.web["a"]`, empty for the root module. */
  readonly module: string
  readonly values: Members
  /** `true` wherever a value is known only after it is applied. */
  readonly unknown: unknown
}

export interface ResourceChange {
  readonly address: string
  readonly type: string
  readonly actions: readonly string[]
  readonly isPrior: boolean
}

export interface Document {
  readonly kind: 'plan' | 'state'
  /** As it will be, or as it is. */
  readonly resources: readonly Resource[]
  /** As it is, for a plan. */
  readonly prior: readonly Resource[]
  readonly changes: readonly ResourceChange[]
  /** `configuration.root_module`, for a plan. */
  readonly configuration: Members | undefined
  readonly variables: Members
  readonly region: string | undefined
}

export function isTerraform(value: unknown): boolean {
  if (!isMembers(value) || typeof value['format_version'] !== 'string') return false
  return isPlan(value) || isMembers(value['values']) || 'terraform_version' in value
}

function isPlan(value: Members): boolean {
  return isMembers(value['planned_values']) || Array.isArray(value['resource_changes'])
}

export function documentOf(value: unknown): Document {
  const root = members(value)
  if (!isPlan(root)) {
    const resources = resourcesOf(root['values'], new Map())
    return {
      kind: 'state',
      resources,
      prior: [],
      changes: [],
      configuration: undefined,
      variables: {},
      region: undefined,
    }
  }
  const changes = objects(root['resource_changes'])
  const unknown = new Map(
    changes.map((each) => [text(each['address']) ?? '', members(each['change'])['after_unknown']]),
  )
  const planned = resourcesOf(root['planned_values'], unknown)
  const prior = resourcesOf(members(root['prior_state'])['values'], new Map())
  const known = new Set(planned.map(({ address }) => address))
  const data = prior.filter(({ mode, address }) => mode === 'data' && !known.has(address))
  const configuration = members(root['configuration'])
  return {
    kind: 'plan',
    resources: [...planned, ...data, ...readLater(changes, known)],
    prior,
    changes: changes.map(changeOf),
    configuration: members(configuration['root_module']),
    variables: members(root['variables']),
    region: regionOf(configuration, members(root['variables'])),
  }
}

/** Data sources that wait for the apply. */
function readLater(changes: readonly Members[], known: ReadonlySet<string>): Resource[] {
  return changes
    .filter((each) => each['mode'] === 'data' && !known.has(text(each['address']) ?? ''))
    .flatMap((each) => {
      const change = members(each['change'])
      if (!texts(change['actions']).includes('read')) return []
      const module = text(each['module_address']) ?? ''
      return resourceOf({ ...each, values: change['after'] }, module, change['after_unknown'])
    })
}

function resourcesOf(values: unknown, unknown: ReadonlyMap<string, unknown>): Resource[] {
  return modulesBelow(members(members(values)['root_module'])).flatMap((module) =>
    objects(module['resources']).flatMap((each) =>
      resourceOf(each, text(module['address']) ?? '', unknown.get(text(each['address']) ?? '')),
    ),
  )
}

function modulesBelow(module: Members): Members[] {
  return [module, ...objects(module['child_modules']).flatMap(modulesBelow)]
}

function resourceOf(value: Members, module: string, unknown: unknown): Resource[] {
  const [address, type, name] = [text(value['address']), text(value['type']), text(value['name'])]
  if (address === undefined || type === undefined || name === undefined) return []
  const { index } = value
  const key = typeof index === 'string' || typeof index === 'number' ? index : undefined
  const mode = value['mode'] === 'data' ? 'data' : 'managed'
  return [{ address, mode, type, name, key, module, values: members(value['values']), unknown }]
}

function changeOf(value: Members): ResourceChange {
  const change = members(value['change'])
  return {
    address: text(value['address']) ?? '',
    type: text(value['type']) ?? '',
    actions: texts(change['actions']),
    isPrior: isMembers(change['before']),
  }
}

/** Where the provider is told one outright or by a variable. */
function regionOf(configuration: Members, variables: Members): string | undefined {
  const provider = members(members(configuration['provider_config'])['aws'])
  const region = members(members(provider['expressions'])['region'])
  const [reference] = texts(region['references'])
  const variable = members(variables[reference?.replace(/^var\./, '') ?? ''])
  return text(region['constant_value']) ?? text(variable['value'])
}

/** A path into values: names of members, indexes of lists. */
export type Path = readonly (string | number)[]

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner) && typeof step === 'number') return inner[step]
    return isMembers(inner) ? inner[String(step)] : undefined
  }, value)
}

/** Whether the value at the path, or any part of it, is known only after it is applied. */
export function isUnknown(unknown: unknown, path: Path): boolean {
  let inner = unknown
  for (const step of path) {
    if (inner === true) return true
    inner = at(inner, [step])
  }
  return holdsTrue(inner)
}

function holdsTrue(value: unknown): boolean {
  if (value === true) return true
  if (Array.isArray(value)) return value.some(holdsTrue)
  return isMembers(value) && Object.values(value).some(holdsTrue)
}
