/** docs/gaps.md lists what the kernel is not held to, all of it and nothing else. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unplayable, unsent } from '../../src/app/stage/exceptions.ts'
import { avoided } from './avoided.ts'

function listed(section: string): string[] {
  const text = readFileSync('docs/gaps.md', 'utf8')
  const [, body = ''] = text.split(`\n## ${section}\n`)
  const [own = ''] = body.split(/^## /m)
  return own
    .split(/^- /m)
    .slice(1)
    .map((item) => item.split(/\n\n/)[0]?.replaceAll(/\s+/g, ' ').trim() ?? '')
}

test('every exception of the kernel tests stands in docs/gaps.md, and no other', () => {
  const exceptions = [...unplayable.map(({ what }) => what), ...Object.values(unsent), ...avoided]
  expect(listed('What the kernel does otherwise than the engine')).toEqual(exceptions)
})
