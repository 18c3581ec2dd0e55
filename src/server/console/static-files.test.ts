import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { isConsolePath, StaticFiles } from './static-files.ts'

const none = new Map<string, string>()
const gzip = new Map([['accept-encoding', 'br, gzip']])

function folder(): string {
  const made = `${mkdtempSync(join(tmpdir(), 'console-'))}/`
  mkdirSync(join(made, 'assets'))
  writeFileSync(join(made, 'index.html'), '<title>page</title>')
  writeFileSync(join(made, 'assets/index-abc.js'), 'let script')
  return made
}

describe('the console files', () => {
  const files = new StaticFiles(folder())

  test('an asset may be kept for ever, as its name holds its hash', () => {
    const { type, body, headers } = files.answer('/console/assets/index-abc.js', none)
    expect([type, String(body)]).toEqual(['text/javascript; charset=utf-8', 'let script'])
    expect(headers?.['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  test.each(['/', '/console', '/console/groups/sg-1/inbound', '/console/index.html'])(
    '%s is the page, asked for each time',
    (path) => {
      const { type, body, headers } = files.answer(path, none)
      expect([type, String(body)]).toEqual(['text/html; charset=utf-8', '<title>page</title>'])
      expect(headers?.['cache-control']).toBe('no-cache')
      expect(headers?.['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
          "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      )
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    },
  )

  test('are compressed for those who can read it', () => {
    const { body, headers } = files.answer('/', gzip)
    expect([headers?.['content-encoding'], String(gunzipSync(body))]).toEqual(['gzip', '<title>page</title>'])
  })

  test('an asset that is not there is not the page', () => {
    expect(() => files.answer('/console/assets/index-old.js', none)).toThrow(
      'Nothing is at /console/assets/index-old.js.',
    )
  })

  test('nothing outside of the folder can be named', () => {
    expect(() => files.answer('/console/assets/../../package.json', none)).toThrow('Nothing is at')
    expect(String(files.answer('/console/../package.json', none).body)).toBe('<title>page</title>')
  })

  test('are asked for again while they are not built', () => {
    const later = new StaticFiles('/nowhere/console/')
    expect(() => later.answer('/', none)).toThrow('The console is not built. In a checkout, npm run build makes it.')
  })
})

test.each([
  ['/console', true],
  ['/console/groups', true],
  ['/consoles', false],
  ['/_sallyport/console/session', false],
])('%s is a path of the console: %s', (path, expected) => {
  expect(isConsolePath(path)).toBe(expected)
})
