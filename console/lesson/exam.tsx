/**
 * The timed exam. What is under way is kept in the browser, so that a reload costs no answers; the clock runs on
 * meanwhile. Nothing is said of right or wrong before the end.
 */

import { type Signal, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ExamReport, LessonContent, OpenExam } from '../../src/app/lesson/api.ts'
import { complain } from '../parts/toasts.tsx'
import { forget, keep, kept } from '../shell/kept.ts'
import { fetchExam, gradeExam, useFetched } from './content.ts'
import { ExamReportView } from './exam-report.tsx'
import { note } from './progress.ts'
import { QuestionCard } from './question.tsx'
import { count } from './words.ts'

/** An exam under way. */
interface Sitting {
  readonly seed: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly answers: readonly (number | null)[]
}

const place = 'exam'

export function ExamPage({ content }: { readonly content: LessonContent }) {
  const sitting = useSignal<Sitting | undefined>(sittingFrom(kept(place)))
  const begin = () => {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
    sitting.value = { seed: seed >>> 1, startedAt: Date.now(), answers: [] }
  }
  useSignalEffect(() => {
    if (sitting.value) keep(place, JSON.stringify(sitting.value))
    else forget(place)
  })
  if (sitting.value) return <Sitter key={sitting.value.seed} sitting={sitting} />
  return (
    <section class="panel result" aria-label="The exam">
      <h2>{count(content.examQuestions, 'question')} against the clock</h2>
      <p>
        Questions of all levels, drawn for you, at one to two minutes each. You can go back and change answers until you
        submit or the time is up. Then you see your score by level and a review of each question.
      </p>
      <div class="buttons">
        <button class="button primary" type="button" onClick={begin}>
          Start the exam
        </button>
      </div>
    </section>
  )
}

function sittingFrom(text: string | undefined): Sitting | undefined {
  try {
    const { seed, startedAt, answers } = JSON.parse(text ?? '') as Partial<Sitting>
    return Number.isInteger(seed) && Number.isFinite(startedAt) && Array.isArray(answers)
      ? ({ seed, startedAt, answers } as Sitting)
      : undefined
  } catch {
    return undefined
  }
}

function Sitter({ sitting }: { readonly sitting: Signal<Sitting | undefined> }) {
  const seed = sitting.value?.seed ?? 0
  const asked = useFetched(String(seed), () => fetchExam(seed))
  const { value, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  return value ? <Questions exam={value} sitting={sitting} /> : <p class="quiet">Loading…</p>
}

interface QuestionsProps {
  readonly exam: OpenExam
  readonly sitting: Signal<Sitting | undefined>
}

function Questions({ exam, sitting }: QuestionsProps) {
  const at = useSignal(0)
  const result = useSignal<ExamReport | undefined>(undefined)
  const answers = useSignal<readonly (number | null)[]>(
    exam.questions.map((_, index) => sitting.value?.answers[index] ?? null),
  )
  const isSubmitted = useRef(false)
  const submit = async () => {
    if (isSubmitted.current) return
    isSubmitted.current = true
    try {
      const found = await gradeExam(exam, answers.value)
      result.value = found
      forget(place)
      const { right, asked } = found.score
      note({ kind: 'exam-taken', seed: exam.seed, right, asked })
    } catch (cause) {
      isSubmitted.current = false
      complain(cause)
    }
  }
  if (result.value) {
    const { value } = result
    return (
      <ExamReportView exam={exam} answers={answers.value} report={value} onAgain={() => (sitting.value = undefined)} />
    )
  }
  const question = exam.questions[at.value]
  if (!question) return null
  const choose = (option: number) => {
    answers.value = answers.value.map((each, index) => (index === at.value ? option : each))
    if (sitting.value) sitting.value = { ...sitting.value, answers: answers.value }
  }
  const open = answers.value.filter((answer) => answer === null).length
  const endsAt = (sitting.value?.startedAt ?? 0) + exam.minutes * 60_000
  return (
    <div class="stack">
      <div class="exam-bar">
        <Clock endsAt={endsAt} onEnd={submit} />
        <Places answers={answers.value} at={at} />
      </div>
      <QuestionCard
        key={question.id}
        question={question}
        chosen={answers.value[at.value] ?? undefined}
        onChoose={choose}
      />
      <Steps at={at} count={exam.questions.length} open={open} onSubmit={submit} />
    </div>
  )
}

interface StepsProps {
  readonly at: Signal<number>
  readonly count: number
  readonly open: number
  readonly onSubmit: () => void
}

function Steps({ at, count: all, open, onSubmit }: StepsProps) {
  const isLast = at.value === all - 1
  return (
    <div class="buttons">
      <button class="button" type="button" disabled={at.value === 0} onClick={() => (at.value -= 1)}>
        Previous
      </button>
      {!isLast && (
        <button class="button primary" type="button" onClick={() => (at.value += 1)}>
          Next question
        </button>
      )}
      <Submit open={open} isLast={isLast} onSubmit={onSubmit} />
    </div>
  )
}

/** Asks once more while questions are open. */
function Submit(props: { readonly open: number; readonly isLast: boolean; readonly onSubmit: () => void }) {
  const { open, isLast, onSubmit } = props
  const isSure = useSignal(false)
  const submit = () => {
    if (open === 0 || isSure.value) onSubmit()
    else isSure.value = true
  }
  return (
    <button class={isLast ? 'button primary' : 'button'} type="button" onClick={submit}>
      {isSure.value && open > 0 ? `Submit with ${count(open, 'question')} open` : 'Submit the exam'}
    </button>
  )
}

function Clock({ endsAt, onEnd }: { readonly endsAt: number; readonly onEnd: () => void }) {
  const left = useSignal(secondsUntil(endsAt))
  useEffect(() => {
    const timer = setInterval(() => {
      left.value = secondsUntil(endsAt)
      if (left.value === 0) onEnd()
    }, 500)
    return () => clearInterval(timer)
  }, [endsAt])
  const minutes = Math.floor(left.value / 60)
  const text = `${minutes}:${String(left.value % 60).padStart(2, '0')}`
  return (
    <p class="clock" data-short={left.value < 60}>
      <span aria-hidden="true">{text}</span>
      <span class="visually-hidden" role="timer">
        {left.value < 60 ? 'Less than a minute left' : `${count(minutes, 'minute')} left`}
      </span>
    </p>
  )
}

function secondsUntil(end: number): number {
  return Math.max(0, Math.ceil((end - Date.now()) / 1000))
}

function Places({ answers, at }: { readonly answers: readonly (number | null)[]; readonly at: Signal<number> }) {
  return (
    <ol class="places" aria-label="Questions">
      {answers.map((answer, index) => (
        <li key={index}>
          <button
            type="button"
            aria-current={index === at.value ? 'step' : undefined}
            data-answered={answer !== null}
            aria-label={`Question ${index + 1}, ${answer === null ? 'open' : 'answered'}`}
            onClick={() => (at.value = index)}
          >
            {index + 1}
          </button>
        </li>
      ))}
    </ol>
  )
}
