/** A file that is of a known form and says something that cannot be; the message says what and where. */
export class BadImport extends Error {
  override readonly name = 'BadImport'
}
