/** The Checks page in a browser: findings with their fixes, and policy tests that are typed, chosen and dropped. */

import { describe, test } from 'vitest'
import { call } from '../console/pages.ts'
import { browserPath, looks } from './browser.ts'
import { browserStage } from './stage.ts'

const tests = `tests:
  - name: the shop
    src: internet
    accept: ["web:80"]
    deny: ["db:*", "web:80"]
`

function opened(group: string): object {
  const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  return { GroupId: group, IpPermissions: [everybody] }
}

describe.skipIf(browserPath === undefined)('checks', () => {
  const stage = browserStage(({ url, web }) => call(url, 'AuthorizeSecurityGroupIngress', opened(web.group)))

  describe.each(looks)('at $width px, $theme', (look) => {
    test('list findings with their fixes, until they are fixed', () =>
      stage.walk(look, 'checks', async ({ page, check }) => {
        const finding = page
          .getByRole('list', { name: 'Findings' })
          .getByRole('listitem')
          .filter({ hasText: 'SG-OPEN-ADMIN' })
        await finding.getByText('aws ec2 revoke-security-group-ingress').waitFor()
        await check()
        await page.getByLabel('Severity').selectOption({ value: 'error' })
        await page.getByLabel('Find findings').fill('admin')
        await finding.getByRole('link', { name: 'Trace it' }).waitFor()
        await call(stage.url, 'RevokeSecurityGroupIngress', opened(stage.at.web.group))
        await finding.waitFor({ state: 'detached' })
      }))

    test('take what is said to be meant', () =>
      stage.walk(look, 'checks/findings', async ({ page, check }) => {
        await page.getByText('What is meant: public services, suppressions').click()
        const field = page.getByLabel('Configuration of lint')
        await field.fill('suppress: nothing')
        await page.getByText('line 1: suppress is a list').waitFor()
        await check()
        await field.fill('suppress:\n  - id: SG-OPEN-ADMIN\n    on: web\n    reason: a test\n')
        await page.getByText('1 suppressed').click()
        await page.getByText('a test').last().waitFor()
        await check()
      }))

    test('prove policy tests or refute them with a packet, again after each change', () =>
      stage.walk(look, 'checks/tests', async ({ page, check }) => {
        await check()
        await page.getByLabel('Policy tests, in YAML').fill('tests: 1')
        await page.getByText('line 1: tests is a list').waitFor()
        await page.getByLabel('Policy tests, in YAML').fill(tests)
        await page.getByText('1 of 3 claims do not hold.').waitFor()
        const failed = page.getByRole('list', { name: 'Results' }).getByRole('listitem').first()
        await failed.getByText('want denied, got accepted').waitFor()
        await failed.getByRole('link', { name: 'tcp 80 from 0.0.0.0/0' }).waitFor()
        await failed.getByText('Replay it through the packet engine').click()
        await failed.getByText('sallyport simulate -').waitFor()
        await check()
        const { web } = stage.at
        const input = { GroupId: web.group, SecurityGroupRuleIds: [web.rule] }
        await call(stage.url, 'RevokeSecurityGroupIngress', input)
        await failed.getByText('want accepted, got denied').waitFor()
        await page.reload()
        await page.getByText('1 of 3 claims do not hold.').waitFor()
      }))
  })

  test('take a file of policy tests that is chosen', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'checks/tests', async ({ page }) => {
      const file = { name: 'policy.yaml', mimeType: 'text/yaml', buffer: Buffer.from(tests) }
      await page.getByLabel('Choose a file', { exact: true }).setInputFiles(file)
      await page.getByText('1 of 3 claims do not hold.').waitFor()
    }))
})
