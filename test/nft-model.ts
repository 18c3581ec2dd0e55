/** A table as nft would keep it, as far as the commands of a plan go: a transaction that makes no sense throws. */

import type { Transaction } from '../src/enforce/nftables/plan.ts'
import type { Present } from '../src/enforce/nftables/read-back.ts'

interface ModelSet {
  kind: 'set' | 'map'
  type: string
  properties: string[]
  elements: Set<string>
}

export class NftModel {
  #counters = new Set<string>()
  #sets = new Map<string, ModelSet>()
  #chains = new Map<string, { hook: string | undefined; lines: string[] }>()
  #isThere = false

  run({ commands }: Transaction): void {
    for (const command of commands) this.#one(command)
    this.#check()
  }

  get present(): Present | undefined {
    if (!this.#isThere) return undefined
    return {
      counters: new Map([...this.#counters].map((name) => [name, { packets: 0, bytes: 0 }])),
      sets: new Map([...this.#sets].map(([name, set]) => [name, { ...set, elements: new Set(set.elements) }])),
      chains: new Map([...this.#chains].map(([name, { hook, lines }]) => [name, { hook, lines: [...lines] }])),
    }
  }

  #one(command: string): void {
    const [, verb = '', kind = '', , name = '', rest = ''] =
      /^(add|delete|flush) (\w+) inet (\S+)(?: (\S+))?(?: (.*))?$/.exec(command) ?? []
    const work = this.#work[`${verb} ${kind}`]
    if (work === undefined) throw new Error(`no such command: ${command}`)
    work(name, rest)
  }

  readonly #work: Readonly<Record<string, (name: string, rest: string) => void>> = {
    'add table': () => {
      this.#isThere = true
    },
    'delete table': () => {
      this.#counters.clear()
      this.#sets.clear()
      this.#chains.clear()
      this.#isThere = false
    },
    'add counter': (name) => this.#counters.add(name),
    'delete counter': (name) => this.#counters.delete(name),
    'add set': (name, rest) => this.#sets.set(name, readSet('set', rest)),
    'add map': (name, rest) => this.#sets.set(name, readSet('map', rest)),
    'delete set': (name) => this.#sets.delete(name),
    'delete map': (name) => this.#sets.delete(name),
    'add chain': (name, rest) => this.#chains.set(name, { hook: /^\{ (.*) \}$/.exec(rest)?.[1], lines: [] }),
    'delete chain': (name) => this.#chains.delete(name),
    'flush chain': (name) => this.#chain(name).splice(0),
    'add rule': (name, rest) => this.#chain(name).push(rest),
    'add element': (name, rest) => {
      for (const each of elementsOf(rest)) this.#set(name).elements.add(each)
    },
    'delete element': (name, rest) => {
      const { elements } = this.#set(name)
      for (const key of elementsOf(rest)) {
        const found = [...elements].find((each) => each === key || each.startsWith(`${key} : `))
        if (found === undefined) throw new Error(`${name} has no ${key}`)
        elements.delete(found)
      }
    },
  }

  #chain(name: string): string[] {
    const chain = this.#chains.get(name)
    if (chain === undefined) throw new Error(`there is no chain ${name}`)
    return chain.lines
  }

  #set(name: string): ModelSet {
    const set = this.#sets.get(name)
    if (set === undefined) throw new Error(`there is no set ${name}`)
    return set
  }

  /** What is named is there. */
  #check(): void {
    const texts = [
      ...[...this.#chains.values()].flatMap(({ lines }) => lines),
      ...[...this.#sets.values()].flatMap(({ elements }) => [...elements]),
    ]
    for (const text of texts) {
      for (const [, chain = ''] of text.matchAll(/(?:jump|goto) ([\w-]+)/g)) this.#chain(chain)
      for (const [, set = ''] of text.matchAll(/@([a-z][\w-]*)/g)) if (!text.includes(`@${set},`)) this.#set(set)
      for (const [, counter = ''] of text.matchAll(/counter name "([^"]+)"/g)) {
        if (!this.#counters.has(counter)) throw new Error(`there is no counter ${counter}`)
      }
    }
  }
}

/** `{ type ipv4_addr; flags interval; }` */
function readSet(kind: 'set' | 'map', text: string): ModelSet {
  const [type = '', ...properties] = text
    .replace(/^\{ | \}$/g, '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return { kind, type: type.replace(/^type /, ''), properties, elements: new Set() }
}

function elementsOf(text: string): string[] {
  return text
    .replace(/^\{ | \}$/g, '')
    .split(', ')
    .filter((each) => each !== '')
}
