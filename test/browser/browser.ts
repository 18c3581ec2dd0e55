/** The browser that visits the console, and the windows that it opens: wide and narrow, light and dark. */

import { type Browser, chromium } from 'playwright-core'
import { findTool } from '../tools.ts'

export const browserPath = findTool('chromium').path

export interface Look {
  readonly width: number
  readonly theme: 'light' | 'dark'
}

export const looks: readonly Look[] = [
  { width: 1280, theme: 'light' },
  { width: 1280, theme: 'dark' },
  { width: 360, theme: 'light' },
  { width: 360, theme: 'dark' },
]

/** Debian's Chromium, kept from calling home. */
export function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run']
  return chromium.launch({ executablePath: browserPath ?? '', args })
}
