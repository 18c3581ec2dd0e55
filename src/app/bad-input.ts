/** What was sent to one of Sallyport's own paths makes no sense; the message says what would. */
export class BadInput extends Error {
  override readonly name = 'BadInput'
}
