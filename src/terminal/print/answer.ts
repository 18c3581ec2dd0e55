/** What an action answered as the CLI sees it: members in the model's order, times as Python writes them. */

import { isScalar, membersOf, outputShapeOf } from '../../ec2/protocol/shape.ts'
import type { ActionName } from '../../ec2/protocol/types.generated.ts'

/** Data without behaviour: no key of a query leads to a method. */
export type Answer = Record<string, unknown>

export function answerOf(action: ActionName, output: object): Answer {
  const shape = outputShapeOf(action)
  return shape === undefined ? emptyAnswer() : structureOf(shape, output)
}

export function emptyAnswer(): Answer {
  return Object.create(null) as Answer
}

function structureOf(shape: string, value: object): Answer {
  const answer = emptyAnswer()
  const given = value as Readonly<Record<string, unknown>>
  for (const { name, type, isList } of membersOf(shape)) {
    const member = given[name]
    if (member === undefined) continue
    answer[name] = isList ? (member as readonly unknown[]).map((item) => itemOf(type, item)) : itemOf(type, member)
  }
  return answer
}

function itemOf(type: string, value: unknown): unknown {
  if (!isScalar(type)) return structureOf(type, value as object)
  return type === 'timestamp' ? isoText(value as number) : value
}

/** `2026-11-22T10:00:00+00:00`; fractions are there only when there are any. */
function isoText(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.000Z$/, '+00:00')
    .replace(/(\.\d{3})Z$/, '$1000+00:00')
}
