/** `NAME=VALUE` of `--option` and `--engine-option`, each added to those given before it. */

import { InvalidArgumentError } from 'commander'
import { NotationError } from '../base/words.ts'
import { type EngineDefaults, engineDefaults } from '../engine/defaults.ts'
import { parseOption } from '../engine/timeline-options.ts'

export function engineOptionFrom(text: string, before: EngineDefaults | undefined): EngineDefaults {
  try {
    return parseOption(text, before ?? engineDefaults)
  } catch (thrown) {
    throw thrown instanceof NotationError ? new InvalidArgumentError(`${thrown.message}.`) : thrown
  }
}
