/** Replay: a flow log judged under the live rules, what would fare otherwise than it did, the lines that repair it, and tighter rules. */

import { type Signal, useSignal } from '@preact/signals'
import { quoteWord } from '../../src/terminal/parse/shell-words.ts'
import { CommandLines } from '../parts/commands.tsx'
import { dropPlace, FileButton } from '../parts/file-choice.tsx'
import { choose, isShrunk, isSmall, isStrict, judge, judged, log, stop, useJudgedLog } from './judged-log.ts'
import { ReplayResults } from './replay-results.tsx'

export function ReplayTab() {
  const isNewer = useJudgedLog()
  const { part, view, problem } = judged.value
  const isStopped = log.value !== undefined && !view && problem === undefined && part === undefined
  const isSlow = !view || !isSmall(log.value)
  const name = log.value?.name ?? 'night.log'
  const choices = `${isStrict.value ? ' --strict' : ''}${isShrunk.value ? ' --shrink' : ''}`
  return (
    <div class="check">
      <LogField />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {part !== undefined && isSlow && <Progress part={part} />}
      {(isNewer || isStopped) && (
        <p class="notice warn">
          <span>{isNewer ? 'The rules may have changed since.' : 'It was not judged to its end.'}</span>
          <button class="button small" type="button" onClick={judge}>
            Judge it again
          </button>
        </p>
      )}
      {view && <ReplayResults view={view} />}
      <CommandLines lines={[`sallyport replay ${quoteWord(name)} --against live${choices}`]} title="As a command" />
    </div>
  )
}

function LogField() {
  const isOver = useSignal(false)
  const file = log.value
  return (
    <section class="file-field log-field" aria-label="Flow log" {...dropPlace(isOver, choose)}>
      <div class="file-head">
        <span class="log-name">{file ? file.name : 'A VPC flow log: drop or choose a file'}</span>
        <FileButton take={choose} />
      </div>
      <Choice value={isStrict}>Guess nothing: what would rest on a guess is uncertain</Choice>
      <Choice value={isShrunk}>Shrink rules: also the tightest ones that still admit all that was seen</Choice>
      {!file && (
        <p class="quiet">
          Text, gzip or Parquet, up to 256 MB, as S3 or CloudWatch Logs has it. It is judged and not kept, and nothing
          is changed. What was before is the log’s own word, ACCEPT or REJECT.
        </p>
      )}
    </section>
  )
}

function Choice({ value, children }: { readonly value: Signal<boolean>; readonly children: string }) {
  return (
    <label class="log-choice">
      <input type="checkbox" checked={value.value} onChange={(event) => (value.value = event.currentTarget.checked)} />{' '}
      {children}
    </label>
  )
}

function Progress({ part }: { readonly part: number }) {
  const lookingFor = isShrunk.value ? 'Looking for a repair and for tighter rules…' : 'Looking for a repair…'
  return (
    <div class="log-progress">
      <progress aria-label="Judging" max={1} value={part} />
      <span class="quiet">{part < 1 ? `${Math.floor(part * 100)}%` : lookingFor}</span>
      <button class="button small" type="button" onClick={stop}>
        Stop
      </button>
    </div>
  )
}
