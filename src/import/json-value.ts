/** JSON that others wrote, read leniently: a member that is not there, or of another type, is absent. */

export type Members = Readonly<Record<string, unknown>>

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object's members; none for anything else. */
export function members(value: unknown): Members {
  return isMembers(value) ? value : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The objects of a list. */
export function objects(value: unknown): readonly Members[] {
  return list(value).filter(isMembers)
}

/** Text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function texts(value: unknown): readonly string[] {
  return list(value).flatMap((each) => text(each) ?? [])
}

/** Numbers may be written as text. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined
}
