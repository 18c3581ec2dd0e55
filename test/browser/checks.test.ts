/** The Checks page in a browser: findings with their fixes, policy tests that are typed, chosen and dropped, and a flow log that is judged. */

import { describe, test } from 'vitest'
import { logFields, logLines } from '../console/log.ts'
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

function logFile(name: string, text: string) {
  return { name, mimeType: '', buffer: Buffer.from(text) }
}

describe.skipIf(browserPath === undefined)('checks', () => {
  const stage = browserStage(({ url, web }) => call(url, 'AuthorizeSecurityGroupIngress', opened(web.group)))
  const logText = () => `${logFields.join(' ')}\n${logLines(stage.at).join('\n')}\n`

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

    test('judge a flow log, again when rules change, and repair what it breaks', () =>
      stage.walk(look, 'checks/replay', async ({ page, check }) => {
        await page.getByText('sallyport replay night.log --against live').waitFor()
        await check()
        await page.getByLabel('Choose a file', { exact: true }).setInputFiles(logFile('vpc flow.log', logText()))
        await page.getByText('3 of 8 records were accepted and would be denied.').waitFor()
        const results = page.getByRole('list', { name: 'Results' })
        await results.getByText('who opened it is guessed').waitFor()
        await results.getByRole('link', { name: 'tcp 80 from 0.0.0.0/0' }).waitFor()
        await page.getByText("sallyport replay 'vpc flow.log' --against live").waitFor()
        const repair = page.getByRole('region', { name: 'Repair' })
        await repair.getByText('2 rules to add (no fewer would do)').waitFor()
        await repair.getByText(`--group-id ${stage.at.db.group}`).waitFor()
        await check()
        await page.getByText('Unchanged, accepted: 2 records').click()
        await check()
        await page.getByLabel('Guess nothing').check()
        await page.getByText('2 of 8 records were accepted and would be denied.').waitFor()
        const redis = {
          ...{ IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 },
          UserIdGroupPairs: [{ GroupId: stage.at.web.group }],
        }
        await call(stage.url, 'AuthorizeSecurityGroupIngress', {
          GroupId: stage.at.db.group,
          IpPermissions: [redis],
        })
        await page.getByText('Of 8 records none that was accepted would be denied.').waitFor()
        await page.getByRole('tab', { name: 'Findings' }).click()
        await page.getByRole('tab', { name: 'Replay' }).click()
        await page.getByText('Of 8 records none that was accepted would be denied.').waitFor()
      }))

    test('shrink rules to what a flow log saw', () =>
      stage.walk(look, 'checks/replay', async ({ page, check }) => {
        await page.getByLabel('Shrink rules').check()
        await page.getByText('sallyport replay night.log --against live --shrink').waitFor()
        await page.getByLabel('Choose a file', { exact: true }).setInputFiles(logFile('night.log', logText()))
        const tightest = page.getByRole('region', { name: 'Tightest rules' })
        const narrower = tightest.getByRole('listitem').filter({ hasText: 'tcp 80 from 0.0.0.0/0' })
        await narrower.getByText('tcp 80 from 198.51.100.7/32').waitFor()
        await tightest.getByRole('listitem').filter({ hasText: 'Unused' }).getByText('tcp 22').waitFor()
        await tightest.getByText('what runs once a month or at a failover only was not seen').waitFor()
        await tightest.getByText('Judged again with them: all that passed passes still.').waitFor()
        await tightest.getByText('Proved: nothing opens.').waitFor()
        await check()
        await page.getByLabel('Shrink rules').uncheck()
        await tightest.waitFor({ state: 'detached' })
      }))
  })

  test('say why a file is no flow log', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'checks/replay', async ({ page }) => {
      const noLog = 'a song of no lines '.repeat(500_000)
      await page.getByLabel('Choose a file', { exact: true }).setInputFiles(logFile('song.txt', noLog))
      await page.getByText('This log cannot be read: A line of it is longer than 1 MB').waitFor()
    }))

  test('judge a large log once, show how far it is, and can be stopped', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'checks/replay', async ({ page }) => {
      const large = logText() + `${logLines(stage.at)[0]}\n`.repeat(250_000)
      await page.getByLabel('Choose a file', { exact: true }).setInputFiles(logFile('large.log', large))
      await page.getByRole('progressbar', { name: 'Judging' }).waitFor()
      await page.getByRole('button', { name: 'Stop' }).click()
      await page.getByText('It was not judged to its end.').waitFor()
      await page.getByRole('button', { name: 'Judge it again' }).click()
      await page.getByText('250,003 of 250,008 records were accepted and would be denied.').waitFor()
      await call(stage.url, 'RevokeSecurityGroupIngress', opened(stage.at.web.group))
      await page.getByText('The rules may have changed since.').waitFor()
      await page.getByRole('button', { name: 'Judge it again' }).click()
      await page.getByText('The rules may have changed since.').waitFor({ state: 'detached' })
      await page.getByText('250,003 of 250,008 records were accepted and would be denied.').waitFor()
    }))

  test('take a log that is dropped', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'checks/replay', async ({ page }) => {
      const dropped = await page.evaluateHandle((text) => {
        const data = new DataTransfer()
        data.items.add(new File([text], 'dropped.log'))
        return data
      }, logText())
      await page.getByRole('region', { name: 'Flow log' }).dispatchEvent('drop', { dataTransfer: dropped })
      await page.getByText('3 of 8 records were accepted and would be denied.').waitFor()
    }))

  test('take a file of policy tests that is chosen', () =>
    stage.walk({ width: 1280, theme: 'light' }, 'checks/tests', async ({ page }) => {
      const file = { name: 'policy.yaml', mimeType: 'text/yaml', buffer: Buffer.from(tests) }
      await page.getByLabel('Choose a file', { exact: true }).setInputFiles(file)
      await page.getByText('1 of 3 claims do not hold.').waitFor()
    }))
})
