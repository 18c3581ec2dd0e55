/** The lesson's own navigation: its modes in a row, which scrolls where it does not fit. */

import { useEffect, useRef } from 'preact/hooks'
import type { ModeId } from '../../src/lesson/content.ts'

const links: readonly (readonly [place: ModeId | '' | 'progress', label: string])[] = [
  ['', 'Overview'],
  ['read', 'Read'],
  ['watch', 'Watch'],
  ['do', 'Do'],
  ['predict', 'Predict'],
  ['fix', 'Fix'],
  ['build', 'Build'],
  ['compare', 'Compare'],
  ['flashcards', 'Flashcards'],
  ['practice', 'Practice'],
  ['exam', 'Exam'],
  ['progress', 'Progress'],
]

export function LessonNavigation({ place }: { readonly place: string }) {
  const row = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (here && row.current) row.current.scrollLeft = here.offsetLeft - row.current.clientWidth / 2
  }, [place])
  return (
    <nav class="lesson-navigation" aria-label="Lesson">
      <ul ref={row}>
        {links.map(([id, label]) => (
          <li key={id}>
            <a
              href={id === '' ? '/console/lesson' : `/console/lesson/${id}`}
              aria-current={id === place ? 'page' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
