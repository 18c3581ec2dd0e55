/**
 * The configuration's files, as far as plans leave them out: where a resource is written, what locals refer to,
 * what dynamic blocks name. No parser of the language: headers, braces and references are found in the text.
 */

import type { Origin } from '../imported.ts'

export interface ConfigurationFile {
  readonly path: string
  readonly text: string
  /** The module's calls from the root, `db`, `db.inner`; empty for the root module. */
  readonly module: string
}

interface Block {
  readonly file: string
  readonly line: number
  readonly lines: readonly string[]
}

export class SourceText {
  /** By `module resource aws_instance web`, `module local name`. */
  readonly #blocks = new Map<string, Block>()

  constructor(files: readonly ConfigurationFile[]) {
    for (const file of files) this.#read(file)
  }

  /** `mode` is the word before the type: resource, data. */
  block(module: string, mode: string, type: string, name: string): Block | undefined {
    return this.#blocks.get(`${module} ${mode} ${type} ${name}`)
  }

  /** References of a local value; undefined for one that no file shows. */
  local(module: string, name: string): string[] | undefined {
    const block = this.#blocks.get(`${module} local ${name}`)
    return block && referencesIn(block.lines.join('\n'))
  }

  #read({ path, text, module }: ConfigurationFile): void {
    const lines = text.split('\n').map(withoutComment)
    for (const [index, line] of lines.entries()) {
      const [, mode, type, name] = /^\s*(resource|data)\s+"([^"]+)"\s+"([^"]+)"\s*\{/.exec(line) ?? []
      const isLocals = /^\s*locals\s*\{/.test(line)
      if (mode === undefined && !isLocals) continue
      const own = lines.slice(index, endOfBlock(lines, index))
      if (isLocals) this.#readLocals(own, index, { path, module })
      else this.#blocks.set(`${module} ${mode} ${type} ${name}`, { file: path, line: index + 1, lines: own })
    }
  }

  #readLocals(lines: readonly string[], start: number, { path, module }: { path: string; module: string }): void {
    let depth = 0
    let current: { name: string; lines: string[]; line: number } | undefined
    for (const [index, line] of lines.entries()) {
      const [, name] = (depth === 1 && /^\s*([\w-]+)\s*=/.exec(line)) || []
      if (name !== undefined) {
        current = { name, lines: [], line: start + index + 1 }
        this.#blocks.set(`${module} local ${name}`, { file: path, line: current.line, lines: current.lines })
      }
      if (index > 0) current?.lines.push(name === undefined ? line : line.replace(/^[^=]*=/, ''))
      depth += depthOf(line)
    }
  }
}

/** An `ingress` block: plans sort them, so it is found by its first port, else by its place. */
export interface NestedBlock {
  readonly kind: string
  readonly index: number
  readonly port: unknown
}

/** The line of the nested block, or of the dynamic one that it comes from; else of the resource. */
export function originIn({ file, line, lines }: Block, name: string, nested?: NestedBlock): Origin {
  if (nested === undefined) return { file, line, name }
  const head = new RegExp(`^\\s*(?:dynamic\\s+)?"?${nested.kind}"?\\s*(?:=|\\{)`)
  const heads = lines.flatMap((each, index) => (head.test(each) ? [index] : []))
  const port = new RegExp(`^\\s*from_port\\s*=\\s*${String(nested.port)}\\s*$`)
  const found =
    heads.find((start) => lines.slice(start, endOfBlock(lines, start)).some((each) => port.test(each))) ??
    heads.find((start) => /dynamic/.test(lines[start] ?? '')) ??
    heads[Math.min(nested.index, heads.length - 1)]
  return { file, line: line + (found ?? 0), name }
}

/** References in the text of an expression or a block. */
export function referencesIn(text: string): string[] {
  const pattern =
    /(?<![\w.])(?:module|data|var|local|each|count|aws_\w+)\.[\w-]+(?:\[[^\]]*\]|\.\*|\.[A-Za-z_][\w-]*)*/g
  return Array.from(text.matchAll(pattern), ([found]) => found)
}

function endOfBlock(lines: readonly string[], start: number): number {
  let depth = 0
  for (let index = start; index < lines.length; index++) {
    depth += depthOf(lines[index] ?? '')
    if (depth <= 0) return index + 1
  }
  return lines.length
}

function depthOf(line: string): number {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '')
  return (bare.match(/[{[(]/g)?.length ?? 0) - (bare.match(/[}\])]/g)?.length ?? 0)
}

function withoutComment(line: string): string {
  return line.replace(/^\s*(#|\/\/).*$/, '')
}
