/** Replay: a flow log judged under the live rules, what would fare otherwise than it did, and the lines that repair it. */

import { useSignal } from '@preact/signals'
import { quoteWord } from '../../src/terminal/parse/shell-words.ts'
import { CommandLines } from '../parts/commands.tsx'
import { choose, isSmall, isStrict, judge, judged, log, stop, useJudgedLog } from './judged-log.ts'
import { ReplayResults } from './replay-results.tsx'

export function ReplayTab() {
  const isNewer = useJudgedLog()
  const { part, view, problem } = judged.value
  const isStopped = log.value !== undefined && !view && problem === undefined && part === undefined
  const isSlow = !view || !isSmall(log.value)
  const name = log.value?.name ?? 'night.log'
  const strictly = isStrict.value ? ' --strict' : ''
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
      <CommandLines lines={[`sallyport replay ${quoteWord(name)} --against live${strictly}`]} title="As a command" />
    </div>
  )
}

function LogField() {
  const isOver = useSignal(false)
  const take = (file: File | undefined) => {
    isOver.value = false
    if (file) choose(file)
  }
  const file = log.value
  return (
    <section
      class="file-field log-field"
      aria-label="Flow log"
      data-over={isOver.value}
      onDragOver={(event) => {
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault()
        take(event.dataTransfer?.files[0])
      }}
    >
      <div class="file-head">
        <span class="log-name">{file ? file.name : 'A VPC flow log: drop or choose a file'}</span>
        <label class="button small">
          Choose a file
          <input
            class="visually-hidden"
            type="file"
            onChange={(event) => {
              take(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </label>
      </div>
      <label class="log-choice">
        <input
          type="checkbox"
          checked={isStrict.value}
          onChange={(event) => (isStrict.value = event.currentTarget.checked)}
        />{' '}
        Guess nothing: what would rest on a guess is uncertain
      </label>
      {!file && (
        <p class="quiet">
          Text, gzip or Parquet, up to 256 MB, as S3 or CloudWatch Logs has it. It is judged and not kept, and nothing
          is changed. What was before is the log’s own word, ACCEPT or REJECT.
        </p>
      )}
    </section>
  )
}

function Progress({ part }: { readonly part: number }) {
  return (
    <div class="log-progress">
      <progress aria-label="Judging" max={1} value={part} />
      <span class="quiet">{part < 1 ? `${Math.floor(part * 100)}%` : 'Looking for a repair…'}</span>
      <button class="button small" type="button" onClick={stop}>
        Stop
      </button>
    </div>
  )
}
