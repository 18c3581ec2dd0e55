/**
 * A browser that visits the console as a person would, and notes what no page of it may do: speak to another
 * server, break its own Content-Security-Policy, write an error to its console, be wider than the window.
 */

import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Look } from './browser.ts'

export interface Visit {
  readonly page: Page
  /** Fails for whatever the page did wrong so far, and for what axe calls serious. */
  check(): Promise<void>
  close(): Promise<void>
}

export async function visit(browser: Browser, url: string, { width, theme }: Look): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: theme })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(`error: ${message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) faults.push(`request to ${request.url()}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // Errors are noted as the page's own are.
      throw new Error(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  await page.goto(url)
  await page.getByText('Live', { exact: true }).waitFor({ state: 'attached' })
  return {
    page,
    async check() {
      expect(await seriousFindings(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(faults).toEqual([])
    },
    close: () => context.close(),
  }
}

interface Finding {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** The animations of a change are over before it is judged: what fades in has no contrast yet. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)).then(() => undefined))
  await page.evaluate(axe.source)
  const findings = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Finding[]
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
}

/** Presses Tab until the element with that name has the focus, as who has no mouse must. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const own = document.activeElement
      const label = own instanceof HTMLInputElement ? own.labels?.[0]?.querySelector('span')?.textContent : undefined
      return own?.getAttribute('aria-label') ?? label ?? own?.textContent?.trim() ?? ''
    })
    if (typeof name === 'string' ? found === name : name.test(found)) return
  }
  throw new Error(`Tab never comes to ${name}`)
}
