/** The map in a browser: who reaches whom, filtered, opened, chosen by mouse and by keyboard, as a picture and as a list. */

import { describe, expect, test } from 'vitest'
import { manyInterfaces } from '../console/many.ts'
import { call } from '../console/pages.ts'
import { startServer } from '../server-process.ts'
import { browserPath, looks } from './browser.ts'
import { browserStage } from './stage.ts'
import { tabTo, visit } from './visit.ts'

describe.skipIf(browserPath === undefined)('the map', () => {
  const stage = browserStage()

  describe.each(looks)('at $width px, $theme', (look) => {
    test('shows who reaches whom, and why', () =>
      stage.walk(look, 'map', async ({ page, check }) => {
        await page.getByText('2 interfaces, 4 arrows').waitFor()
        await check()
        await page.getByRole('button', { name: 'web to db: tcp 5432' }).click()
        const detail = page.getByRole('region', { name: 'web to db' })
        const rule = detail.getByRole('link', { name: `tcp 5432 from ${stage.at.web.group}` })
        await rule.waitFor()
        await detail.getByText('sallyport explain 172.31.0.10 172.31.0.30 tcp 5432').waitFor()
        await check()
        await rule.click()
        await page.getByRole('table', { name: 'inbound rules' }).locator('tr[aria-current]').getByText('5432').waitFor()
        await page.goBack()
        await detail.getByRole('link', { name: 'Trace it' }).click()
        await page.getByText('reachable', { exact: true }).waitFor()
      }))

    test('is filtered by service and by name, and told as a list', () =>
      stage.walk(look, 'map', async ({ page, check }) => {
        await page.getByLabel('Open on').fill('tcp/5432')
        await page.getByText('2 interfaces, 2 arrows').waitFor()
        await page.getByText('sallyport reach --by interface --on tcp/5432').waitFor()
        await page.getByLabel('Open on').fill('http')
        await page.getByText("'http' names no services").waitFor()
        await check()
        await page.getByLabel('Open on').fill('')
        await page.getByLabel('Find').fill('172.31.0.30')
        await page.getByText('2 interfaces, 2 arrows').waitFor()
        await page.getByLabel('Find').fill('nobody')
        await page.getByText('Nothing is called nobody').waitFor()
        await page.getByLabel('Find').fill('')
        await page.getByRole('tab', { name: 'List' }).click()
        const table = page.getByRole('table', { name: 'Who can open a connection to whom' })
        await expect.poll(() => table.getByRole('row').count()).toBe(5)
        await check()
        await table.getByRole('button', { name: 'internet to web: tcp 80' }).click()
        await page.getByRole('region', { name: 'internet to web' }).getByText('Inbound rules of web').waitFor()
        await check()
      }))
  })

  test('follows what others change', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'map', async ({ page }) => {
      await page.getByText('2 interfaces, 4 arrows').waitFor()
      const { db } = stage.at
      const input = { GroupId: db.group, SecurityGroupRuleIds: [db.rule] }
      await call(stage.url, 'RevokeSecurityGroupIngress', input)
      await page.getByText('2 interfaces, 3 arrows').waitFor()
    }))

  test('is walked with the keyboard alone', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'map', async ({ page }) => {
      await page.getByText('2 interfaces, 4 arrows').waitFor()
      await tabTo(page, /^web172/)
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'web', exact: true }).getByText('Can open connections to').waitFor()
      await tabTo(page, 'web to db: tcp 5432')
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'web to db' }).getByText('Outbound rules of web').waitFor()
    }))

  test('of 600 interfaces shows groups, and opens one', async () => {
    const server = await startServer(['--memory', '--quota', 'off'])
    await manyInterfaces(server.url, 600)
    for (const look of looks) {
      const { page, check, close } = await visit(stage.browser, server.url, look)
      await page.goto(`${server.url}/console/map`)
      await page.getByText('600 interfaces, 41 arrows').waitFor()
      expect(await page.locator('.map-node').count()).toBe(21)
      await check()
      await page.getByRole('button', { name: 'Open tier-03' }).click()
      await page.getByRole('button', { name: 'Close tier-03' }).waitFor()
      expect(await page.locator('.map-node').count()).toBe(50)
      await page.getByText(/arrows are not drawn/).waitFor()
      await check()
      await page.getByRole('button', { name: 'Close tier-03' }).click()
      await page.getByText('600 interfaces, 41 arrows').waitFor()
      await close()
    }
    expect(await server.stop()).toBe(0)
  })
})
