/** What `nft -n list table` says a table has, as data: the other half of a program's print. */

export interface PresentSet {
  readonly kind: 'set' | 'map'
  readonly type: string
  readonly properties: readonly string[]
  readonly elements: ReadonlySet<string>
}

export interface PresentChain {
  /** Absent: a regular chain. */
  readonly hook: string | undefined
  readonly lines: readonly string[]
}

export interface Present {
  readonly counters: ReadonlyMap<string, Count>
  readonly sets: ReadonlyMap<string, PresentSet>
  readonly chains: ReadonlyMap<string, PresentChain>
}

export interface Count {
  readonly packets: number
  readonly bytes: number
}

/** Text that is not in nft's form; the message has the line. */
export class UnreadableListing extends Error {
  override readonly name = 'UnreadableListing'
}

interface Block {
  readonly kind: string
  readonly name: string
  readonly lines: readonly string[]
}

/** Throws UnreadableListing. */
export function readTable(listing: string): Present {
  const blocks = blocksOf(listing)
  const of = (...kinds: string[]) => blocks.filter(({ kind }) => kinds.includes(kind))
  return {
    counters: new Map(of('counter').map((block) => [block.name, countOf(block)])),
    sets: new Map(of('set', 'map').map((block) => [block.name, setOf(block)])),
    chains: new Map(of('chain').map((block) => [block.name, chainOf(block)])),
  }
}

/** The blocks inside of the table, their lines without indentation. */
function blocksOf(listing: string): Block[] {
  const blocks: (Block & { lines: string[] })[] = []
  let inside = false
  for (const line of listing.split('\n')) {
    const text = line.trim()
    const opening = /^\t(\w+) (\S+) \{$/.exec(line)
    if (opening) {
      blocks.push({ kind: opening[1] ?? '', name: opening[2] ?? '', lines: [] })
      inside = true
    } else if (line === '\t}') inside = false
    else if (inside) blocks.at(-1)?.lines.push(text)
    else if (text !== '' && text !== '}' && !/^table \w+ \S+ \{$/.test(text)) {
      throw new UnreadableListing(`nft lists what this program does not know: ${text}`)
    }
  }
  return blocks
}

function countOf({ name, lines }: Block): Count {
  const [, packets, bytes] = /^packets (\d+) bytes (\d+)$/.exec(lines.join('')) ?? []
  if (packets === undefined || bytes === undefined) throw new UnreadableListing(`counter ${name} counts nothing`)
  return { packets: Number(packets), bytes: Number(bytes) }
}

/** Elements are the last property, and go on over lines. */
function setOf({ kind, lines }: Block): PresentSet {
  const at = lines.findIndex((line) => line.startsWith('elements = {'))
  const [type = '', ...properties] = at < 0 ? lines : lines.slice(0, at)
  const text =
    at < 0
      ? ''
      : lines
          .slice(at)
          .join(' ')
          .replace(/^elements = \{/, '')
          .replace(/\}$/, '')
  return {
    kind: kind === 'map' ? 'map' : 'set',
    type: type.replace(/^type /, ''),
    properties,
    elements: new Set(splitElements(text)),
  }
}

function splitElements(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function chainOf({ lines }: Block): PresentChain {
  const [first = ''] = lines
  const isBase = first.startsWith('type ')
  return { hook: isBase ? first : undefined, lines: isBase ? lines.slice(1) : lines }
}
