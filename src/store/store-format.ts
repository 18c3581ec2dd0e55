/** The version of the tables, which a store states in `meta`; an older program must not guess at a newer one. */

import { StoreFailure } from './store.ts'

/** Counts up with every change of the tables that an older program could not read. */
export const storeFormat = 1

/** `place` names the file or the database. */
export function requireKnownFormat(place: string, format: unknown): void {
  if (Number(format) === storeFormat) return
  throw new StoreFailure(
    Number(format) > storeFormat
      ? `${place} was written by a newer version of Sallyport (format ${String(format)}; this version reads ` +
          `${storeFormat}). It was left as it is: use the newer version.`
      : `${place} is damaged: it does not state a format this version knows. It was left as it is.`,
  )
}
