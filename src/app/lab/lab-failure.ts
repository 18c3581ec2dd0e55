/** The system did not do what the lab asked of it. The message is for the operator. */
export class LabFailure extends Error {
  override readonly name = 'LabFailure'
}
