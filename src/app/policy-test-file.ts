/**
 * Policy tests as people write them, in YAML that reads like Tailscale's: `src`, `proto`, `accept`, `deny`, and
 * names for ends. Claims keep their lines. docs/test.md has the form.
 */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import type { Family } from '../net/address.ts'
import type { Claim, PolicyTest } from '../reach/policy-test/claim.ts'

/** Text that is no file of tests; the message says where and what. */
export class BadTestFile extends Error {
  override readonly name = 'BadTestFile'
}

/** Throws BadTestFile. */
export function policyTestsFrom(text: string): PolicyTest[] {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, schema: 'core' })
  const [error] = document.errors
  if (error) throw new BadTestFile(`line ${counter.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`)
  return new Reader(counter).file(document.contents)
}

const fileKeys = ['endpoints', 'tests']
const testKeys = ['name', 'src', 'proto', 'family', 'accept', 'deny']
const families: Readonly<Record<string, readonly Family[]>> = { both: [4, 6], ipv4: [4], ipv6: [6] }

class Reader {
  readonly #counter: LineCounter
  #endpoints: ReadonlyMap<string, readonly string[]> = new Map()

  constructor(counter: LineCounter) {
    this.#counter = counter
  }

  file(node: Node | null): PolicyTest[] {
    const root = this.#map(node, 'a file of tests', fileKeys)
    const endpoints = root.get('endpoints', true) as Node | undefined
    if (endpoints) this.#endpoints = this.#names(endpoints)
    return this.#items(root.get('tests', true) as Node | undefined, node, 'tests').map((item) => this.#test(item))
  }

  /** A name stands for one end or for several. */
  #names(node: Node): ReadonlyMap<string, readonly string[]> {
    const map = this.#map(node, 'endpoints', undefined)
    return new Map(
      map.items.map(({ key, value }) => [this.#text(key as Node, 'a name'), this.#texts(value as Node, 'an end')]),
    )
  }

  #test(node: Node): PolicyTest {
    const map = this.#map(node, 'a test', testKeys)
    const src = this.#texts(this.#needed(map, 'src'), 'src')
    const from = src.flatMap((name) => this.#resolved(name))
    const proto = map.has('proto') ? this.#text(map.get('proto', true) as Node, 'proto') : 'tcp'
    const family = map.has('family') ? this.#text(map.get('family', true) as Node, 'family') : 'both'
    const own = families[family]
    if (!own) this.#refuse(map.get('family', true) as Node, `'${family}' is no family: use both, ipv4 or ipv6`)
    const claims = (['accept', 'deny'] as const).flatMap((kind) =>
      this.#targets(map, kind).map((target) => this.#claim(target, { kind, from, families: own }, proto)),
    )
    if (claims.length === 0) this.#refuse(node, 'a test has accept or deny')
    const name = map.has('name') ? this.#text(map.get('name', true) as Node, 'a name') : src.join(', ')
    return { name, claims }
  }

  #targets(map: YAMLMap, kind: 'accept' | 'deny'): Node[] {
    return map.has(kind) ? this.#items(map.get(kind, true) as Node, map, kind) : []
  }

  /** `db:5432`, `db:80,443`, `web:8000-8010`, `db:*`; without ports where the protocol has none. */
  #claim(node: Node, facts: Pick<Claim, 'kind' | 'from' | 'families'>, proto: string): Claim {
    const text = this.#text(node, 'a target')
    const hasPorts = proto === 'tcp' || proto === 'udp'
    const [, named = text, ports] = (hasPorts ? /^(.+):([\d,*-]+)$/.exec(text) : undefined) ?? []
    if (hasPorts && ports === undefined)
      this.#refuse(node, `'${text}' has no ports: write '${text}:443' or '${text}:*'`)
    const services = (ports ?? '').split(',').map((part) => (part === '' || part === '*' ? proto : `${proto}/${part}`))
    return { ...facts, text, to: this.#resolved(named.replace(/^\[(.+)\]$/, '$1')), services, line: this.#line(node) }
  }

  #resolved(name: string): readonly string[] {
    return this.#endpoints.get(name) ?? [name]
  }

  #needed(map: YAMLMap, key: string): Node {
    return (map.get(key, true) as Node | undefined) ?? this.#refuse(map, `${key} is missing`)
  }

  #map(node: Node | null | undefined, what: string, keys: readonly string[] | undefined): YAMLMap {
    if (!isMap(node)) return this.#refuse(node, `${what} is a mapping`)
    for (const { key } of node.items) {
      const name = this.#text(key as Node, 'a key')
      if (keys && !keys.includes(name)) this.#refuse(key as Node, `'${name}' is none of ${keys.join(', ')}`)
    }
    return node
  }

  #items(node: Node | null | undefined, around: Node | null, what: string): Node[] {
    if (!isSeq(node)) return this.#refuse(node ?? around, `${what} is a list`)
    return node.items as Node[]
  }

  #texts(node: Node, what: string): string[] {
    return isSeq(node) ? node.items.map((item) => this.#text(item as Node, what)) : [this.#text(node, what)]
  }

  #text(node: Node | null | undefined, what: string): string {
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value)
    return this.#refuse(node, `${what} is a text`)
  }

  #refuse(node: Node | null | undefined, what: string): never {
    throw new BadTestFile(`line ${this.#line(node)}: ${what}`)
  }

  #line(node: Node | null | undefined): number {
    return this.#counter.linePos(node?.range?.[0] ?? 0).line
  }
}
