/** What the options of a line leave for the steps after: their words, and the input that these become. */

import type { Option } from './operation.ts'

/** An input under the members' names, as it grows. */
export type Input = Record<string, unknown>

/** The words of each option that was given. */
export type GivenOptions = ReadonlyMap<Option, readonly string[]>
