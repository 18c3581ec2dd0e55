/** A program while it is put together: what has the same content is there once, whoever asks for it. */

import { createHash } from 'node:crypto'
import type { RuleId } from '../../model/ids.ts'
import type { Chain, NftSet, Program, Switches } from './program.ts'

interface FilledSet extends NftSet {
  readonly elements: readonly string[]
}

export class ProgramDraft {
  readonly #counters = new Set<RuleId>()
  readonly #sets = new Map<string, NftSet>()
  readonly #chains = new Map<string, Chain>()

  /** The name of a chain of these lines. */
  chain(prefix: string, lines: Chain): string {
    const name = `${prefix}_${digest(lines)}`
    this.#chains.set(name, lines)
    return name
  }

  /** The name of a set that is named after its content. */
  set(prefix: string, { elements, ...set }: FilledSet): string {
    const distinct = [...new Set(elements)]
    const name = `${prefix}_${digest([set.kind, set.type, ...set.properties, ...distinct])}`
    this.#sets.set(name, { ...set, elements: distinct })
    return name
  }

  /** A set that has a name of its own and may change under it. */
  sharedSet(name: string, set: NftSet): string {
    this.#sets.set(name, set)
    return name
  }

  /** The statements that count a packet for these rules. */
  count(rules: readonly RuleId[]): string {
    for (const rule of rules) this.#counters.add(rule)
    return rules.map((rule) => `counter name "${rule}"`).join(' ')
  }

  finish(switches: Switches): Program {
    return { counters: this.#counters, sets: this.#sets, chains: this.#chains, switches }
  }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}
