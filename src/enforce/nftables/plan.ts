/**
 * The difference between what a table has and what a program wants, as transactions in order. Each leaves the
 * interface judged by the old rules or the new ones: what is staged is out of reach, the switch is one transaction,
 * and what is swept is out of reach again. So an applier that dies between any two has opened nothing.
 */

import { type Frame, frameOf } from './frame.ts'
import { type Chain, type NftSet, type Post, type Program, type SwitchName, switchNames, tableOf } from './program.ts'
import type { Present, PresentChain, PresentSet } from './read-back.ts'
import { lacking, listed, odd } from './set-difference.ts'

export interface Transaction {
  readonly does: 'frame' | 'stage' | 'switch' | 'sweep'
  /** What nft takes in one go: all of it or nothing. */
  readonly commands: readonly string[]
}

export interface PlanOptions {
  readonly post: Post
  /** So many elements fit in a transaction: the socket buffer of an ordinary user is small (feasibility 8). */
  readonly mostElements: number
}

/** Empty where nothing is to be done. `present` is undefined where there is no table. */
export function plan(present: Present | undefined, program: Program, options: PlanOptions): Transaction[] {
  const frame = frameOf(options.post)
  const isStanding = present !== undefined && hasFrame(present, frame)
  const before = isStanding ? present : emptyFrame(frame)
  const difference = new Difference(before, program, frame, options)
  return [
    ...(isStanding
      ? []
      : [{ does: 'frame', commands: frameCommands(frame, options.post, present !== undefined) } as const]),
    ...difference.staging(),
    ...difference.switching(),
    ...difference.sweeping(),
  ]
}

/**
 * The plan as it is carried out: what fits in one transaction is one, for each costs a wait until no packet is under
 * way with the old rules. Sweeping comes by itself: a packet that is in the middle of the old chains looks sets up as
 * they are after the commit, and in a map that the same transaction deletes it would find nothing.
 */
export function condensed(transactions: readonly Transaction[], mostElements: number): readonly Transaction[] {
  const sweeping = transactions.filter(({ does }) => does === 'sweep')
  const changing = transactions.filter(({ does }) => does !== 'sweep')
  return [...merged('switch', changing, mostElements), ...merged('sweep', sweeping, mostElements)]
}

function merged(
  does: Transaction['does'],
  transactions: readonly Transaction[],
  mostElements: number,
): readonly Transaction[] {
  const commands = transactions.flatMap((each) => each.commands)
  const size = commands.reduce((sum, command) => sum + command.split(',').length, 0)
  return commands.length === 0 || size > mostElements ? transactions : [{ does, commands }]
}

/** Base chains cannot be mended in place: a frame without one of them is loaded anew, closed. */
function hasFrame(present: Present, frame: Frame): boolean {
  const hasBases = [...frame.baseChains].every(([name, { hook, lines }]) => {
    const there = present.chains.get(name)
    return there?.hook === hook && isSame(there.lines, lines)
  })
  const hasSets = [...frame.sets].every(([name, set]) => isSameKind(present.sets.get(name), set))
  const isOurs = [...present.chains].every(([name, { hook }]) => hook === undefined || frame.baseChains.has(name))
  return hasBases && hasSets && isOurs && frame.counters.every((name) => present.counters.has(name))
}

/** What a table has once a plan for the program is carried out. */
export function presentOf(program: Program, post: Post): Present {
  const empty = emptyFrame(frameOf(post))
  const regular = [...program.chains, ...switchNames.map((name) => [name, program.switches[name]] as const)]
  return {
    counters: new Map([...empty.counters, ...[...program.counters].map((name) => [name, noCount] as const)]),
    sets: new Map([
      ...empty.sets,
      ...[...program.sets].map(([name, set]) => [name, { ...set, elements: listed(set.elements ?? []) }] as const),
    ]),
    chains: new Map([...empty.chains, ...regular.map(([name, lines]) => [name, { hook: undefined, lines }] as const)]),
  }
}

const noCount = { packets: 0, bytes: 0 }

function emptyFrame(frame: Frame): Present {
  const chains: (readonly [string, PresentChain])[] = [
    ...[...frame.baseChains].map(([name, { hook, lines }]) => [name, { hook, lines }] as const),
    ...[...frame.chains].map(([name, lines]) => [name, { hook: undefined, lines }] as const),
    ...switchNames.map((name) => [name, { hook: undefined, lines: [] }] as const),
  ]
  return {
    counters: new Map(frame.counters.map((name) => [name, noCount])),
    sets: new Map([...frame.sets].map(([name, set]) => [name, { ...set, elements: new Set<string>() }])),
    chains: new Map(chains),
  }
}

/** The whole frame in one transaction, in place of a broken one if there is one. */
export function frameCommands(frame: Frame, post: Post, isBroken = false): string[] {
  const table = `inet ${tableOf(post)}`
  const regular = [...switchNames.map((name) => [name, []] as const), ...frame.chains]
  return [
    `add table ${table}`,
    ...(isBroken ? [`delete table ${table}`, `add table ${table}`] : []),
    ...frame.counters.map((name) => `add counter ${table} ${name}`),
    ...[...frame.sets].map(([name, set]) => addSet(table, name, set)),
    ...regular.map(([name]) => `add chain ${table} ${name}`),
    ...[...frame.baseChains].map(([name, { hook }]) => `add chain ${table} ${name} { ${hook} }`),
    ...[...regular, ...[...frame.baseChains].map(([name, { lines }]) => [name, lines] as const)].flatMap(
      ([name, lines]) => addRules(table, name, lines),
    ),
  ]
}

function addSet(table: string, name: string, { kind, type, properties }: Omit<NftSet, 'elements'>): string {
  return `add ${kind} ${table} ${name} { ${[`type ${type}`, ...properties].join('; ')}; }`
}

function addRules(table: string, chain: string, lines: Chain): string[] {
  return lines.map((line) => `add rule ${table} ${chain} ${line}`)
}

interface Element {
  readonly set: string
  readonly element: string
}

class Difference {
  readonly #before: Present
  readonly #program: Program
  readonly #frame: Frame
  readonly #table: string
  readonly #most: number

  constructor(before: Present, program: Program, frame: Frame, { post, mostElements }: PlanOptions) {
    this.#before = before
    this.#program = program
    this.#frame = frame
    this.#table = `inet ${tableOf(post)}`
    this.#most = mostElements
  }

  /** Everything new, under names that nothing points at. */
  staging(): Transaction[] {
    const { chains, sets, counters } = this.#program
    const table = this.#table
    const newSets = [...sets].filter(([name]) => !this.#before.sets.has(name))
    const newChains = [...chains].filter(([name]) => !this.#before.chains.has(name))
    const commands = [
      ...[...counters].filter((name) => !this.#before.counters.has(name)).map((name) => `add counter ${table} ${name}`),
      // In one transaction nft 1.0.6 finds no chain for a map that was added before it.
      ...newChains.map(([name]) => `add chain ${table} ${name}`),
      ...newSets.map(([name, set]) => addSet(table, name, set)),
    ]
    const idle = [...sets].filter(([name]) => !this.#isInUse(name))
    const unfinished = [...chains]
      .filter(([name, lines]) => !this.#isInUse(name) && !isSame(this.#before.chains.get(name)?.lines ?? [], lines))
      .flatMap(([name, lines]) => [
        ...(this.#before.chains.has(name) ? [`flush chain ${table} ${name}`] : []),
        ...addRules(table, name, lines),
      ])
    return [
      ...this.#chunks('stage', commands),
      ...this.#elementChunks('stage', 'delete', this.#surplus(idle)),
      ...this.#elementChunks('stage', 'add', this.#missing(idle)),
      ...this.#chunks('stage', unfinished),
    ]
  }

  /**
   * The one transaction after which the new rules hold. Members of groups and entries of lists change with it; where
   * they are too many for one transaction, those that go go first and those that come come last, for then no packet
   * passes in between that neither the old rules nor the new ones let through.
   */
  switching(): Transaction[] {
    const edited = [...this.#program.sets].filter(([name]) => this.#isInUse(name))
    const [gone, come] = [this.#surplus(edited), this.#missing(edited)]
    const turned = [...this.#turnedSwitches(), ...this.#mended()]
    if (gone.length + come.length > this.#most) {
      return [
        ...this.#elementChunks('switch', 'delete', gone),
        ...(turned.length > 0 ? [{ does: 'switch', commands: turned } as const] : []),
        ...this.#elementChunks('switch', 'add', come),
      ]
    }
    const commands = [...this.#elementCommands('delete', gone), ...turned, ...this.#elementCommands('add', come)]
    return commands.length > 0 ? [{ does: 'switch', commands }] : []
  }

  /** What nothing points at any more. */
  sweeping(): Transaction[] {
    const table = this.#table
    const { chains, sets, counters } = this.#program
    const oldChains = [...this.#before.chains.keys()].filter((name) => !chains.has(name) && !this.#isOfFrame(name))
    const oldSets = [...this.#before.sets].filter(([name]) => !sets.has(name) && !this.#frame.sets.has(name))
    const frameCounters = new Set(this.#frame.counters)
    const oldCounters = [...this.#before.counters.keys()].filter(
      (name) => !counters.has(name as `sgr-${string}`) && !frameCounters.has(name),
    )
    const commands = [
      ...oldChains.map((name) => `flush chain ${table} ${name}`),
      ...oldSets.map(([name, { kind }]) => `delete ${kind} ${table} ${name}`),
      ...oldChains.map((name) => `delete chain ${table} ${name}`),
      ...oldCounters.map((name) => `delete counter ${table} ${name}`),
    ]
    return this.#chunks('sweep', commands)
  }

  #missing(sets: readonly (readonly [string, NftSet])[]): Element[] {
    return sets.flatMap(([name, { elements = [] }]) =>
      lacking(this.#before.sets.get(name)?.elements, elements).map((element) => ({ set: name, element })),
    )
  }

  #surplus(sets: readonly (readonly [string, NftSet])[]): Element[] {
    return sets.flatMap(([name, { elements }]) =>
      elements === undefined
        ? []
        : odd(this.#before.sets.get(name)?.elements, elements).map((element) => ({ set: name, element })),
    )
  }

  #turnedSwitches(): string[] {
    return switchNames.flatMap((name) => this.#refilled(name, this.#program.switches[name]))
  }

  /** Chains in use whose lines somebody else changed. */
  #mended(): string[] {
    const used = [...this.#program.chains].filter(([name]) => this.#isInUse(name))
    return [...this.#frame.chains, ...used].flatMap(([name, lines]) => this.#refilled(name, lines))
  }

  #refilled(name: SwitchName | string, lines: Chain): string[] {
    if (isSame(this.#before.chains.get(name)?.lines ?? [], lines)) return []
    return [`flush chain ${this.#table} ${name}`, ...addRules(this.#table, name, lines)]
  }

  #isOfFrame(name: string): boolean {
    return this.#frame.chains.has(name) || this.#frame.baseChains.has(name) || switchNames.includes(name as SwitchName)
  }

  /** Whether packets may be on their way through it: only what the switches lead to is. */
  #isInUse(name: string): boolean {
    this.#reached ??= reachable(this.#before)
    return this.#reached.has(name)
  }
  #reached: ReadonlySet<string> | undefined

  #chunks(does: Transaction['does'], commands: readonly string[]): Transaction[] {
    const chunks: Transaction[] = []
    for (let at = 0; at < commands.length; at += this.#most) {
      chunks.push({ does, commands: commands.slice(at, at + this.#most) })
    }
    return chunks
  }

  #elementChunks(does: Transaction['does'], verb: 'add' | 'delete', elements: readonly Element[]): Transaction[] {
    const chunks: Transaction[] = []
    for (let at = 0; at < elements.length; at += this.#most) {
      chunks.push({ does, commands: this.#elementCommands(verb, elements.slice(at, at + this.#most)) })
    }
    return chunks
  }

  #elementCommands(verb: 'add' | 'delete', elements: readonly Element[]): string[] {
    const bySet = new Map<string, string[]>()
    for (const { set, element } of elements) {
      const list = bySet.get(set) ?? []
      bySet.set(set, list)
      list.push(verb === 'delete' ? keyOf(element) : element)
    }
    return [...bySet].map(([set, list]) => `${verb} element ${this.#table} ${set} { ${list.join(', ')} }`)
  }
}

/** A map's element is deleted by its key. */
function keyOf(element: string): string {
  return element.split(' : ', 1)[0] ?? element
}

/** Everything that chains and sets name, from the switches on. */
function reachable(present: Present): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting: string[] = [...switchNames]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const texts = [...(present.chains.get(name)?.lines ?? []), ...targetsIn(present.sets.get(name))]
    for (const text of texts)
      for (const [, target = ''] of text.matchAll(/(?:jump |goto |@)([\w-]+)/g)) waiting.push(target)
  }
  return reached
}

function targetsIn(set: PresentSet | undefined): Iterable<string> {
  return set?.type.endsWith(': verdict') ? set.elements : []
}

function isSameKind(there: PresentSet | undefined, { kind, type, properties }: Omit<NftSet, 'elements'>): boolean {
  return there?.kind === kind && there.type === type && isSame(there.properties, properties)
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index])
}
