/**
 * Runs before every test file. In CI the properties draw the same values each time; elsewhere a new
 * seed a run, which fast-check prints with the failure it led to.
 */

import fc from 'fast-check'

const ciSeed = 20_261_122

if (process.env['CI'] === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: ciSeed })
