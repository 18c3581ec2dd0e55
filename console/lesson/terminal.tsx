/**
 * A terminal in the page. Enter runs, Shift+Enter or a backslash at the end goes on in a new line, arrow up and
 * down walk through what was typed before; Tab leaves, as everywhere on the page.
 */

import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Printed } from '../../src/app/lesson/api.ts'

export interface Entry {
  readonly line: string
  readonly ended: Printed
}

export interface TerminalProps {
  readonly entries: readonly Entry[]
  /** What stands at the prompt; others may put a line there. */
  readonly draft: Signal<string>
  /** The prompt's own field, for who puts a line there. */
  readonly input: RefObject<HTMLTextAreaElement | null>
  /** Rejects with an Error when the server does not answer. */
  readonly onRun: (line: string) => Promise<void>
}

export function TerminalPane({ entries, draft, input, onRun }: TerminalProps) {
  const isBusy = useSignal(false)
  const failure = useSignal<string | undefined>(undefined)
  const hidden = useSignal(0)
  const back = useSignal(0)
  const log = useRef<HTMLDivElement>(null)
  useEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [entries.length])
  const run = async () => {
    const line = draft.value.trim()
    if (line === '' || isBusy.value) return
    isBusy.value = true
    failure.value = undefined
    try {
      await onRun(line)
      draft.value = ''
      back.value = 0
    } catch (cause) {
      failure.value = (cause as Error).message
    }
    isBusy.value = false
    input.current?.focus()
  }
  const recall = (steps: number) => {
    const to = back.value + steps
    if (to < 0 || to > entries.length) return
    back.value = to
    draft.value = to === 0 ? '' : (entries[entries.length - to]?.line ?? '')
  }
  const onKey = (event: KeyboardEvent) => {
    const key = keyOf(event, draft.value)
    if (key === undefined) return
    event.preventDefault()
    if (key === 'run') void run()
    else if (key === 'clear') hidden.value = entries.length
    else recall(key === 'older' ? 1 : -1)
  }
  return (
    <section class="terminal" aria-label="Terminal">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div class="terminal-log" role="log" aria-label="Output" tabIndex={0} ref={log}>
        {entries.length === hidden.value && (
          <p class="terminal-hint">Enter runs the line. Names may stand for ids: sg-web, eni-web.</p>
        )}
        {entries.slice(hidden.value).map((entry, at) => (
          <Past key={hidden.value + at} entry={entry} />
        ))}
      </div>
      {failure.value && (
        <p class="terminal-failure" role="alert">
          {failure.value}
        </p>
      )}
      <Prompt draft={draft} input={input} isBusy={isBusy.value} onKey={onKey} onRun={run} />
    </section>
  )
}

interface PromptProps extends Pick<TerminalProps, 'draft' | 'input'> {
  readonly isBusy: boolean
  readonly onKey: (event: KeyboardEvent) => void
  readonly onRun: () => void
}

function Prompt({ draft, input, isBusy, onKey, onRun }: PromptProps) {
  return (
    <div class="terminal-prompt">
      <span aria-hidden="true">$</span>
      <textarea
        ref={input}
        rows={Math.min(12, draft.value.split('\n').length)}
        aria-label="Command"
        autocapitalize="off"
        autocomplete="off"
        spellcheck={false}
        placeholder="aws ec2 …"
        value={draft.value}
        onInput={(event) => (draft.value = event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <button class="button small" type="button" disabled={isBusy} onClick={onRun}>
        Run
      </button>
    </div>
  )
}

type Key = 'run' | 'older' | 'newer' | 'clear'

/** Undefined: the text area's own business. */
function keyOf(event: KeyboardEvent, draft: string): Key | undefined {
  const { key, shiftKey, ctrlKey, isComposing } = event
  if (isComposing) return undefined
  if (key === 'Enter' && !shiftKey && !draft.trimEnd().endsWith('\\')) return 'run'
  if (key === 'l' && ctrlKey) return 'clear'
  const area = event.currentTarget as HTMLTextAreaElement
  // Inside a text of several lines the arrows move in the text first.
  if (key === 'ArrowUp' && !draft.slice(0, area.selectionStart).includes('\n')) return 'older'
  if (key === 'ArrowDown' && !draft.slice(area.selectionEnd).includes('\n')) return 'newer'
  return undefined
}

function Past({ entry: { line, ended } }: { readonly entry: Entry }) {
  return (
    <div class="past">
      <pre class="past-line">
        <span aria-hidden="true">$ </span>
        {line}
      </pre>
      {ended.stdout !== '' && <pre>{ended.stdout}</pre>}
      {ended.stderr !== '' && <pre class="past-error">{ended.stderr.replace(/^\n/, '')}</pre>}
    </div>
  )
}
