/** One word of a closed list, as a request gives it. */

import { reject } from '../../model/rejection.ts'

/** `given` if it is one of `allowed`, or undefined if nothing was given. */
export function choice<T extends string>(
  given: string | undefined,
  allowed: readonly T[],
  name: string,
): T | undefined {
  if (given === undefined || given === '') return undefined
  const chosen = allowed.find((each) => each === given)
  return (
    chosen ?? reject('InvalidParameterValue', { value: given, name, reason: `Valid values: ${allowed.join(', ')}.` })
  )
}
