/** Read: a chapter, each claim with the scenes that show it. */

import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { Chapter, Claim, CommandNote, Part } from '../../src/lesson/content.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { note } from './progress.ts'

export interface ChapterViewProps {
  readonly chapter: Chapter
  readonly content: LessonContent
}

export function ChapterView({ chapter, content }: ChapterViewProps) {
  const at = content.chapters.indexOf(chapter)
  const next = content.chapters[at + 1]
  return (
    <article class="panel chapter">
      <p class="claim">{chapter.aim}</p>
      {chapter.parts.map((part, index) => (
        <PartView key={index} part={part} content={content} />
      ))}
      <h2>Try it</h2>
      <ul class="tries">
        {chapter.scenes.map((id) => (
          <li key={id}>
            <a href={`/console/lesson/predict/${id}`}>Predict: {sceneTitle(content, id)}</a>
          </li>
        ))}
        {chapter.drills.map((id) => (
          <li key={id}>
            <a href={`/console/lesson/do/${id}`}>Do: {content.drills.find((drill) => drill.id === id)?.title ?? id}</a>
          </li>
        ))}
      </ul>
      <div class="buttons">
        {next ? (
          <a
            class="button primary"
            href={`/console/lesson/read/${next.id}`}
            onClick={() => note({ kind: 'chapter-read', id: chapter.id })}
          >
            Done. Next: {next.title}
          </a>
        ) : (
          <a
            class="button primary"
            href="/console/lesson"
            onClick={() => note({ kind: 'chapter-read', id: chapter.id })}
          >
            Done
          </a>
        )}
      </div>
    </article>
  )
}

function sceneTitle({ scenes }: LessonContent, id: string): string {
  return scenes.find((scene) => scene.id === id)?.title ?? id
}

function PartView({ part, content }: { readonly part: Part; readonly content: LessonContent }) {
  switch (part.kind) {
    case 'heading':
      return <h2>{part.text}</h2>
    case 'claim':
      return <ClaimView claim={part} content={content} />
    case 'list':
      return (
        <ul class="claims">
          {part.claims.map((claim) => (
            <li key={claim.text}>
              <ClaimView claim={claim} content={content} />
            </li>
          ))}
        </ul>
      )
    case 'command':
      return <CommandView command={part} content={content} />
    default:
      return part satisfies never
  }
}

function ClaimView({ claim, content }: { readonly claim: Claim; readonly content: LessonContent }) {
  return (
    <p>
      {claim.text} <Shown scenes={claim.scenes} content={content} />
    </p>
  )
}

function Shown({ scenes, content }: { readonly scenes: readonly string[]; readonly content: LessonContent }) {
  return (
    <span class="shown">
      {scenes.map((id) => (
        <a
          key={id}
          href={`/console/lesson/watch/${id}`}
          aria-label={`Watch: ${sceneTitle(content, id)}`}
          title={sceneTitle(content, id)}
        >
          ▶ watch
        </a>
      ))}
    </span>
  )
}

function CommandView({ command, content }: { readonly command: CommandNote; readonly content: LessonContent }) {
  const { number, line, does, olderPages, currentCli, scenes } = command
  return (
    <section class="command-part" aria-label={`Command ${number}`}>
      <h3>Command {number}</h3>
      <CodeLine text={line} label={`command ${number}`} />
      <p>
        {does} <Shown scenes={scenes} content={content} />
      </p>
      <dl class="then-and-today">
        <dt>Older pages show</dt>
        <dd>{olderPages}</dd>
        <dt>A current CLI prints</dt>
        <dd>{currentCli}</dd>
      </dl>
    </section>
  )
}
