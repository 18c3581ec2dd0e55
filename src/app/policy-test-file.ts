/**
 * Policy tests as people write them, in YAML that reads like Tailscale's: `src`, `proto`, `accept`, `deny`, and
 * names for ends. Claims keep their lines. docs/test.md has the form.
 */

import type { Node, YAMLMap } from 'yaml'
import type { Family } from '../net/address.ts'
import type { Claim, PolicyTest } from '../reach/policy-test/claim.ts'
import { YamlReader } from './yaml-reader.ts'

/** Throws BadYaml for text that is no file of tests; the message says where and what. */
export function policyTestsFrom(text: string): PolicyTest[] {
  const reader = new YamlReader(text)
  return new Reader(reader).file(reader.root)
}

const fileKeys = ['endpoints', 'tests']
const testKeys = ['name', 'src', 'proto', 'family', 'accept', 'deny']
const families: Readonly<Record<string, readonly Family[]>> = { both: [4, 6], ipv4: [4], ipv6: [6] }

class Reader {
  readonly #yaml: YamlReader
  #endpoints: ReadonlyMap<string, readonly string[]> = new Map()

  constructor(yaml: YamlReader) {
    this.#yaml = yaml
  }

  file(node: Node | null): PolicyTest[] {
    const root = this.#yaml.map(node, 'a file of tests', fileKeys)
    const endpoints = root.get('endpoints', true) as Node | undefined
    if (endpoints) this.#endpoints = this.#names(endpoints)
    return this.#yaml.items(root.get('tests', true) as Node | undefined, node, 'tests').map((item) => this.#test(item))
  }

  /** A name stands for one end or for several. */
  #names(node: Node): ReadonlyMap<string, readonly string[]> {
    const map = this.#yaml.map(node, 'endpoints', undefined)
    return new Map(
      map.items.map(({ key, value }) => [
        this.#yaml.text(key as Node, 'a name'),
        this.#yaml.texts(value as Node, 'an end'),
      ]),
    )
  }

  #test(node: Node): PolicyTest {
    const map = this.#yaml.map(node, 'a test', testKeys)
    const src = this.#yaml.texts(this.#yaml.needed(map, 'src'), 'src')
    const from = src.flatMap((name) => this.#resolved(name))
    const proto = map.has('proto') ? this.#yaml.text(map.get('proto', true) as Node, 'proto') : 'tcp'
    const family = map.has('family') ? this.#yaml.text(map.get('family', true) as Node, 'family') : 'both'
    const own = families[family]
    if (!own) this.#yaml.refuse(map.get('family', true) as Node, `'${family}' is no family: use both, ipv4 or ipv6`)
    const claims = (['accept', 'deny'] as const).flatMap((kind) =>
      this.#targets(map, kind).map((target) => this.#claim(target, { kind, from, families: own }, proto)),
    )
    if (claims.length === 0) this.#yaml.refuse(node, 'a test has accept or deny')
    const name = map.has('name') ? this.#yaml.text(map.get('name', true) as Node, 'a name') : src.join(', ')
    return { name, claims }
  }

  #targets(map: YAMLMap, kind: 'accept' | 'deny'): Node[] {
    return map.has(kind) ? this.#yaml.items(map.get(kind, true) as Node, map, kind) : []
  }

  /** `db:5432`, `db:80,443`, `web:8000-8010`, `db:*`; without ports where the protocol has none. */
  #claim(node: Node, facts: Pick<Claim, 'kind' | 'from' | 'families'>, proto: string): Claim {
    const text = this.#yaml.text(node, 'a target')
    const hasPorts = proto === 'tcp' || proto === 'udp'
    const [, named = text, ports] = (hasPorts ? /^(.+):([\d,*-]+)$/.exec(text) : undefined) ?? []
    if (hasPorts && ports === undefined)
      this.#yaml.refuse(node, `'${text}' has no ports: write '${text}:443' or '${text}:*'`)
    const services = (ports ?? '').split(',').map((part) => (part === '' || part === '*' ? proto : `${proto}/${part}`))
    return {
      ...facts,
      text,
      to: this.#resolved(named.replace(/^\[(.+)\]$/, '$1')),
      services,
      line: this.#yaml.line(node),
    }
  }

  #resolved(name: string): readonly string[] {
    return this.#endpoints.get(name) ?? [name]
  }
}
