/** Modify… calls that take one attribute per call (spec 8.1, 8.2). */

import { reject } from '../../model/rejection.ts'

/** The one of `names` that the input gives. */
export function oneAttribute<K extends string>(input: { readonly [P in K]?: unknown }, names: readonly K[]): K {
  const given = names.filter((name) => input[name] !== undefined)
  const [only] = given
  if (only === undefined) reject('ModifiedAttributeMissing')
  if (given.length > 1) {
    const spelled = given.map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`)
    reject('ModifiedAttributesSeveral', { attributes: spelled.sort().join(', ') })
  }
  return only
}
