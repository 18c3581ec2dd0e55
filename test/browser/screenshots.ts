/**
 * `npm run screenshots`: the console's pictures in docs/images/, taken of the built program with a scene of two
 * hosts whose packets really went through it. Needs Debian's chromium.
 */

import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { type Scene, scene } from '../console/scene.ts'
import { startServer } from '../server-process.ts'
import { openBrowser } from './visit.ts'

interface Picture {
  readonly name: string
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly path: (at: Scene) => string
  /** What a person does before the picture is taken. */
  readonly steps: (page: Page, at: Scene) => Promise<void>
}

const pictures: readonly Picture[] = [
  {
    name: 'groups',
    theme: 'light',
    width: 1280,
    path: ({ db }) => `groups/${db.group}/inbound`,
    steps: async (page) => {
      await page.getByText('5432').first().waitFor()
    },
  },
  {
    name: 'tracer',
    theme: 'dark',
    width: 1280,
    path: () => 'tracer',
    steps: async (page, { db }) => {
      await page.getByLabel('From', { exact: true }).fill('web')
      await page.getByLabel('To', { exact: true }).fill('db')
      await page.getByLabel('Port', { exact: true }).fill('5432')
      await page.getByRole('button', { name: 'Trace' }).click()
      for (const packet of ['SYN', 'SYN-ACK', 'ACK']) {
        await page.getByRole('button', { name: `Send ${packet}`, exact: true }).click()
      }
      await page.getByLabel('Rule on the way').selectOption({ value: db.rule })
      await page.getByRole('button', { name: 'Revoke' }).click()
      await page.getByRole('button', { name: 'Send data' }).click()
      await page.getByRole('region', { name: 'Why' }).getByText('since revoked').waitFor()
    },
  },
  {
    name: 'lesson',
    theme: 'light',
    width: 1280,
    path: () => 'lesson',
    steps: async (page) => {
      await page.getByRole('heading', { name: 'Lesson: security groups' }).waitFor()
    },
  },
  {
    name: 'phone',
    theme: 'dark',
    width: 360,
    path: () => 'lesson/watch/command-4-revoke',
    steps: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
  },
]

const folder = new URL('../../docs/images/', import.meta.url).pathname
mkdirSync(folder, { recursive: true })
const server = await startServer()
const browser = await openBrowser()
const at = await scene(server.url)
for (const { name, theme, width, path, steps } of pictures) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${server.url}/console/${path(at)}`)
  await steps(page, at)
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: `${folder}${name}.png` })
  process.stdout.write(`docs/images/${name}.png\n`)
  await context.close()
}
await browser.close()
await server.stop()
