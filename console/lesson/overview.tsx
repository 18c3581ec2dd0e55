/** The lesson's front: where to go on, the ten modes, the chapters with what is done of each. */

import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { Chapter } from '../../src/lesson/content.ts'
import { chapterShare, markOf, nextStep } from './progress.ts'

export function Overview({ content }: { readonly content: LessonContent }) {
  const next = nextStep(content)
  return (
    <div class="stack">
      <section class="panel go-on" aria-label="Go on">
        <div>
          <h2>{next.title}</h2>
          <p class="quiet">{next.about}</p>
        </div>
        <a class="button primary" href={next.href}>
          {next.label}
        </a>
      </section>
      <section aria-label="Ten ways through it">
        <h2>Ten ways through it</h2>
        <ul class="modes">
          {content.modes.map(({ id, title, says }) => (
            <li key={id}>
              <a class="panel mode" href={`/console/lesson/${id}`}>
                <strong>{title}</strong>
                <span>{says}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section class="panel" aria-label="Chapters">
        <div class="panel-head">
          <h2>
            Chapters <small>{content.chapters.length}</small>
          </h2>
        </div>
        <ol class="topics numbered">
          {content.chapters.map((chapter) => (
            <ChapterRow key={chapter.id} chapter={chapter} />
          ))}
        </ol>
      </section>
    </div>
  )
}

function ChapterRow({ chapter }: { readonly chapter: Chapter }) {
  const { id, title, aim } = chapter
  const { seen, total } = chapterShare(chapter)
  return (
    <li>
      <div>
        <a href={`/console/lesson/read/${id}`}>{title}</a>
        <p class="quiet">{aim}</p>
      </div>
      <span class="topic-marks">
        {markOf('read', id) && <span class="badge good">Read</span>}
        {seen > 0 && (
          <span class={seen === total ? 'badge good' : 'badge'}>
            {seen} of {total} scenes
          </span>
        )}
      </span>
    </li>
  )
}
