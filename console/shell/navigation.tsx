/** The left navigation; below 800 px it opens over the page. */

import type { Signal } from '@preact/signals'
import { pages, sections } from './pages.ts'
import { href, path } from './router.ts'

export function Navigation({ isOpen }: { readonly isOpen: Signal<boolean> }) {
  const here = path.value.split('/')[1]
  return (
    <nav class="navigation" id="navigation" aria-label="Console" data-open={isOpen.value}>
      {sections.map((section) => {
        const rows = pages.filter((each) => each.section === section)
        if (rows.length === 0) return null
        return (
          <div key={section}>
            <h2>{section}</h2>
            <ul>
              {rows.map((row) => (
                <li key={row.path}>
                  <a href={href(`/${row.path}`)} aria-current={row.path === here ? 'page' : undefined}>
                    {row.label}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}
