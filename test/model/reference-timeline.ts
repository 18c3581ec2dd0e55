/** Plays a timeline's text through the reference model: the same lines that the program's own player reads. */

import type { Direction } from '../../src/model/rule.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { judge } from './reference.ts'
import { choicesIn, chosenNumber } from './reference-choices.ts'
import type { Judgement, Memory } from './reference-connections.ts'
import {
  emptyReferenceWorld,
  having,
  type ReferenceWorld,
  readAclLine,
  readBlock,
  readIdleText,
  readRuleText,
  readWorldLine,
  withPrefix,
} from './reference-world.ts'

export interface ReferenceResult extends Judgement {
  /** From one. */
  readonly line: number
}

const units: readonly (readonly [string, number])[] = [
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]

export function playReference(text: string): ReferenceResult[] {
  const memory: Memory = { entries: [], untracked: [], fragments: [] }
  const choices = choicesIn(text)
  const delay = 1000 * chosenNumber(choices, 'change-delay', 0)
  let world = emptyReferenceWorld
  let now = 0
  /** Events whose delay is not over. */
  let waiting: { readonly at: number; readonly words: readonly string[] }[] = []
  const bringInForce = (until: number) => {
    for (const { words } of waiting.filter(({ at }) => at <= until)) world = changedWorld(world, words) ?? world
    waiting = waiting.filter(({ at }) => at > until)
  }
  const results: ReferenceResult[] = []
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/(^|\s)#.*/, '')
    if (line.trim() === '' || line === 'world' || line.trim().startsWith('option')) return
    if (line.startsWith(' ')) {
      bringInForce(Infinity)
      world = readWorldLine(world, line)
      return
    }
    const [time = '', ...words] = line.trim().split(/\s+/)
    now = timeOf(time, now)
    if (words[0] === 'forget') {
      const card = withPrefix('eni-', words[1] ?? '')
      memory.entries.splice(0, Infinity, ...memory.entries.filter((entry) => entry.card !== card))
      memory.untracked.splice(0, Infinity, ...memory.untracked.filter((entry) => entry.card !== card))
    } else if (events.includes(words[0] ?? '')) waiting.push({ at: now + delay, words })
    else {
      bringInForce(now)
      const card = world.cards.find(({ name }) => name === withPrefix('eni-', words[0] ?? ''))
      if (!card) throw new Error(`no interface ${words[0]}`)
      const direction = words[1] as Direction
      results.push({
        line: index + 1,
        ...judge({ world, memory, card, direction, packet: packetIn(words), now, choices }),
      })
    }
  })
  return results
}

function timeOf(text: string, now: number): number {
  const [, plus, count, name] = /^(\+?)(\d+)([a-z]+)$/.exec(text) ?? []
  const length = units.find(([unit]) => unit === name)?.[1] ?? 0
  return (plus === '+' ? now : 0) + Number(count) * length
}

function packetIn(words: readonly string[]) {
  const expectation = words.findIndex((word) => word === 'allow' || word === 'deny')
  return parsePacket(words.slice(2, expectation < 0 ? undefined : expectation).join(' '))
}

const events = ['authorize', 'revoke', 'attach', 'detach', 'idle', 'acl', 'prefix-list']

/** The world after an event. */
function changedWorld(world: ReferenceWorld, [word, ...words]: readonly string[]): ReferenceWorld | undefined {
  const [first = '', , third = ''] = words
  switch (word) {
    case 'authorize': {
      const name = withPrefix('sg-', first)
      const group = world.groups.find((each) => each.name === name)
      if (!group) throw new Error(`no group ${name}`)
      const of = [...group.of, readRuleText(world, words.slice(1))]
      return { ...world, groups: having(world.groups, { name, of }) }
    }
    case 'revoke':
      return {
        ...world,
        groups: world.groups.map((group) => ({ ...group, of: group.of.filter(({ id }) => id !== first) })),
      }
    case 'attach':
      return regrouped(world, third, (groups) => [...groups, withPrefix('sg-', first)])
    case 'detach':
      return regrouped(world, third, (groups) => groups.filter((each) => each !== withPrefix('sg-', first)))
    case 'idle': {
      const card = world.cards.find(({ name }) => name === withPrefix('eni-', first))
      if (!card) throw new Error(`no interface ${first}`)
      const idle = { ...card.idle, ...readIdleText(words.slice(1).join(' ')) }
      return { ...world, cards: having(world.cards, { ...card, idle }) }
    }
    case 'acl':
      return readAclLine(world, withPrefix('acl-', first), words.slice(1))
    case 'prefix-list':
      return { ...world, lists: having(world.lists, { name: first, of: words.slice(1).map(readBlock) }) }
    default:
      return undefined
  }
}

function regrouped(
  world: ReferenceWorld,
  card: string,
  groups: (before: readonly string[]) => readonly string[],
): ReferenceWorld {
  const name = withPrefix('eni-', card)
  return {
    ...world,
    cards: world.cards.map((each) => (each.name === name ? { ...each, groups: groups(each.groups) } : each)),
  }
}
