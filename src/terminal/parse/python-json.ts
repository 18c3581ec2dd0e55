/** JSON whose mistakes are worded and counted as Python's json module does, because the CLI prints them. */

export class JsonError extends Error {
  override readonly name = 'JsonError'
}

const deepest = 100

/** Throws JsonError. */
export function parseJson(text: string): unknown {
  return new JsonReader(text).document()
}

const blanks = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids these in texts.
const characters = /[^"\\\u0000-\u001f]*/y
const words = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
])

class JsonReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): unknown {
    this.#match(blanks)
    const value = this.#value()
    this.#match(blanks)
    if (this.#at < this.#text.length) throw this.#mistake('Extra data')
    return value
  }

  #value(): unknown {
    const next = this.#text[this.#at]
    if (next === '"') return this.#string()
    if (next === '{') return this.#nested(() => this.#object())
    if (next === '[') return this.#nested(() => this.#array())
    for (const [word, value] of words) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    const digits = this.#match(number)
    if (digits === '') throw this.#mistake('Expecting value')
    return Number(digits)
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw this.#mistake(`Nested more than ${deepest} deep`)
    const value = read()
    this.#depth--
    return value
  }

  #object(): unknown {
    const entries: [string, unknown][] = []
    this.#at++
    this.#match(blanks)
    if (this.#takes('}')) return {}
    do {
      this.#match(blanks)
      if (this.#text[this.#at] !== '"') throw this.#mistake('Expecting property name enclosed in double quotes')
      const key = this.#string()
      this.#match(blanks)
      if (!this.#takes(':')) throw this.#mistake("Expecting ':' delimiter")
      this.#match(blanks)
      entries.push([key, this.#value()])
      this.#match(blanks)
    } while (this.#takes(','))
    if (!this.#takes('}')) throw this.#mistake("Expecting ',' delimiter")
    return Object.fromEntries(entries)
  }

  #array(): unknown {
    const values: unknown[] = []
    this.#at++
    this.#match(blanks)
    if (this.#takes(']')) return values
    do {
      this.#match(blanks)
      values.push(this.#value())
      this.#match(blanks)
    } while (this.#takes(','))
    if (!this.#takes(']')) throw this.#mistake("Expecting ',' delimiter")
    return values
  }

  #string(): string {
    const begin = this.#at++
    let text = ''
    for (;;) {
      text += this.#match(characters)
      const next = this.#text[this.#at]
      if (next === undefined) throw this.#mistake('Unterminated string starting at', begin)
      if (next === '"') {
        this.#at++
        return text
      }
      if (next !== '\\') throw this.#mistake('Invalid control character at')
      text += this.#escape(begin)
    }
  }

  #escape(begin: number): string {
    const next = this.#text[this.#at + 1]
    if (next === undefined) throw this.#mistake('Unterminated string starting at', begin)
    const length = next === 'u' ? 6 : 2
    const written = this.#text.slice(this.#at, this.#at + length)
    if (next === 'u' && !/^\\u[0-9a-fA-F]{4}$/.test(written)) {
      throw this.#mistake('Invalid \\uXXXX escape', this.#at + 1)
    }
    if (!'"\\/bfnrtu'.includes(next)) throw this.#mistake('Invalid \\escape')
    this.#at += length
    return JSON.parse(`"${written}"`) as string
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #mistake(what: string, at = this.#at): JsonError {
    const before = this.#text.slice(0, at)
    const line = before.split('\n').length
    const column = at - before.lastIndexOf('\n')
    return new JsonError(`${what}: line ${line} column ${column} (char ${at})`)
  }
}
