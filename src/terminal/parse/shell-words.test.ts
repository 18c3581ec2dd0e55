import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Command, parseScript, quoteWord, ShellError, type Word } from './shell-words.ts'

/** Words with their quotes gone; `<NAME>` for a variable, `<<…>>` for an output, in capitals when quoted. */
function shown(script: readonly Command[]): string[][] {
  return script.map(({ assignments, words }) => [
    ...assignments.map(({ name, value }) => `${name}:=${wordShown(value)}`),
    ...words.map(wordShown),
  ])
}

function wordShown(word: Word): string {
  return word
    .map((part) => {
      if (part.kind === 'text') return part.text
      const inside = part.kind === 'variable' ? part.name : `<${shown(part.script).flat().join(' ')}>`
      return part.isQuoted ? `<"${inside}">` : `<${inside}>`
    })
    .join('')
}

describe('a script is read as a shell reads it', () => {
  test.each<readonly [string, readonly (readonly string[])[]]>([
    ['', []],
    ['  \n\n ; \n', []],
    ['aws ec2  describe-vpcs', [['aws', 'ec2', 'describe-vpcs']]],
    ['a \'b c\' "d e" f\\ g', [['a', 'b c', 'd e', 'f g']]],
    ['a\'b\'"c"d', [['abcd']]],
    ['a \'\' ""', [['a', '', '']]],
    ['a "\\$ \\" \\\\ \\x \'"', [['a', '$ " \\ \\x \'']]],
    ['a "b\\\nc" d\\\ne', [['a', 'bc', 'de']]],
    ['a \\\n  b \\\r\n c', [['a', 'b', 'c']]],
    ['a\nb; c\r\nd', [['a'], ['b'], ['c'], ['d']]],
    ['# all of it', []],
    ["a # the rest ' $( |\nb#c", [['a'], ['b#c']]],
    ['A=1 B="x y" c D=2', [['A:=1', 'B:=x y', 'c', 'D=2']]],
    ['A=', [['A:=']]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell.
    ['a $B ${C} "$D-${E}" $? \'$F\' \\$G $', [['a', '<B>', '<C>', '<"D">-<"E">', '<?>', '$F', '$G', '$']]],
    ['A=$(aws x; b "c")', [['A:=<<aws x b c>>']]],
    ['a "$(b $(c))"', [['a', '<"<b <<c>>>">']]],
    ["a '\n'", [['a', '\n']]],
    ['a [{b=c}] ~ * !', [['a', '[{b=c}]', '~', '*', '!']]],
  ])('%j', (text, commands) => {
    expect(shown(parseScript(text))).toEqual(commands)
  })

  test.each([
    ['a | b', 'this terminal has no pipes (`|`); use --query to pick from an answer'],
    ['a > b', 'this terminal has no redirections (`>`)'],
    ['a < b', 'this terminal has no redirections (`<`)'],
    ['a && b', 'this terminal has no `&`; put commands on lines of their own'],
    ['(a)', 'this terminal has no subshells (`(`)'],
    ['a `b`', 'this terminal has no backquotes; write $(…)'],
    ['a "`b`"', 'this terminal has no backquotes; write $(…)'],
    ['a)', "syntax error near unexpected token `)'"],
    ["a 'b", "unexpected EOF while looking for matching `''"],
    ['a "b', 'unexpected EOF while looking for matching `"\''],
    ['a "b\\', 'unexpected EOF while looking for matching `"\''],
    ['a $(b', "unexpected EOF while looking for matching `)'"],
    ['a $((1))', 'this terminal has no arithmetic (`$((`)'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell.
    ['a ${B:-c}', 'this terminal has $NAME and no form of `${` beyond a name in braces'],
    ["a $'b'", "this terminal has no $'…'; use '…'"],
    ['$('.repeat(9), '$(…) is nested more than 8 deep'],
    ['a'.repeat(65_537), 'the line is longer than 65536 characters'],
  ])('%j is refused', (text, message) => {
    expect(() => parseScript(text)).toThrow(new ShellError(message))
  })

  test('a quoted text is one word that says the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(shown(parseScript(`x ${quoteWord(text)}`))).toEqual([['x', text]])
      }),
    )
  })

  test('nothing that is typed is more than a ShellError', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '\\',
      '$',
      '$(',
      ')',
      '${',
      '}',
      '#',
      '\n',
      '=',
      'A',
      ' ',
      '|',
      ';',
      '`',
      '\r',
    )
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(typed, (text) => {
        try {
          parseScript(text)
        } catch (cause) {
          expect(cause).toBeInstanceOf(ShellError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
