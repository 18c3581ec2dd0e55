/** The packet tracer, connections and flow log in a browser. */

import { describe, expect, test } from 'vitest'
import { value } from '../console/pages.ts'
import { browserPath, looks } from './browser.ts'
import { browserStage } from './stage.ts'
import { tabTo } from './visit.ts'

describe.skipIf(browserPath === undefined)('traffic', () => {
  const stage = browserStage()

  describe.each(looks)('at $width px, $theme', (look) => {
    test('is traced packet by packet, and a tracked connection survives the revoke of its rule', () =>
      stage.walk(look, 'tracer', async ({ page, check }) => {
        await page.getByLabel('From', { exact: true }).fill('web')
        await page.getByLabel('To', { exact: true }).fill('db')
        await page.getByLabel('Port', { exact: true }).fill('5432')
        await page.getByRole('button', { name: 'Trace' }).click()
        await page.getByText('reachable', { exact: true }).waitFor()
        for (const packet of ['SYN', 'SYN-ACK', 'ACK'])
          await page.getByRole('button', { name: `Send ${packet}`, exact: true }).click()
        const states = page.getByRole('table', { name: 'Connections in the copy' })
        await expect.poll(() => states.getByRole('cell', { name: 'established' }).count()).toBe(2)
        await check()
        await page.getByLabel('Rule on the way').selectOption({ value: stage.at.db.rule })
        await page.getByRole('button', { name: 'Revoke' }).click()
        await page.getByText('unreachable', { exact: true }).waitFor()
        await page.getByRole('button', { name: 'Send data' }).click()
        await page.getByRole('region', { name: 'Why' }).getByText('since revoked').waitFor()
        await check()
        await page.getByRole('combobox', { name: 'Wait' }).selectOption('5 days')
        await page.getByRole('button', { name: 'Wait', exact: true }).click()
        await page.getByText('Nothing is remembered').waitFor()
        await page.getByRole('button', { name: /SYN, from the sender/ }).click()
        const why = page.getByRole('region', { name: 'Why' })
        await why.getByText('no ingress rule of').waitFor()
        await page.getByText('All hops, all that is in the way').click()
        await check()
      }))

    test('shows live connections, and what a revoke would do to each', () =>
      stage.walk(look, 'connections', async ({ page, check }) => {
        await page.getByText('Send packets', { exact: true }).click()
        await page.getByLabel('From', { exact: true }).fill('web')
        await page.getByLabel('To', { exact: true }).fill('db')
        await page.getByLabel('Port', { exact: true }).fill('5432')
        await page.getByRole('button', { name: 'Send', exact: true }).click()
        const table = page.getByRole('table', { name: 'Live connections' })
        await expect.poll(() => table.getByRole('row').count()).toBe(3)
        await page.getByText('5 packets delivered.').waitFor()
        await check()
        await table.getByRole('button', { name: /5432/ }).nth(1).click()
        await page.getByText('the flow goes on until it idles out, as it is tracked').first().waitFor()
        await page.getByText(`--security-group-rule-ids ${stage.at.db.rule}`).waitFor()
        await check()
      }))

    test('is told record by record, each with what decided it', () =>
      stage.walk(look, 'flow-log', async ({ page, check }) => {
        await page.getByText('No records yet').waitFor()
        await value(stage.at.url, 'send', { from: 'db', to: 'web', protocol: 'tcp', port: 22 })
        await page.getByText('REJECT', { exact: true }).waitFor()
        await page.getByText('no rule admits it').waitFor()
        await check()
        await page
          .getByRole('table')
          .getByRole('button', { name: /172\.31\.0\.10:22/ })
          .first()
          .click()
        await page.getByText('No flow log covers this interface').waitFor()
        await page.getByText(/^2 123456789012 eni-.* REJECT OK$/).waitFor()
        await check()
        await page.getByRole('tab', { name: 'Delivered lines' }).click()
        await page.getByText('No flow logs').waitFor()
        await check()
      }))
  })

  test('is traced with the keyboard alone', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'tracer', async ({ page }) => {
      for (const [field, text] of [
        ['From', 'web'],
        ['To', 'db'],
        ['Port', '5432'],
      ] as const) {
        await tabTo(page, field)
        await page.keyboard.type(text)
      }
      await page.keyboard.press('Enter')
      await page.getByText('reachable', { exact: true }).waitFor()
      await tabTo(page, 'Send SYN')
      await page.keyboard.press('Enter')
      await page.getByText('delivered', { exact: true }).waitFor()
      await tabTo(page, 'Play')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'All sent' }).waitFor()
    }))
})
