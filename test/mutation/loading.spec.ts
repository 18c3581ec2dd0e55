/**
 * Every module of the mutated folders can be loaded. A mutant that breaks a module while it loads fails no
 * test of a file that imports it, as such a file then has none: to the mutation run it would look alive.
 */

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

const folders = ['policy', 'engine']
const paths = folders.flatMap((folder) =>
  readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `../../src/${folder}/${name}`),
)

test.each(paths)('%s loads', async (path) => {
  await expect(import(path)).resolves.toBeDefined()
})
