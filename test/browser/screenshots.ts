/** Takes the pictures of docs/images anew, from a small estate with traffic: `npm run build && npm run screenshots`. */

import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { logFields, logLines } from '../console/log.ts'
import { value } from '../console/pages.ts'
import { type Scene, scene } from '../console/scene.ts'
import { sixInterfaces } from '../console/tiers.ts'
import { startServer } from '../server-process.ts'
import { type Look, openBrowser } from './browser.ts'

interface Picture extends Look {
  readonly name: string
  /** Of six interfaces in three tiers, not of two hosts. */
  readonly isOfTiers?: boolean
  readonly path: (at: Scene) => string
  /** What is done before the picture is taken. */
  readonly act: (page: Page, at: Scene) => Promise<void>
}

const policyTests = `tests:
  - name: the world sees the shop and nothing else
    src: internet
    accept: ["web:80"]
    deny: ["db:*"]
  - src: web
    accept: ["db:5432"]
  - src: db
    deny: ["web:*"]
`

const pictures: readonly Picture[] = [
  {
    name: 'before-saving',
    width: 1280,
    theme: 'light',
    path: ({ web }) => `groups/${web.group}/inbound/edit`,
    async act(page) {
      await page.getByLabel('Source type').selectOption('Custom')
      await page.getByLabel('Source', { exact: true }).fill('203.0.113.0/24')
      await page.getByText('Cut at once', { exact: true }).waitFor()
    },
  },
  {
    name: 'map',
    width: 1280,
    theme: 'light',
    isOfTiers: true,
    path: () => 'map',
    async act(page) {
      await page.getByRole('button', { name: 'web-2 to app-1: tcp 8080' }).click()
      await page.getByText('Inbound rules of app-1').waitFor()
    },
  },
  {
    name: 'checks',
    width: 1280,
    theme: 'dark',
    path: () => 'checks/tests',
    async act(page) {
      await page.getByLabel('Policy tests, in YAML').fill(policyTests)
      await page.getByText('1 of 4 claims do not hold.').waitFor()
    },
  },
  {
    name: 'replay',
    width: 1280,
    theme: 'light',
    path: () => 'checks/replay',
    async act(page, at) {
      const buffer = Buffer.from(`${logFields.join(' ')}\n${logLines(at).join('\n')}\n`)
      await page.getByLabel('Choose a file', { exact: true }).setInputFiles({ name: 'night.log', mimeType: '', buffer })
      await page.getByRole('region', { name: 'Repair' }).waitFor()
    },
  },
  {
    name: 'tracer',
    width: 1280,
    theme: 'dark',
    path: () => 'tracer?from=web&to=db&port=5432',
    async act(page, { db }) {
      for (const packet of ['SYN', 'SYN-ACK', 'ACK']) {
        await page.getByRole('button', { name: `Send ${packet}`, exact: true }).click()
      }
      await page.getByLabel('Rule on the way').selectOption({ value: db.rule })
      await page.getByRole('button', { name: 'Revoke' }).click()
      await page.getByRole('button', { name: 'Send data' }).click()
      await page.getByRole('region', { name: 'Why' }).getByText('since revoked').waitFor()
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    name: 'lesson',
    width: 1280,
    theme: 'light',
    path: () => 'lesson',
    act: (page) => page.getByRole('heading', { name: 'Lesson: security groups' }).waitFor(),
  },
  {
    name: 'phone',
    width: 360,
    theme: 'dark',
    path: () => 'lesson/watch/command-4-revoke',
    act: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
]

async function main(): Promise<void> {
  const server = await startServer()
  const at = await scene(server.url)
  const outside = {
    packet: 'tcp 198.51.100.7:40000 > 172.31.0.10:80 S',
    at: { networkInterface: at.web.card, direction: 'ingress' },
  }
  await value(at.url, 'send', outside)
  await value(at.url, 'send', { from: 'web', to: 'db', protocol: 'tcp', port: 5432, keepOpen: true })
  const tiers = await startServer()
  await sixInterfaces(tiers.url)
  const browser = await openBrowser()
  mkdirSync('docs/images', { recursive: true })
  for (const { name, width, theme, path, act, isOfTiers } of pictures) {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    })
    await page.goto(`${isOfTiers ? tiers.url : server.url}/console/${path(at)}`)
    await act(page, at)
    await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)).then(() => undefined))
    await page.screenshot({ path: `docs/images/${name}.png` })
    await page.close()
  }
  await browser.close()
  await server.stop()
  await tiers.stop()
}

await main()
