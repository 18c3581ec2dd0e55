/** Content by its id, where the id is known to be one of the list. */

import { invariant } from '../../base/invariant.ts'

export function named<T extends { readonly id: string }>(rows: readonly T[], id: string): T {
  const row = rows.find((each) => each.id === id)
  invariant(row, `${id} is one of the list`)
  return row
}
