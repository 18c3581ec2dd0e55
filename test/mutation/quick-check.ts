/**
 * fast-check as a mutation run has it in place of the real one: properties draw the same values for each mutant,
 * draw fewer of them, and are content with the first that fails.
 */

import { createRequire } from 'node:module'

type FastCheck = typeof import('fast-check').default

const real: FastCheck = createRequire(import.meta.url)('fast-check').default
/** Of more than so many runs a fifth will do. */
const manyRuns = 120

real.configureGlobal({ ...real.readConfigureGlobal(), seed: 20_261_122, endOnFailure: true })

function assert(...[property, parameters]: Parameters<FastCheck['assert']>): ReturnType<FastCheck['assert']> {
  const asked = parameters?.numRuns ?? 100
  const numRuns = asked > manyRuns ? asked / 5 : asked
  return real.assert(property, { ...parameters, numRuns })
}

const quick = { ...real, assert }

export { quick as default }
