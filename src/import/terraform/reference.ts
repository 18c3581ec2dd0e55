/** One reference of an expression, as plans list them and as configuration files spell them. */

export type Key = string | number

export type Reference =
  | ({
      readonly kind: 'resource'
      readonly mode: 'managed' | 'data'
      readonly type: string
      readonly name: string
    } & Tail)
  | ({ readonly kind: 'module'; readonly name: string } & Tail)
  | { readonly kind: 'var' | 'local'; readonly name: string }
  | { readonly kind: 'each value' }
  /** `each.key`, `count.index` */
  | { readonly kind: 'index' }

interface Tail {
  readonly key: Key | undefined
  /** The first attribute, or the output. */
  readonly attribute: string | undefined
}

/** Undefined for what names no value of the configuration: `path.module`, `terraform.workspace`. */
export function parseReference(text: string): Reference | undefined {
  const [head = '', ...rest] = stepsOf(text)
  const [second = '', ...tail] = rest
  if (head === 'var' || head === 'local') return second === '' ? undefined : { kind: head, name: String(second) }
  if (head === 'each') return second === 'value' ? { kind: 'each value' } : { kind: 'index' }
  if (head === 'count') return { kind: 'index' }
  if (head === 'module') return { kind: 'module', name: String(second), ...tailOf(tail) }
  if (head === 'data') {
    const [name = '', ...more] = tail
    return { kind: 'resource', mode: 'data', type: String(second), name: String(name), ...tailOf(more) }
  }
  if (typeof head !== 'string' || !head.includes('_') || second === '') return undefined
  return { kind: 'resource', mode: 'managed', type: head, name: String(second), ...tailOf(tail) }
}

function tailOf(steps: readonly (Key | '*')[]): Tail {
  const [first, second] = steps
  if (first === undefined) return { key: undefined, attribute: undefined }
  if (first === '*') return { key: undefined, attribute: nameOf(second) }
  if (typeof first === 'number') return { key: first, attribute: nameOf(second) }
  return first.startsWith('"')
    ? { key: first.slice(1), attribute: nameOf(second) }
    : { key: undefined, attribute: first }
}

function nameOf(step: Key | undefined): string | undefined {
  return typeof step === 'string' && !step.startsWith('"') ? step : undefined
}

/** Names as they are, numbers of indexes as numbers, texts of indexes with a quote before them. */
function stepsOf(text: string): (Key | '*')[] {
  const steps: Key[] = []
  for (const [, name, number, key, other] of text.matchAll(
    /(?:^|\.)([\w-]+|\*)|\[(\d+)\]|\["([^"]*)"\]|\[([^\]]*)\]/g,
  )) {
    if (name !== undefined) steps.push(name)
    else if (number !== undefined) steps.push(Number(number))
    else if (key !== undefined) steps.push(`"${key}`)
    else if (other !== undefined) steps.push('*')
  }
  return steps
}

/** Plans list `a.b.id` with its shorter forms `a.b`: those say nothing more. */
export function longest(references: readonly string[]): string[] {
  const all = [...new Set(references)]
  return all.filter((one) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)))
}
