/** What a timeline's `option` lines choose where AWS is silent, as the reference model reads them. */

export interface Choices {
  /** Each option as it was chosen last. */
  readonly words: ReadonlyMap<string, string>
  readonly timeouts: readonly (readonly [option: string, seconds: number])[]
}

export function choicesIn(text: string): Choices {
  const chosen = Array.from(text.matchAll(/^\s*option (\S+) ([^#\n]*)/gm), ([, name = '', value = '']) => {
    return [name, value.trim()] as const
  })
  const timeouts = chosen.filter(([name]) => name === 'timeout').map(([, value]) => value.split(/\s+/))
  return { words: new Map(chosen), timeouts: timeouts.map(([name = '', count]) => [name, Number(count)]) }
}

export function isChosen({ words }: Choices, option: string, value: string): boolean {
  return words.get(option) === value
}

export function chosenNumber({ words }: Choices, option: string, otherwise: number): number {
  return Number(words.get(option) ?? otherwise)
}

export function chosenSeconds({ timeouts }: Choices, option: string, otherwise: number): number {
  return timeouts.findLast(([name]) => name === option)?.[1] ?? otherwise
}
