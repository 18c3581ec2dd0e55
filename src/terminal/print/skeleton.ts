/** `--generate-cli-skeleton`: an input, or an answer, with all its members and nothing in them. */

import { inputShapeOf, isScalar, membersOf, outputShapeOf, type ScalarType } from '../../ec2/protocol/shape.ts'
import type { ActionName } from '../../ec2/protocol/types.generated.ts'
import { usageError } from '../cli-error.ts'
import { pythonLiteral } from './python-text.ts'

/** Throws CliError for a kind other than `input` and `output`. */
export function skeletonOf(action: ActionName, kind: string): string {
  if (kind !== 'input' && kind !== 'output') {
    throw usageError(`argument --generate-cli-skeleton: Invalid choice: ${pythonLiteral(kind)}, use input or output`)
  }
  const shape = kind === 'input' ? inputShapeOf(action) : outputShapeOf(action)
  return `${JSON.stringify(shape === undefined ? {} : emptyStructure(shape, kind, []), undefined, 4)}\n`
}

type Kind = 'input' | 'output'

const emptyInputs: Readonly<Record<ScalarType, unknown>> = {
  string: '',
  number: 0,
  boolean: true,
  timestamp: '1970-01-01T00:00:00',
  blob: '',
}

function emptyStructure(shape: string, kind: Kind, around: readonly string[]): object {
  if (around.includes(shape)) return {}
  const inside = [...around, shape]
  return Object.fromEntries(
    membersOf(shape).map(({ name, type, isList }) => {
      const item = isScalar(type) ? emptyScalar(name, type, kind) : emptyStructure(type, kind, inside)
      return [name, isList ? [item] : item]
    }),
  )
}

function emptyScalar(name: string, type: ScalarType, kind: Kind): unknown {
  return kind === 'output' && type === 'string' ? name : emptyInputs[type]
}
