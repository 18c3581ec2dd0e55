/**
 * `--query`: JMESPath. A query can double what it was given as often as it likes, so one that might grow
 * too far is refused before it runs.
 */

import jmespath, { type Tree } from 'jmespath'
import { generalError, validationError } from '../cli-error.ts'

/** A query that was understood. */
export type Query = (answer: unknown) => unknown

/** Throws CliError; so does the query when a function is given what it does not take. */
export function parseQuery(text: string): Query {
  const tree = compiled(text)
  if (growthOf(tree) > mostGrowth) throw validationError(`Bad value for --query ${text}: it may grow without bound`)
  return (answer) => {
    try {
      return withoutMethods(jmespath.search(answer, text))
    } catch (cause) {
      throw generalError(messageOf(cause))
    }
  }
}

function compiled(text: string): Tree {
  try {
    return jmespath.compile(text)
  } catch (cause) {
    throw validationError(`Bad value for --query ${text}: Invalid jmespath expression: ${messageOf(cause)}`)
  }
}

function messageOf(cause: unknown): string {
  if (cause instanceof RangeError) return 'nested too deep'
  // The package stumbles over some expressions instead of refusing them.
  if (cause instanceof TypeError) return 'the expression makes no sense'
  return cause instanceof Error ? cause.message.replace(/^\w*Error: /, '') : String(cause)
}

const mostGrowth = 100_000
/** `join` writes its glue as often as its list is long. */
const growthOfJoin = 1000

/** How many times larger than what it is given the result may be, at most. */
function growthOf(tree: Tree): number {
  // A slice has numbers, and nothing, for children.
  const parts = (tree.children ?? [])
    .filter((child): child is Tree => typeof child === 'object' && child !== null)
    .map(growthOf)
  const product = (factors: readonly number[]) =>
    factors.reduce((sum, each) => Math.min(sum * each, Number.MAX_VALUE), 1)
  switch (tree.type) {
    case 'MultiSelectList':
    case 'MultiSelectHash':
      return parts.reduce((sum, each) => sum + each, 0)
    case 'KeyValuePair':
      return growthOf(tree.value as Tree)
    case 'Literal':
      return sizeOf(tree.value)
    case 'Function':
      return product(parts) * (tree.name === 'join' ? growthOfJoin : 1)
    default:
      return product(parts)
  }
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, each) => sum + sizeOf(each), 1)
}

/** A made structure has a prototype: what a key finds there is no data. */
function withoutMethods(value: unknown): unknown {
  if (typeof value === 'function' || value === undefined) return null
  if (Array.isArray(value)) return value.map(withoutMethods)
  if (typeof value !== 'object' || value === null) return value
  if (value === Object.prototype) return null
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutMethods(member)]))
}
