/** A line of notation, word by word: worlds, packets and timelines are read with it. */

/** Text that does not make sense; the message says what was expected. */
export class NotationError extends Error {
  override readonly name = 'NotationError'
}

export class Words {
  readonly #words: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#words = text
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '')
  }

  get next(): string | undefined {
    return this.#words[this.#at]
  }

  take(what: string): string {
    const word = this.next
    if (word === undefined) throw new NotationError(`${what} is missing`)
    this.#at++
    return word
  }

  takeWhen(test: (word: string) => boolean): string | undefined {
    return this.next !== undefined && test(this.next) ? this.take('a word') : undefined
  }

  takeIf(word: string): boolean {
    if (this.next !== word) return false
    this.#at++
    return true
  }

  takeWhile(test: (word: string) => boolean): string[] {
    const taken: string[] = []
    while (this.next !== undefined && test(this.next)) taken.push(this.take('a word'))
    return taken
  }

  oneOf<W extends string>(words: readonly W[], what: string): W {
    const taken = this.take(what)
    const word = words.find((each) => each === taken)
    if (word === undefined) throw new NotationError(`'${taken}' is not ${what}: use ${words.join(', ')}`)
    return word
  }

  expect(word: string): void {
    if (!this.takeIf(word)) throw new NotationError(`'${word}' is expected before '${this.next ?? 'the end'}'`)
  }

  number(what: string): number {
    const text = this.take(what)
    if (!/^\d{1,9}$/.test(text)) throw new NotationError(`'${text}' is no number of ${what}`)
    return Number(text)
  }

  end(): void {
    if (this.next !== undefined) throw new NotationError(`'${this.next}' is one word too many`)
  }
}
