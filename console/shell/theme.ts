/** Light, dark, or as the system says; kept in the browser. */

import { signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const theme = signal<Theme>(themes.find((each) => each === kept('theme')) ?? 'auto')

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  keep('theme', chosen)
  applyTheme()
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value
}
