/** The frame around the pages: theme, Region, navigation, a server that goes and comes, sign-in, and its weight. */

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../server-process.ts'
import { browserPath, looks, openBrowser } from './browser.ts'
import { visit } from './visit.ts'

test('the first view is under 200 kB of script, compressed', () => {
  const scripts = readdirSync('dist/console/assets').filter((name) => name.endsWith('.js'))
  const sizes = scripts.map((name) => gzipSync(readFileSync(`dist/console/assets/${name}`)).length)
  expect(scripts.length).toBeGreaterThan(3)
  // Every page together: the first view is a part of it.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000)
})

test('the page holds no script and no style of its own', () => {
  const page = readFileSync('dist/console/index.html', 'utf8')
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
  expect(page).not.toMatch(/https?:\/\//)
})

describe.skipIf(browserPath === undefined)('the frame', () => {
  let browser: Browser
  let server: ServerProcess

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer()
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  test.each(looks)('leads to every page at $width px, $theme', async (look) => {
    const { page, check, close } = await visit(browser, server.url, look)
    for (const name of ['Map', 'Checks', 'Packet tracer', 'Connections', 'Flow log', 'Security Groups']) {
      if (look.width < 800) await page.getByRole('button', { name: 'Navigation' }).click()
      await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click()
      await page.getByRole('heading', { name, level: 1 }).waitFor()
      expect(await page.title()).toBe(`${name} | Sallyport`)
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name)
      await check()
    }
    await page.goBack()
    await page.getByRole('heading', { name: 'Flow log', level: 1 }).waitFor()
    await close()
  })

  test('keeps the theme and the Region that were chosen', async () => {
    const { page, check, close } = await visit(browser, server.url, { width: 1280, theme: 'light' })
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const light = await ground()
    await page.getByLabel('Theme').selectOption('Dark')
    expect(await ground()).not.toBe(light)
    await page.getByLabel('Region').selectOption('eu-west-1')
    await page.getByRole('link', { name: /^sg-/ }).waitFor()
    await check()
    await page.reload()
    await page.getByRole('heading', { name: 'Security Groups', level: 1 }).waitFor()
    expect(await page.getByLabel('Region').inputValue()).toBe('eu-west-1')
    expect(await ground()).not.toBe(light)
    await close()
  })

  test('says what is not there', async () => {
    const { page, check, close } = await visit(browser, server.url, { width: 1280, theme: 'light' })
    await page.goto(`${server.url}/console/nowhere`)
    await page.getByRole('heading', { name: 'Page not found' }).waitFor()
    await page.goto(`${server.url}/console/groups/sg-00000000`)
    await page.getByText('There is no security group sg-00000000 in this Region.').waitFor()
    await check()
    await close()
  })

  test('says that it is not live while the server is gone', async () => {
    const other = await startServer()
    const { page, close } = await visit(browser, other.url, { width: 1280, theme: 'light' })
    expect(await other.stop()).toBe(0)
    await page.getByText('Reconnecting').waitFor()
    await close()
  })

  test('asks for an access key where callers are verified', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'credentials')
    writeFileSync(file, '[one]\naws_access_key_id = AKID\naws_secret_access_key = a-secret\naccount = 111122223333\n')
    const verified = await startServer(['--memory', '--credentials', file])
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(verified.url)
    await page.getByLabel('Access key ID').fill('AKID')
    await page.getByLabel('Secret access key').fill('another')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('AWS was not able to validate the provided access credentials').waitFor()
    await page.getByLabel('Secret access key').fill('a-secret')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Account 111122223333').waitFor()
    await page.getByRole('link', { name: /^sg-/ }).waitFor()
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await context.close()
    expect(await verified.stop()).toBe(0)
  })
})
