/** What an expression of a template comes to: a value, or that it is known only later. */

export type Value = string | number | boolean | null | Unknown | readonly Value[] | { readonly [key: string]: Value }
export type Record = { readonly [key: string]: unknown }

const mark = Symbol('unknown')

/** A value that the template alone does not tell. */
export interface Unknown {
  /** Why: a sentence's end, as in `it is …`. */
  readonly [mark]: string
}

export function unknown(why: string): Unknown {
  return { [mark]: why }
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && mark in value
}

export function whyUnknown(value: Unknown): string {
  return value[mark]
}

export function mappingOf(value: unknown): Record | undefined {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value)
  return isMapping ? (value as Record) : undefined
}

/** What is inside a mapping at a path like `VpcConfig.SubnetIds`. */
export function at(value: Value | undefined, path: string): Value | undefined {
  let found: Value | undefined = value
  for (const step of path.split('.')) {
    if (found === undefined || isUnknown(found)) return found
    found = mappingOf(found)?.[step] as Value | undefined
  }
  return found
}

/** Templates write numbers and truths as text as well. */
export function textOf(value: Value | undefined): string | Unknown | undefined {
  if (value === undefined || value === null) return undefined
  if (isUnknown(value)) return value
  return typeof value === 'object' ? unknown('no text') : String(value)
}

export function numberOf(value: Value | undefined): number | Unknown | undefined {
  const text = textOf(value)
  if (text === undefined || isUnknown(text)) return text
  return text.trim() !== '' && Number.isInteger(Number(text)) ? Number(text) : unknown(`no number but '${text}'`)
}

export function truthOf(value: Value | undefined): boolean | Unknown | undefined {
  const text = textOf(value)
  return text === undefined || isUnknown(text) ? text : text.toLowerCase() === 'true'
}

/** A list, or one value that stands for a list of it. */
export function listOf(value: Value | undefined): readonly Value[] | Unknown {
  if (value === undefined || value === null) return []
  if (isUnknown(value)) return value
  return Array.isArray(value) ? value : [value]
}

/** The text, or undefined where it is absent or not known. */
export function knownText(value: Value | undefined): string | undefined {
  const text = textOf(value)
  return typeof text === 'string' ? text : undefined
}
