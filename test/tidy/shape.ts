/** The budgets and habits a reader relies on: size, names, opening comments, no loose ends. */

import ts from 'typescript'
import type { Complaint } from './complaint.ts'
import type { ProjectFile } from './project-files.ts'
import {
  type FunctionNode,
  functionName,
  isChapter,
  isFunction,
  lineCount,
  lineOf,
  nodesOf,
  parseSource,
} from './syntax.ts'

const budget = { file: 400, function: 60, parameters: 4, openingComment: 5 }

const vagueNames = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'misc', 'manager', 'managers'])

/** For every path of the project; folders end in a slash. */
export function nameComplaints(path: string): Complaint[] {
  const own = path.replace(/\/$/, '').split('/').at(-1) ?? ''
  const words = own
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-._]/)
  const vague = words.find((word) => vagueNames.has(word))
  if (vague === undefined) return []
  return [{ where: path, rule: `no file or folder is named \`${vague}\``, instead: 'Name it after what it knows' }]
}

/** Data can be as long as the facts are many; so can what a generator wrote. */
export function sizeComplaints(file: ProjectFile): Complaint[] {
  if (file.path.includes('.generated.')) return []
  const functions = nodesOf(parseSource(file)).filter(isFunction)
  const isData = !functions.some((node) => ts.isBlock(node.body))
  const lines = file.text.trimEnd().split('\n').length
  const rule = `${lines} lines, over ${budget.file}`
  const ofFile = { where: file.path, rule, instead: 'Split it by what it knows' }
  return [...(lines > budget.file && !isData ? [ofFile] : []), ...functions.flatMap(functionComplaints)]
}

function functionComplaints(node: FunctionNode): Complaint[] {
  const measures = [
    { count: isChapter(node) ? 0 : lineCount(node), of: 'lines', limit: budget.function, instead: 'Name its parts' },
    { count: node.parameters.length, of: 'parameters', limit: budget.parameters, instead: 'Take an object' },
  ]
  const where = `${node.getSourceFile().fileName}:${lineOf(node)}`
  return measures
    .filter(({ count, limit }) => count > limit)
    .map(({ count, of, limit, instead }) => {
      return { where, rule: `${functionName(node)} has ${count} ${of}, over ${limit}`, instead }
    })
}

/** A file's first lines say what it is and the one thing a reader would not guess. */
export function openingComplaints({ path, text }: ProjectFile): Complaint[] {
  const opening = /^(?:#![^\n]*\n)?\/\*\*(.*?)\*\//s.exec(text)?.[1]
  if (opening === undefined) {
    return [{ where: path, rule: 'a file opens with a doc comment', instead: 'Say in `/** ... */` what it is' }]
  }
  const lines = opening.split('\n').filter((line) => /[^\s*]/.test(line)).length
  if (lines <= budget.openingComment) return []
  const rule = `the opening comment has ${lines} lines, over ${budget.openingComment}`
  return [{ where: path, rule, instead: 'Keep what a reader would not guess' }]
}

const looseEnds = [
  { pattern: /\b(TO-?DO|FIX-?ME)\b/, instead: 'Do it, or open an issue' },
  { pattern: /@ts-(?:ignore|nocheck)\b/, instead: 'Make the types true' },
]

/** In src/ `any` has no excuse; elsewhere the linter takes one with its reason. */
export function looseEndComplaints(file: ProjectFile): Complaint[] {
  const marks = file.text.split('\n').flatMap((line, index) =>
    looseEnds.flatMap(({ pattern, instead }) => {
      const mark = pattern.exec(line)?.[0]
      return mark === undefined
        ? []
        : [{ where: `${file.path}:${index + 1}`, rule: `no \`${mark}\` is left behind`, instead }]
    }),
  )
  if (!file.path.startsWith('src/')) return marks
  const anyTypes = nodesOf(parseSource(file))
    .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
    .map((node) => ({
      where: `${file.path}:${lineOf(node)}`,
      rule: 'no `any`',
      instead: 'Name the type, or take `unknown` and narrow it',
    }))
  return [...marks, ...anyTypes]
}
