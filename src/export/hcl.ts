/** Terraform's language, as far as it is written here: blocks, strings, lists, maps, and references as they are. */

const isExpression = Symbol('expression')
const areBlocks = Symbol('blocks')

/** Printed as it is: `aws_vpc.main.id`. */
export interface Expression {
  readonly [isExpression]: string
}

/** Printed as blocks that follow each other, each under the argument's name. */
interface Blocks {
  readonly [areBlocks]: readonly Block[]
}

type Argument =
  | string
  | number
  | boolean
  | Expression
  | Blocks
  | readonly Argument[]
  | { readonly [key: string]: string }

/** Arguments that are undefined are left out. */
export interface Block {
  readonly [name: string]: Argument | undefined
}

export function expression(text: string): Expression {
  return { [isExpression]: text }
}

export function blocks(all: readonly Block[]): Blocks {
  return { [areBlocks]: all }
}

/** `resource "aws_vpc" "main" { … }` */
export function hcl(keyword: string, labels: readonly string[], body: Block): string {
  return `${[keyword, ...labels.map(quoted)].join(' ')} {\n${bodyText(body, '  ')}}\n`
}

/** Arguments before blocks, equals signs in line, as `terraform fmt` has it. */
function bodyText(body: Block, indent: string): string {
  const entries = Object.entries(body).filter((entry): entry is [string, Argument] => entry[1] !== undefined)
  const plain = entries.filter(([, value]) => !(typeof value === 'object' && areBlocks in value))
  const texts = plain.map(([name, value]) => [name, valueText(value, indent)] as const)
  const width = Math.max(0, ...texts.map(([name, text]) => (text.includes('\n') ? 0 : name.length)))
  const lines = texts.map(([name, text]) => {
    return `${indent}${text.includes('\n') ? name : name.padEnd(width)} = ${text}\n`
  })
  const inner = entries.flatMap(([name, value]) => {
    const all = typeof value === 'object' && areBlocks in value ? value[areBlocks] : []
    return all.map((each) => `${indent}${name} {\n${bodyText(each, `${indent}  `)}${indent}}\n`)
  })
  return [...(lines.length > 0 ? [lines.join('')] : []), ...inner].join('\n')
}

function valueText(value: Argument, indent: string): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object') return String(value)
  if (isExpression in value) return value[isExpression] as string
  if (Array.isArray(value)) return `[${value.map((each) => valueText(each, indent)).join(', ')}]`
  const entries = Object.entries(value as { readonly [key: string]: string })
  const keys = entries.map(([key]) => (/^[A-Za-z_][\w-]*$/.test(key) ? key : quoted(key)))
  const width = Math.max(...keys.map((key) => key.length))
  const lines = entries.map(([, each], index) => `${indent}  ${(keys[index] ?? '').padEnd(width)} = ${quoted(each)}\n`)
  return `{\n${lines.join('')}${indent}}`
}

/** Templates begin with `${` or `%{`, which is doubled in plain text. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, '$1$1{')
}
