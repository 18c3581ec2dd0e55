/** A template's parameters from the command line: as `aws cloudformation` takes them, or shorter. */

import { readFileSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

type Parameters = { [name: string]: string }

/** `Name=Value`, `ParameterKey=Name,ParameterValue=Value`, or a file of them as JSON. Throws UsageError. */
export function parametersFrom(words: readonly string[]): Parameters {
  return Object.assign({}, ...words.map(parametersIn)) as Parameters
}

function parametersIn(word: string): Parameters {
  const [, key, text] = /^ParameterKey=([^,=]+),ParameterValue=(.*)$/s.exec(word) ?? []
  if (key !== undefined && text !== undefined) return { [key]: text }
  const equals = word.indexOf('=')
  if (equals > 0 && !word.startsWith('file://')) return { [word.slice(0, equals)]: word.slice(equals + 1) }
  return parametersOfFile(word.replace(/^file:\/\//, ''))
}

/** A list of ParameterKey and ParameterValue, a `Parameters` mapping, or a mapping of names to values. */
function parametersOfFile(file: string): Parameters {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`--parameters takes Name=Value or a JSON file, and '${file}' is neither: ${why}`)
  }
  const rows = Array.isArray(value) ? value.map(rowOf) : Object.entries(mappingIn(value))
  return Object.fromEntries(rows.map(([name, each]) => [String(name), String(each)]))
}

function rowOf(row: unknown): [unknown, unknown] {
  const { ParameterKey, ParameterValue } = (row ?? {}) as { [name: string]: unknown }
  return [ParameterKey, ParameterValue]
}

function mappingIn(value: unknown): object {
  const mapping = (value ?? {}) as { readonly Parameters?: object }
  return mapping.Parameters ?? mapping
}
