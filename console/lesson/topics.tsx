/** What a mode can be about, with what the learner has done of it. */

import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { ModeId } from '../../src/lesson/content.ts'
import { markOf } from './progress.ts'

export interface Topic {
  readonly id: string
  readonly title: string
  readonly about?: string
  readonly level?: string
  /** Under which heading it is listed. */
  readonly section?: string
}

export function topicsOf(mode: ModeId, content: LessonContent): readonly Topic[] {
  switch (mode) {
    case 'read':
      return content.chapters.map(({ id, title, aim }) => ({ id, title, about: aim }))
    case 'watch':
    case 'predict':
      return sceneTopics(content)
    case 'do':
      return content.drills.map(({ id, title, says }) => ({ id, title, about: says }))
    case 'fix':
    case 'build':
      return content.exercises
        .filter(({ kind }) => kind === mode)
        .map(({ id, title, scenario, level }) => ({ id, title, about: scenario, level }))
    case 'compare':
      return content.comparisons.map(({ id, title, group, acl }) => ({
        id,
        title,
        about: `Security group: ${group.says} Network ACL: ${acl.says}`,
      }))
    case 'practice':
      return content.questions.map(({ id, asks, scenario, level }) => ({
        id,
        title: asks,
        about: scenario,
        level,
        section: sectionOf[level],
      }))
    case 'flashcards':
    case 'exam':
      return []
    default:
      return mode satisfies never
  }
}

const sectionOf = { easy: 'Easy', medium: 'Medium', hard: 'Hard' } as const

/** In the chapters' order; a scene that two chapters show is listed once. */
function sceneTopics({ chapters, scenes }: LessonContent): readonly Topic[] {
  const listed = new Set<string>()
  return chapters.flatMap(({ title: section, scenes: ids }) =>
    ids.flatMap((id) => {
      const scene = scenes.find((each) => each.id === id)
      if (!scene || listed.has(id)) return []
      listed.add(id)
      return [{ id, title: scene.title, about: scene.claim, section }]
    }),
  )
}

export function TopicList({ mode, content }: { readonly mode: ModeId; readonly content: LessonContent }) {
  const topics = topicsOf(mode, content)
  const sections = Array.from(new Set(topics.map(({ section = '' }) => section)))
  const ordered = mode === 'practice' ? Object.values(sectionOf) : sections
  return (
    <div class="stack">
      {mode === 'practice' && (
        <div class="buttons">
          <a class="button" href="/console/lesson/practice/endless">
            Questions without end
          </a>
        </div>
      )}
      {ordered.map((section) => (
        <section key={section} class="panel" aria-label={section || 'Topics'}>
          {section !== '' && (
            <div class="panel-head">
              <h2>{section}</h2>
            </div>
          )}
          <ul class="topics">
            {topics
              .filter((topic) => (topic.section ?? '') === section)
              .map((topic) => (
                <TopicRow key={topic.id} mode={mode} topic={topic} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TopicRow({
  mode,
  topic: { id, title, about, level, section },
}: {
  readonly mode: ModeId
  readonly topic: Topic
}) {
  const mark = markOf(mode, id)
  return (
    <li>
      <div>
        <a href={`/console/lesson/${mode}/${id}`}>{title}</a>
        {about && <p class="quiet">{about}</p>}
      </div>
      <span class="topic-marks">
        {level && section === undefined && <span class="badge">{level}</span>}
        {mark && <span class={`badge ${mark.tone}`}>{mark.text}</span>}
      </span>
    </li>
  )
}
