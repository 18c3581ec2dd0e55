/** The lesson by path: its overview, a mode's topics, a topic in a mode, the learner's progress. */

import type { ComponentChildren } from 'preact'
import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { ModeId } from '../../src/lesson/content.ts'
import { Page } from '../shell/page.tsx'
import type { PageProps } from '../shell/page-props.ts'
import { ComparisonView } from './compare.tsx'
import { fetchContent, useFetched } from './content.ts'
import { DrillView } from './drill.tsx'
import { Endless } from './endless.tsx'
import { ExamPage } from './exam.tsx'
import { ExerciseView } from './exercise.tsx'
import { Flashcards } from './flashcards.tsx'
import { LessonNavigation } from './lesson-navigation.tsx'
import { Overview } from './overview.tsx'
import { PracticeQuestion } from './practice.tsx'
import { PredictScene } from './predict.tsx'
import { ProgressPage } from './progress-page.tsx'
import { ChapterView } from './read.tsx'
import { TopicList, topicsOf } from './topics.tsx'
import { WatchScene } from './watch.tsx'

export function LessonPage({ rest }: PageProps) {
  const asked = useFetched('content', fetchContent)
  const { value, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  if (!value) return <p class="quiet">Loading…</p>
  const [mode, topic] = rest
  return <Place key={rest.join('/')} mode={mode} topic={topic} content={value} />
}

interface PlaceProps {
  readonly mode: string | undefined
  readonly topic: string | undefined
  readonly content: LessonContent
}

function Place({ mode, topic, content }: PlaceProps) {
  if (mode === undefined) {
    return (
      <LessonFrame title="Lesson: security groups" about="Predict, run, and let the packets answer." place="">
        <Overview content={content} />
      </LessonFrame>
    )
  }
  if (mode === 'progress') {
    return (
      <LessonFrame title="Your progress" about="Kept in this browser alone." place="progress">
        <ProgressPage content={content} />
      </LessonFrame>
    )
  }
  const found = content.modes.find(({ id }) => id === mode)
  if (!found) return <NotThere />
  const whole = wholeMode(found.id, content)
  if (whole || topic === undefined) {
    return (
      <LessonFrame title={found.title} about={found.says} place={mode}>
        {whole ?? <TopicList mode={found.id} content={content} />}
      </LessonFrame>
    )
  }
  const view = topicView(found.id, topic, content)
  if (!view) return <NotThere />
  return (
    <LessonFrame title={view.title} place={mode} trail={[[found.title, `/lesson/${mode}`]]}>
      {view.body}
    </LessonFrame>
  )
}

interface FrameProps {
  readonly title: string
  readonly about?: string
  readonly place: string
  readonly trail?: readonly (readonly [string, string])[]
  readonly children: ComponentChildren
}

function LessonFrame({ title, about, place, trail, children }: FrameProps) {
  return (
    <div class="lesson">
      <LessonNavigation place={place} />
      <Page title={title} about={about} trail={trail ?? []}>
        {children}
      </Page>
    </div>
  )
}

function NotThere() {
  return (
    <LessonFrame title="Not in the lesson" place="none">
      <p>
        Nothing is at this path. <a href="/console/lesson">The lesson's overview</a> is a place to go on.
      </p>
    </LessonFrame>
  )
}

/** The modes that are not divided into topics. */
function wholeMode(mode: ModeId, content: LessonContent): ComponentChildren {
  if (mode === 'flashcards') return <Flashcards content={content} />
  return mode === 'exam' ? <ExamPage content={content} /> : undefined
}

interface TopicView {
  readonly title: string
  readonly body: ComponentChildren
}

function topicView(mode: ModeId, id: string, content: LessonContent): TopicView | undefined {
  if (mode === 'practice' && id === 'endless') return { title: 'Questions without end', body: <Endless /> }
  const topics = topicsOf(mode, content)
  const at = topics.findIndex((each) => each.id === id)
  const topic = topics[at]
  if (!topic) return undefined
  const following = topics[at + 1]
  const next = following && `/console/lesson/${mode}/${following.id}`
  const title = mode === 'practice' ? `Question ${at + 1} of ${topics.length}` : topic.title
  return { title, body: topicBody(mode, { id, next, content }) }
}

interface TopicProps {
  readonly id: string
  readonly next: string | undefined
  readonly content: LessonContent
}

function topicBody(mode: ModeId, { id, next, content }: TopicProps): ComponentChildren {
  const isIt = (each: { readonly id: string }) => each.id === id
  const chapter = content.chapters.find(isIt)
  const drill = content.drills.find(isIt)
  const exercise = content.exercises.find(isIt)
  const comparison = content.comparisons.find(isIt)
  if (mode === 'read' && chapter) return <ChapterView chapter={chapter} content={content} />
  if (mode === 'watch') return <WatchScene id={id} />
  if (mode === 'predict') return <PredictScene id={id} next={next} />
  if (mode === 'do' && drill) return <DrillView drill={drill} content={content} />
  if (mode === 'compare' && comparison) return <ComparisonView comparison={comparison} />
  if (mode === 'practice') return <PracticeQuestion id={id} next={<NextQuestion next={next} />} />
  return exercise && <ExerciseView exercise={exercise} />
}

function NextQuestion({ next }: { readonly next: string | undefined }) {
  return next ? (
    <a class="button primary" href={next}>
      Next question
    </a>
  ) : (
    <a class="button primary" href="/console/lesson/practice/endless">
      Go on without end
    </a>
  )
}
