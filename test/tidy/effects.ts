/** Where time, chance and the surroundings may be touched: at the edge only, so that every answer can be replayed. */

import ts from 'typescript'
import type { Complaint } from './complaint.ts'
import type { ProjectFile } from './project-files.ts'
import { lineOf, nodesOf, parseSource } from './syntax.ts'

interface Effect {
  readonly names: readonly string[]
  readonly allowed: readonly string[]
  readonly instead: string
}

const edge = ['src/app/', 'src/server/', 'src/cli/']

const effects: readonly Effect[] = [
  {
    names: ['Date.now', 'new Date()', 'Date()', 'performance.now', 'process.hrtime'],
    allowed: edge,
    instead: 'Take the time as an argument, `now: Instant` (src/base/clock.ts)',
  },
  {
    names: ['Math.random', 'randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'],
    allowed: edge,
    instead: 'Take chance as an argument, `entropy: Entropy` (src/base/entropy.ts)',
  },
  {
    names: ['setTimeout', 'setInterval', 'setImmediate'],
    allowed: [...edge, 'src/store/'],
    instead: 'Return a deadline and let src/app/ wait for it',
  },
  {
    names: ['process.env', 'process.exit', 'process.argv'],
    allowed: edge,
    instead: 'Take the setting as an argument; src/app/ and src/cli/ read the surroundings',
  },
  { names: ['console'], allowed: edge, instead: 'Return what there is to say; src/cli/ prints' },
]

/** For a source file of src/; tests are free to do all of this. */
export function effectComplaints(file: ProjectFile): Complaint[] {
  const banned = new Map(
    effects
      .filter(({ allowed }) => !allowed.some((folder) => file.path.startsWith(folder)))
      .flatMap((effect) => effect.names.map((name) => [name, effect.instead] as const)),
  )
  return nodesOf(parseSource(file)).flatMap((node) => {
    const name = effectOf(node)
    const instead = name === undefined ? undefined : banned.get(name)
    if (name === undefined || instead === undefined) return []
    return [{ where: `${file.path}:${lineOf(node)}`, rule: `no \`${name}\` below the edge`, instead }]
  })
}

/** The name by which the table knows what `node` touches. */
function effectOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) return isBareDate(node) && !node.arguments?.length ? 'new Date()' : undefined
  if (ts.isCallExpression(node)) return isBareDate(node) ? 'Date()' : undefined
  if (ts.isPropertyAccessExpression(node)) return node.getText().replace(/^globalThis\./, '')
  return ts.isIdentifier(node) ? node.text : undefined
}

function isBareDate(node: ts.NewExpression | ts.CallExpression): boolean {
  return ts.isIdentifier(node.expression) && node.expression.text === 'Date'
}
