/** Help in a screenful: names and forms. The CLI shows a manual page here. */

import { isScalar, type Member } from '../ec2/protocol/shape.ts'
import { type Operation, type Option, operationNames } from './input/operation.ts'

const globals =
  'options of every command: --query JMESPATH  --output json|text|table  --region  --no-paginate  --no-cli-pager'

export function topHelp(): string {
  return `aws ec2 OPERATION [options]      aws ec2 help lists the operations
aws sts get-caller-identity      whose account this is

${globals}
`
}

export function ec2Help(): string {
  const width = Math.max(...operationNames.map(({ length }) => length)) + 2
  const half = Math.ceil(operationNames.length / 2)
  const rows = operationNames
    .slice(0, half)
    .map((name, at) => `  ${name.padEnd(width)}${operationNames[at + half] ?? ''}`.trimEnd())
  return `aws ec2 OPERATION [options]; aws ec2 OPERATION help lists its options\n\n${rows.join('\n')}\n\n${globals}\n`
}

export function operationHelp({ action, name, options }: Operation): string {
  const shown = options.filter(({ isHidden }) => !isHidden)
  const width = Math.max(...shown.map((option) => option.name.length)) + 4
  const rows = shown.map((option) => {
    const required = option.isRequired ? '  (required)' : ''
    return `  ${`--${option.name}`.padEnd(width)}${formOf(option)}${required}`.trimEnd()
  })
  return `aws ec2 ${name}: ${action}\n\n${rows.join('\n')}\n\n${globals}\n`
}

function formOf({ arity, meaning }: Option): string {
  if (arity === 'none') return ''
  if (meaning.kind === 'whole input') return 'JSON of the whole input'
  if (meaning.kind === 'skeleton') return '[input|output]'
  if (meaning.kind === 'attribute') return '[Value=true|false]'
  if (meaning.kind !== 'member') return arity === 'any' ? 'VALUE ...' : 'VALUE'
  return `${wordOf(meaning.member)}${arity === 'any' ? ' ...' : ''}`
}

function wordOf({ type }: Member): string {
  return isScalar(type) ? type.toUpperCase() : 'Key=Value,... or JSON'
}
