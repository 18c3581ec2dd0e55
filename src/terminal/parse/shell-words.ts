/**
 * Reads a script as a POSIX shell would, as far as pasted `aws` lines go: quotes, backslashes, comments,
 * assignments, `$NAME` and `$(…)`. What a shell has beyond that is refused by name, never guessed.
 */

export class ShellError extends Error {
  override readonly name = 'ShellError'
}

/** A stretch of a word; what is quoted is never split at blanks. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly isQuoted: boolean }
  | { readonly kind: 'output'; readonly script: Script; readonly isQuoted: boolean }

export type Word = readonly Part[]

export interface Assignment {
  readonly name: string
  readonly value: Word
}

/** The assignments in front of the words; alone, they are the shell's own. */
export interface Command {
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
}

export type Script = readonly Command[]

const longestScript = 65_536
const deepestNesting = 8

/** Throws ShellError. */
export function parseScript(text: string): Script {
  if (text.length > longestScript) throw new ShellError(`the line is longer than ${longestScript} characters`)
  const reader = new Reader(text)
  return reader.script(0)
}

/** The text as one word of a shell, which is not the first: there `a=b` is an assignment. */
export function quoteWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

const operators: Readonly<Record<string, string>> = {
  '|': 'pipes (`|`); use --query to pick from an answer',
  '&': '`&`; put commands on lines of their own',
  '<': 'redirections (`<`)',
  '>': 'redirections (`>`)',
  '(': 'subshells (`(`)',
  '`': 'backquotes; write $(…)',
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Commands to the end of the text or, inside `$(`, to its parenthesis. */
  script(depth: number): Script {
    const commands: Command[] = []
    for (;;) {
      this.#skip(/[ \t\r\n;]/)
      const next = this.#next
      if (next === undefined) break
      if (next === ')' && depth > 0) break
      if (this.#skipComment()) continue
      const command = this.#command(depth)
      if (command) commands.push(command)
    }
    return commands
  }

  #command(depth: number): Command | undefined {
    const assignments: Assignment[] = []
    const words: Word[] = []
    for (;;) {
      this.#skip(/[ \t\r]/)
      const next = this.#next
      if (next === undefined || next === '\n' || next === ';' || next === ')') break
      if (this.#skipComment()) break
      const assignment = words.length === 0 ? this.#assignment(depth) : undefined
      if (assignment) assignments.push(assignment)
      else words.push(this.#word(depth))
    }
    if (this.#next === ')' && depth === 0) throw new ShellError("syntax error near unexpected token `)'")
    return assignments.length + words.length > 0 ? { assignments, words } : undefined
  }

  #assignment(depth: number): Assignment | undefined {
    const [whole, name] = this.#match(/[A-Za-z_][A-Za-z0-9_]*(?==)/y) ? this.#last : []
    if (whole === undefined || name === undefined) return undefined
    this.#at++
    return { name, value: this.#word(depth) }
  }

  #word(depth: number): Word {
    const parts: Part[] = []
    for (;;) {
      const next = this.#next
      if (next === undefined || /[ \t\r\n;)]/.test(next)) return parts
      const refused = operators[next]
      if (refused !== undefined) throw new ShellError(`this terminal has no ${refused}`)
      if (next === "'") parts.push(this.#singleQuoted())
      else if (next === '"') parts.push(...this.#doubleQuoted(depth))
      else if (next === '\\') parts.push(...this.#escaped())
      else if (next === '$') parts.push(this.#dollar(depth, false))
      else parts.push({ kind: 'text', text: this.#take(/[^ \t\r\n;)'"\\$|&<>(`]+/y) })
    }
  }

  #singleQuoted(): Part {
    const end = this.#text.indexOf("'", this.#at + 1)
    if (end < 0) throw new ShellError("unexpected EOF while looking for matching `''")
    const text = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return { kind: 'text', text }
  }

  #doubleQuoted(depth: number): Part[] {
    // Even an empty pair makes a word.
    const parts: Part[] = [{ kind: 'text', text: '' }]
    this.#at++
    for (;;) {
      const next = this.#next
      if (next === undefined) throw new ShellError('unexpected EOF while looking for matching `"\'')
      if (next === '`') throw new ShellError(`this terminal has no ${operators['`']}`)
      if (next === '"') {
        this.#at++
        return parts
      }
      if (next === '$') parts.push(this.#dollar(depth, true))
      else if (next === '\\') parts.push({ kind: 'text', text: this.#escapedInQuotes() })
      else parts.push({ kind: 'text', text: this.#take(/[^"$\\`]+/y) })
    }
  }

  #escaped(): Part[] {
    const after = this.#text[this.#at + 1]
    this.#at += 2
    if (after === '\n') return []
    return [{ kind: 'text', text: after ?? '\\' }]
  }

  #escapedInQuotes(): string {
    const after = this.#text[this.#at + 1]
    this.#at += 2
    if (after === undefined) throw new ShellError('unexpected EOF while looking for matching `"\'')
    if (after === '\n') return ''
    return '$`"\\'.includes(after) ? after : `\\${after}`
  }

  #dollar(depth: number, isQuoted: boolean): Part {
    if (this.#match(/\$([A-Za-z_][A-Za-z0-9_]*|\?)/y) || this.#match(/\$\{([A-Za-z_][A-Za-z0-9_]*|\?)\}/y)) {
      return { kind: 'variable', name: this.#last[1] ?? '', isQuoted }
    }
    if (this.#match(/\$\(\(/y)) throw new ShellError('this terminal has no arithmetic (`$((`)')
    if (this.#match(/\$\(/y)) return this.#output(depth, isQuoted)
    if (this.#match(/\$\{/y))
      throw new ShellError('this terminal has $NAME and no form of `${` beyond a name in braces')
    if (!isQuoted && this.#match(/\$(?=['"])/y)) throw new ShellError("this terminal has no $'…'; use '…'")
    this.#at++
    return { kind: 'text', text: '$' }
  }

  #output(depth: number, isQuoted: boolean): Part {
    if (depth === deepestNesting) throw new ShellError(`$(…) is nested more than ${deepestNesting} deep`)
    const script = this.script(depth + 1)
    if (this.#next !== ')') throw new ShellError("unexpected EOF while looking for matching `)'")
    this.#at++
    return { kind: 'output', script, isQuoted }
  }

  get #next(): string | undefined {
    // A backslash before the end of the line joins it to the next, in quotes or out, between words or within.
    while (this.#match(/\\\r?\n/y));
    return this.#text[this.#at]
  }

  #last: readonly string[] = []

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return false
    this.#last = [found[0], found[1] ?? found[0]]
    this.#at = pattern.lastIndex
    return true
  }

  #take(pattern: RegExp): string {
    // The caller saw a character that the pattern takes.
    return this.#match(pattern) ? (this.#last[0] ?? '') : (this.#text[this.#at++] ?? '')
  }

  #skip(pattern: RegExp): void {
    for (let next = this.#next; next !== undefined && pattern.test(next); next = this.#next) this.#at++
  }

  #skipComment(): boolean {
    if (this.#next !== '#') return false
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#text.length : end
    return true
  }
}
