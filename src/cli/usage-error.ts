/** The command line makes no sense as a whole, though each option does: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
