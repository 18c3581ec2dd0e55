/** What the rules ask of TypeScript's syntax tree. */

import ts from 'typescript'
import type { ProjectFile } from './project-files.ts'

export type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.Node }

export function parseSource({ path, text }: ProjectFile): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
}

/** `node` and everything below it, outer nodes first. */
export function nodesOf(node: ts.Node): ts.Node[] {
  const nodes = [node]
  ts.forEachChild(node, (child) => {
    for (const each of nodesOf(child)) nodes.push(each)
  })
  return nodes
}

export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile()
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
}

export function lineCount(node: ts.Node): number {
  const source = node.getSourceFile()
  return source.getLineAndCharacterOfPosition(node.end).line - lineOf(node) + 2
}

export function isFunction(node: ts.Node): node is FunctionNode {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

export function functionName(node: FunctionNode): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
  return named === undefined ? 'a function' : `\`${named.getText()}\``
}

/** The callback of `describe(...)` is a chapter of a test file, no function anyone has to hold in mind. */
export function isChapter(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText())
}
