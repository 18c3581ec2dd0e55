/** Reachability as a Mermaid flowchart: an arrow for who can open a connection to whom. */

import type { Arrow } from './arrows.ts'

export function formatMermaid(arrows: readonly Arrow[]): string {
  const names = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))]
  const id = (name: string) => `n${names.indexOf(name)}`
  return [
    'flowchart LR',
    ...names.map((name) => `  ${id(name)}["${escaped(name)}"]`),
    ...arrows.map(
      ({ from, to, text, isKnown }) => `  ${id(from)} ${isKnown ? '-->' : '-.->'}|"${escaped(text)}"| ${id(to)}`,
    ),
    '',
  ].join('\n')
}

/** Mermaid reads entities in quoted labels. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
