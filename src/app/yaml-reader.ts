/** YAML that people write, read by its shape; what is wrong is told with its line. */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'

/** Text that is not what it is read as; the message says where and what. */
export class BadYaml extends Error {
  override readonly name = 'BadYaml'
}

export class YamlReader {
  readonly root: Node | null
  readonly #counter = new LineCounter()

  /** Throws BadYaml, as all that follows. */
  constructor(text: string) {
    const document = parseDocument(text, { lineCounter: this.#counter, schema: 'core' })
    const [error] = document.errors
    if (error) throw new BadYaml(`line ${this.#counter.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`)
    this.root = document.contents
  }

  needed(map: YAMLMap, key: string): Node {
    return (map.get(key, true) as Node | undefined) ?? this.refuse(map, `${key} is missing`)
  }

  map(node: Node | null | undefined, what: string, keys: readonly string[] | undefined): YAMLMap {
    if (!isMap(node)) return this.refuse(node, `${what} is a mapping`)
    for (const { key } of node.items) {
      const name = this.text(key as Node, 'a key')
      if (keys && !keys.includes(name)) this.refuse(key as Node, `'${name}' is none of ${keys.join(', ')}`)
    }
    return node
  }

  items(node: Node | null | undefined, around: Node | null, what: string): Node[] {
    if (!isSeq(node)) return this.refuse(node ?? around, `${what} is a list`)
    return node.items as Node[]
  }

  texts(node: Node, what: string): string[] {
    return isSeq(node) ? node.items.map((item) => this.text(item as Node, what)) : [this.text(node, what)]
  }

  text(node: Node | null | undefined, what: string): string {
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value)
    return this.refuse(node, `${what} is a text`)
  }

  refuse(node: Node | null | undefined, what: string): never {
    throw new BadYaml(`line ${this.line(node)}: ${what}`)
  }

  line(node: Node | null | undefined): number {
    return this.#counter.linePos(node?.range?.[0] ?? 0).line
  }
}
