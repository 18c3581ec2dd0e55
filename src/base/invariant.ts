/** A promise this program makes to itself. A caller's mistake is a Rejection instead. */

export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
}

/** Throws BrokenInvariant unless `holds`; `what` states the fact that should have been true. */
export function invariant(holds: unknown, what: string): asserts holds {
  if (!holds) throw new BrokenInvariant(what)
}
