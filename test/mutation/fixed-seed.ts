/** Runs before every test file of a mutation run: properties draw the same values each time, and shrink nothing. */

import fc from 'fast-check'

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_122, endOnFailure: true })
