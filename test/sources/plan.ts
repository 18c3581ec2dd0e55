/** Plans as `terraform show -json` prints them, as far as a test is about them. */

import { documentOf } from '../../src/import/terraform/document.ts'
import type { TerraformSource } from '../../src/import/terraform/read-terraform.ts'
import { type ConfigurationFile, SourceText } from '../../src/import/terraform/source-text.ts'

type Json = Readonly<Record<string, unknown>>

export interface Planned {
  /** As it will be; what is not in it and in `refs` is known after the apply. */
  readonly is?: Json
  /** As it is. */
  readonly was?: Json
  /** References of attributes whose value is not known yet. */
  readonly refs?: Readonly<Record<string, readonly string[]>>
  /** Of nested parts: what is unknown, in Terraform's own form. */
  readonly unknown?: Json
  /** Expressions in Terraform's own form. */
  readonly expressions?: Json
  readonly forEach?: readonly string[]
  readonly actions?: readonly string[]
}

/** By address; those with a key are instances of one resource. */
export function plan(resources: Readonly<Record<string, Planned>>, more: Json = {}): Json {
  const all = Object.entries(resources).map(([address, planned]) => ({ ...named(address), address, planned }))
  const managed = all.filter(({ planned }) => planned.is !== undefined)
  const config = new Map(
    all.map(({ type, name, mode, planned }) => [
      `${mode} ${type}.${name}`,
      {
        mode,
        type,
        name,
        expressions: {
          ...constants(planned.is ?? {}),
          ...Object.fromEntries(Object.entries(planned.refs ?? {}).map(([key, references]) => [key, { references }])),
          ...planned.expressions,
        },
        ...(planned.forEach && { for_each_expression: { references: planned.forEach } }),
      },
    ]),
  )
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: { resources: managed.map(({ planned, ...each }) => ({ ...each, values: planned.is })) },
    },
    resource_changes: all.map(({ planned, ...each }) => ({
      ...each,
      change: {
        actions: planned.actions ?? [planned.was === undefined ? 'create' : 'update'],
        before: planned.was ?? null,
        after: planned.is ?? null,
        after_unknown: { ...pending(planned), ...planned.unknown },
      },
    })),
    prior_state: {
      values: {
        root_module: {
          resources: all
            .filter(({ planned }) => planned.was !== undefined)
            .map(({ planned, ...each }) => ({ ...each, values: planned.was })),
        },
      },
    },
    configuration: { root_module: { resources: [...config.values()] } },
    ...more,
  }
}

function named(address: string) {
  const [, data, type = '', name = '', key] = /^(data\.)?(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(address) ?? []
  const mode = data === undefined ? 'managed' : 'data'
  return { mode, type, name, ...(key === undefined ? {} : { index: JSON.parse(key) as unknown }) }
}

function constants(values: Json): Json {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { constant_value: value }]))
}

/** Ids are known once a resource is there. */
function pending({ is, was, refs = {} }: Planned): Json {
  const own = is?.['id'] === undefined && was === undefined ? ['id'] : []
  return Object.fromEntries([...own, ...Object.keys(refs)].map((key) => [key, true]))
}

export function sourceOf(value: unknown, ...files: readonly ConfigurationFile[]): TerraformSource {
  return { document: documentOf(value), source: new SourceText(files), file: 'plan.json' }
}
