/** The system did not do what was asked of it. The message is for the operator. */
export class SystemFailure extends Error {
  override readonly name = 'SystemFailure'
}
