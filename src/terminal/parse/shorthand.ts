/**
 * The CLI's shorthand for structures: `Name=vpc-id,Values=a,b`, `IpRanges=[{CidrIp=10.0.0.0/8}]`. What it
 * makes is text, lists and structures of text; `values.ts` gives them the types of the model.
 */

export class ShorthandError extends Error {
  override readonly name = 'ShorthandError'
}

export type Shorthand = string | Shorthand[] | ShorthandStructure
export interface ShorthandStructure {
  readonly [key: string]: Shorthand
}

const deepest = 50

/** Throws ShorthandError, in the CLI's words. */
export function parseShorthand(text: string): ShorthandStructure {
  return new ShorthandReader(text).structure()
}

const quotedValues = { "'": /'(?:\\\\|\\'|[^'])*'/y, '"': /"(?:\\\\|\\"|[^"])*"/y } as const
const quoteNames = { "'": 'singled quoted', '"': 'double quoted' } as const
/** Of a value's first character, of the others in the first value of a list, and of those in the next ones. */
const start = String.raw`!#-&(-+\--<>-Z\\-z|-￿`
const firstValue = new RegExp(String.raw`(?:\\,|[${start}])(?:\\,|[\s!#-&(-+\--\\^-|~-￿])*`, 'y')
const nextValue = new RegExp(String.raw`(?:\\,|[${start}])(?:\\,|[\s!#-&(-+\--<>-￿])*`, 'y')
const blank = /[ \t\n\r\v\f]/

class ShorthandReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  structure(): ShorthandStructure {
    const entries = new Map<string, Shorthand>()
    this.#entry(entries)
    let last = this.#at
    while (this.#at < this.#text.length) {
      this.#expect(',', true)
      const key = this.#key()
      this.#expect('=', true)
      const value = this.#values()
      if (entries.has(key)) throw this.#secondInstance(key, last + 1)
      entries.set(key, value)
      last = this.#at
    }
    return Object.fromEntries(entries)
  }

  #entry(entries: Map<string, Shorthand>): void {
    const key = this.#key()
    this.#expect('=', true)
    entries.set(key, this.#values())
  }

  #key(): string {
    return this.#matched(/[A-Za-z0-9\-_.#/:]*/y) ?? ''
  }

  #values(): Shorthand {
    const next = this.#text[this.#at]
    if (next === undefined) return ''
    if (next === '[') return this.#list()
    return next === '{' ? this.#literal() : this.#separated()
  }

  /** `a` or `a,b`; a comma before `key=` ends the value instead. */
  #separated(): Shorthand {
    const first = this.#firstValue()
    this.#skipBlanks()
    if (this.#text[this.#at] !== ',') return first
    const list = [first]
    for (;;) {
      this.#expect(',', true)
      const next = this.#isAtValue() ? this.#nextValue() : undefined
      this.#skipBlanks()
      const after = this.#text[this.#at]
      if (next !== undefined && after === undefined) return [...list, next]
      if (next === undefined || after !== ',') {
        if (this.#at >= this.#text.length) throw this.#expected('<second>', '<none>')
        // Back to the last comma, were it one inside of quotes: so the CLI has it.
        while (this.#text[this.#at] !== ',') this.#at--
        break
      }
      list.push(next)
    }
    return list.length === 1 ? first : list
  }

  #isAtValue(): boolean {
    const next = this.#text[this.#at]
    if (next === "'" || next === '"') return this.#looksAt(quotedValues[next])
    return this.#looksAt(nextValue)
  }

  #list(): Shorthand[] {
    return this.#nested(() => {
      this.#expect('[', true)
      const values: Shorthand[] = []
      while (this.#text[this.#at] !== ']') {
        values.push(this.#element())
        this.#separator(']')
      }
      this.#at++
      return values
    })
  }

  #literal(): ShorthandStructure {
    return this.#nested(() => {
      this.#expect('{', true)
      const entries = new Map<string, Shorthand>()
      while (this.#text[this.#at] !== '}') {
        const key = this.#key()
        this.#expect('=', true)
        entries.set(key, this.#element())
        this.#separator('}')
      }
      this.#at++
      return Object.fromEntries(entries)
    })
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new ShorthandError(`Nested more than ${deepest} deep`)
    const value = read()
    this.#depth--
    return value
  }

  #separator(end: string): void {
    this.#skipBlanks()
    if (this.#text[this.#at] === end) return
    this.#expect(',', false)
    this.#skipBlanks()
  }

  #element(): Shorthand {
    const next = this.#text[this.#at]
    if (next === '[') return this.#list()
    return next === '{' ? this.#literal() : this.#firstValue()
  }

  #firstValue(): string {
    return this.#quoted() ?? plain(this.#matched(firstValue) ?? '')
  }

  #nextValue(): string {
    return this.#quoted() ?? plain(this.#matched(nextValue) ?? '')
  }

  #quoted(): string | undefined {
    const quote = this.#text[this.#at]
    if (quote !== "'" && quote !== '"') return undefined
    const matched = this.#matched(quotedValues[quote])
    if (matched === undefined) throw this.#expected(`<${quoteNames[quote]}>`, '<none>')
    return matched.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\')
  }

  #matched(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    return pattern.test(this.#text)
  }

  #expect(character: string, skipsBlanks: boolean): void {
    if (skipsBlanks) this.#skipBlanks()
    const actual = this.#text[this.#at]
    if (actual !== character) throw this.#expected(character, actual ?? 'EOF')
    this.#at++
    if (skipsBlanks) this.#skipBlanks()
  }

  #skipBlanks(): void {
    while (blank.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #expected(expected: string, received: string): ShorthandError {
    const place = this.#place(this.#at)
    return new ShorthandError(`Expected: '${expected}', received: '${received}' for input:\n${place}`)
  }

  #secondInstance(key: string, at: number): ShorthandError {
    return new ShorthandError(
      `Second instance of key "${key}" encountered for input:\n${this.#place(at)}\n` +
        'This is often because there is a preceding "," instead of a space.',
    )
  }

  /** The text with a mark under the character. */
  #place(at: number): string {
    const lineStart = this.#text.lastIndexOf('\n', at - 1) + 1
    const lineEnd = this.#text.indexOf('\n', at)
    const end = lineEnd < 0 ? this.#text.length : lineEnd
    const mark = `${' '.repeat(at - (at === 0 ? 0 : lineStart))}^`
    return `${this.#text.slice(0, end)}\n${mark}${this.#text.slice(end)}`
  }
}

function plain(matched: string): string {
  return matched.replaceAll('\\,', ',').trimEnd()
}
