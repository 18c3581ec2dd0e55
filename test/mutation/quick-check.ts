/**
 * fast-check as a mutation run has it in place of the real one: properties draw the same values for each mutant,
 * draw fewer of them, and are content with the first that fails.
 */

import { createRequire } from 'node:module'

type FastCheck = typeof import('fast-check').default

const real: FastCheck = createRequire(import.meta.url)('fast-check').default
const mostRuns = 120

real.configureGlobal({ ...real.readConfigureGlobal(), seed: 20_261_122, endOnFailure: true })

function assert(...[property, parameters]: Parameters<FastCheck['assert']>): ReturnType<FastCheck['assert']> {
  const numRuns = Math.min(parameters?.numRuns ?? mostRuns, mostRuns)
  return real.assert(property, { ...parameters, numRuns })
}

const quick = { ...real, assert }

export { quick as default }
