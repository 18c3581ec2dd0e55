/** Security groups in a browser: found, read, changed with a look at what it does to traffic, made, copied, deleted. */

import { describe, expect, test } from 'vitest'
import { call, value } from '../console/pages.ts'
import { scene } from '../console/scene.ts'
import { startServer } from '../server-process.ts'
import { browserPath, looks } from './browser.ts'
import { browserStage } from './stage.ts'
import { tabTo, visit } from './visit.ts'

describe.skipIf(browserPath === undefined)('security groups', () => {
  const stage = browserStage(({ url, web }) =>
    value(url, 'send', {
      packet: 'tcp 198.51.100.7:40000 > 172.31.0.10:80 S',
      at: { networkInterface: web.card, direction: 'ingress' },
    }),
  )

  describe.each(looks)('at $width px, $theme', (look) => {
    test('are listed, filtered and read tab by tab', () =>
      stage.walk(look, '', async ({ page, check }) => {
        await page.getByRole('searchbox', { name: 'Find security groups' }).fill('web')
        const table = page.getByRole('table', { name: 'Security groups' })
        await expect.poll(() => table.getByRole('row').count()).toBe(2)
        await check()
        await page.getByRole('searchbox', { name: 'Find security groups' }).fill('')
        await page.getByRole('link', { name: stage.at.web.group }).click()
        await page.getByRole('cell', { name: 'HTTP', exact: true }).waitFor()
        await check()
        for (const [tab, text] of [
          ['Outbound rules', 'All traffic'],
          ['Attached to', stage.at.web.card],
          ['References', stage.at.db.group],
          ['Tags', 'No tags'],
        ] as const) {
          await page.getByRole('tab', { name: tab }).click()
          await page.getByRole('tabpanel').getByText(text).first().waitFor()
          await check()
        }
      }))

    test('are changed after a look at what the change closes and which connections it cuts', () =>
      stage.walk(look, '', async ({ page, check }) => {
        await page.getByRole('link', { name: stage.at.web.group }).click()
        await page.getByRole('link', { name: 'Edit inbound rules' }).click()
        await page.getByLabel('Source type').selectOption('Custom')
        await page.getByLabel('Source', { exact: true }).fill('10.0.0.7/8')
        await page.getByText('Stored as 10.0.0.0/8').waitFor()
        const before = page.getByRole('region', { name: 'Before you save' })
        const pairs = before.getByRole('region', { name: 'Opens and closes' })
        await pairs.getByText('internet → web: tcp 80').waitFor()
        await pairs.getByText('Proved: nothing else opens or closes').waitFor()
        const tracking = before.getByRole('region', { name: 'Tracked and untracked' })
        await tracking.getByText('was untracked and is refused: such connections are cut at once').waitFor()
        const effect = before.getByRole('region', { name: 'Live connections' })
        await effect.getByText('Cut at once', { exact: true }).waitFor()
        await effect.getByText('new ones: untracked → refused').waitFor()
        const line = page.getByText(`aws ec2 modify-security-group-rules --group-id ${stage.at.web.group}`)
        await line.waitFor()
        await check()
        await page.getByRole('button', { name: 'Save rules' }).click()
        await page.getByRole('cell', { name: '10.0.0.0/8' }).waitFor()
        await page.getByText(`The rules of ${stage.at.web.group} are saved.`).waitFor()
      }))

    test('are made, copied and deleted', () =>
      stage.walk(look, '', async ({ page, check }) => {
        await page.getByRole('link', { name: 'Create security group' }).click()
        await page.getByLabel('Security group name').fill('made here')
        await page.getByLabel('Description', { exact: true }).fill('for the test')
        const inbound = page.getByRole('region', { name: 'Inbound rules' })
        await inbound.getByRole('button', { name: 'Add rule' }).click()
        await inbound.getByRole('combobox', { name: 'Type', exact: true }).selectOption('HTTPS')
        await inbound.getByLabel('Source type').selectOption('Anywhere-IPv4')
        await page.getByText('--query GroupId --output text)').waitFor()
        await check()
        await page.getByRole('button', { name: 'Create security group' }).click()
        await page.getByRole('heading', { name: 'made here' }).waitFor()
        await page.getByRole('cell', { name: 'HTTPS' }).waitFor()
        await page.getByRole('link', { name: 'Copy to new' }).click()
        await page.getByRole('button', { name: 'Create security group' }).click()
        await page.getByRole('heading', { name: 'made here copy' }).waitFor()
        await page.getByRole('cell', { name: 'HTTPS' }).waitFor()
        await page.getByRole('button', { name: 'Delete', exact: true }).click()
        await check()
        await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
        await page.getByText('(made here copy) is deleted.').waitFor()
        const { SecurityGroups } = await call<{ SecurityGroups: { GroupName: string }[] }>(
          stage.at.url,
          'DescribeSecurityGroups',
        )
        expect(SecurityGroups.map(({ GroupName }) => GroupName).sort()).toEqual(['db', 'default', 'made here', 'web'])
      }))
  })

  test('are changed with the keyboard alone', () =>
    stage.walk({ width: 1280, theme: 'light' }, '', async ({ page }) => {
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await tabTo(page, stage.at.web.group)
      await page.keyboard.press('Enter')
      await tabTo(page, 'Inbound rules')
      await page.keyboard.press('ArrowRight')
      await page.getByRole('tab', { name: 'Outbound rules', selected: true }).waitFor()
      await page.keyboard.press('ArrowLeft')
      await tabTo(page, 'Edit inbound rules')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Edit inbound rules' }).waitFor()
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Edit inbound rules')
      await tabTo(page, 'Add rule')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Shift+Tab')
      for (const text of [undefined, '203.0.113.0/24', undefined, '8080']) {
        await page.keyboard.press('Shift+Tab')
        if (text) await page.keyboard.type(text)
      }
      await page.getByText('All 1 live connections').or(page.getByText('The one live connection goes on')).waitFor()
      await tabTo(page, 'Save rules')
      await page.keyboard.press('Enter')
      await page.getByRole('cell', { name: '203.0.113.0/24' }).waitFor()
    }))

  test('show what others change without being asked', () =>
    stage.walk({ width: 1280, theme: 'light' }, '', async ({ page }) => {
      await page.getByRole('link', { name: stage.at.web.group }).click()
      await page.getByRole('cell', { name: 'HTTP', exact: true }).waitFor()
      const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] }
      await call(stage.at.url, 'AuthorizeSecurityGroupIngress', {
        GroupId: stage.at.web.group,
        IpPermissions: [permission],
      })
      await page.getByRole('cell', { name: 'SSH' }).waitFor()
    }))

  test("say AWS's own sentence before what EC2 would refuse is tried", () =>
    stage.walk({ width: 1280, theme: 'light' }, '', async ({ page }) => {
      await page.getByRole('link', { name: stage.at.web.group }).click()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByRole('dialog').getByText('DependencyViolation').waitFor()
      expect(await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(
        true,
      )
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }))

  test('of 500 rules scroll with only the rows in view in the document', async () => {
    const quota = await startServer(['--memory', '--quota', 'off'])
    const many = await scene(quota.url)
    const IpRanges = Array.from({ length: 500 }, (_, n) => ({ CidrIp: `10.${n >> 8}.${n & 255}.0/24` }))
    const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges }
    await call(quota.url, 'AuthorizeSecurityGroupIngress', { GroupId: many.db.group, IpPermissions: [permission] })
    const visited = await visit(stage.browser, quota.url, { width: 1280, theme: 'light' })
    await visited.page.goto(`${quota.url}/console/groups/${many.db.group}`)
    const table = visited.page.getByRole('table', { name: 'inbound rules' })
    await table.waitFor()
    expect(await table.getAttribute('aria-rowcount')).toBe('502')
    const longest = await visited.page.evaluate(scrollThrough)
    expect(await visited.page.locator('tr[aria-rowindex="502"]').count()).toBe(1)
    expect(await table.locator('tbody tr').count()).toBeLessThan(60)
    expect(longest).toBeLessThan(250)
    await visited.check()
    await visited.close()
    await quota.stop()
  })
})

/** In the page: scrolls the rules to their end in forty steps, and tells how long the longest frame took. */
async function scrollThrough(): Promise<number> {
  const boxes = document.querySelectorAll('.table-scroll')
  const box = boxes[boxes.length - 1]
  if (!box) throw new Error('nothing scrolls')
  let longest = 0
  for (let step = 1; step <= 40; step++) {
    const start = performance.now()
    box.scrollTop = (box.scrollHeight * step) / 40
    await new Promise((resolve) => requestAnimationFrame(resolve))
    longest = Math.max(longest, performance.now() - start)
  }
  await new Promise((resolve) => requestAnimationFrame(resolve))
  return longest
}
