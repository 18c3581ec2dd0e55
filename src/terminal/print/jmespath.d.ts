/** The package `jmespath` has no types of its own; `compile` is not among those that others wrote for it. */

declare module 'jmespath' {
  export interface Tree {
    readonly type: string
    readonly name?: unknown
    readonly value?: unknown
    readonly children?: readonly (Tree | number | null)[]
  }

  /** Throws an Error that says what is wrong with the expression. */
  export function compile(expression: string): Tree
  /** Throws an Error for a function that is given what it does not take. */
  export function search(data: unknown, expression: string): unknown
}
