/** How enforcement stands and what rules let through, in a browser; an agent's report stands for a kernel. */

import { describe, expect, test } from 'vitest'
import type { AgentReport } from '../../src/app/enforcement/enforcement-paths.ts'
import { ask } from '../../src/app/remote.ts'
import type { Scene } from '../console/scene.ts'
import { browserPath, looks } from './browser.ts'
import { browserStage } from './stage.ts'

describe.skipIf(browserPath === undefined)('enforcement', () => {
  const stage = browserStage((at) => report(at, { kind: 'degraded', why: 'nft was taken away' }))

  async function report(at: Scene, state: AgentReport['state']): Promise<void> {
    const remote = { url: at.url, region: 'us-east-1', accessKeyId: 'test', secret: 'test' }
    const told: AgentReport = {
      networkInterface: at.web.card as AgentReport['networkInterface'],
      host: 'web-1',
      device: 'eth0',
      state,
      counters: { [at.web.rule]: { packets: 1234, bytes: 74_040 }, 'refused-in': { packets: 7, bytes: 420 } },
      testimony: {
        connections: [
          {
            isTracked: false,
            direction: 'ingress',
            opening: 'tcp 203.0.113.7:40000 > 172.31.0.10:80 -',
            state: 'established',
            isAnswered: true,
            secondsLeft: 431_999,
            openedAt: Date.now(),
          },
        ],
        flows: [],
        hasLost: false,
      },
    }
    await ask(remote, { method: 'POST', target: '/_sallyport/enforcement', body: JSON.stringify(told) })
  }

  describe.each(looks)('at $width px, $theme', (look) => {
    test('is listed interface by interface, and follows what is reported', () =>
      stage.walk(look, 'enforcement', async ({ page, check }) => {
        const table = page.getByRole('table', { name: 'Enforced interfaces' })
        await table.getByText('nft was taken away').waitFor()
        expect(await table.getByRole('row').nth(1).innerText()).toMatch(/degraded[\s\S]*web-1, eth0[\s\S]*7[\s\S]*0/)
        await check()
        await report(stage.at, { kind: 'enforced' })
        await table.getByText('enforced', { exact: true }).waitFor()
      }))

    test('tells of each rule how often it was used', () =>
      stage.walk(look, `groups/${stage.at.web.group}/inbound`, async ({ page }) => {
        const table = page.getByRole('table', { name: 'inbound rules' })
        await table.getByRole('columnheader', { name: 'Packets' }).waitFor()
        await table.getByRole('cell', { name: '1,234' }).waitFor()
      }))

    test('shows on the interfaces of a group', () =>
      stage.walk(look, `groups/${stage.at.web.group}/attached`, async ({ page }) => {
        const table = page.getByRole('table', { name: 'Attached network interfaces' })
        await table.getByText('degraded', { exact: true }).waitFor()
      }))

    test('brings connections that the kernel has', () =>
      stage.walk(look, 'connections', async ({ page }) => {
        const table = page.getByRole('table', { name: 'Live connections' })
        await table.getByRole('cell', { name: 'kernel', exact: true }).waitFor()
        await table.getByText('untracked', { exact: true }).waitFor()
      }))
  })
})
