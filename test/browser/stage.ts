/** The openings of a browser's tests: one browser for a file, a fresh server with two hosts for each test, visits that check themselves. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { type Scene, scene } from '../console/scene.ts'
import { type ServerProcess, startServer } from '../server-process.ts'
import { type Look, openBrowser } from './browser.ts'
import { type Visit, visit } from './visit.ts'

export interface Stage {
  readonly browser: Browser
  readonly url: string
  readonly at: Scene
  /** Visits a page of the console, `map?on=tcp/22`; at the end the visit is checked. */
  walk(look: Look, path: string, steps: (visited: Visit) => Promise<void>): Promise<void>
}

/** To be called where tests are described; what it gives is there once a test runs. */
export function browserStage(prepare: (at: Scene) => Promise<unknown> = async () => undefined): Stage {
  let browser: Browser
  let server: ServerProcess
  let at: Scene

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    server = await startServer()
    at = await scene(server.url)
    await prepare(at)
    return async () => expect(await server.stop()).toBe(0)
  })

  return {
    get browser() {
      return browser
    },
    get url() {
      return server.url
    },
    get at() {
      return at
    },
    async walk(look, path, steps) {
      const visited = await visit(browser, server.url, look)
      if (path !== '') await visited.page.goto(`${server.url}/console/${path}`)
      await steps(visited)
      await visited.check()
      await visited.close()
    },
  }
}
