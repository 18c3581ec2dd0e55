/** A file that is pasted, dropped or chosen, and that this browser keeps until it is emptied. */

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { dropPlace, FileButton } from '../parts/file-choice.tsx'
import { complain } from '../parts/toasts.tsx'
import { keep, kept } from '../shell/kept.ts'

/** The file as it is typed, and as it was when the typing last paused. */
export interface KeptFile {
  readonly text: Signal<string>
  readonly settled: Signal<string>
}

/** Long enough that typing is not answered letter by letter. */
const pause = 300

export function useKeptFile(name: string): KeptFile {
  const text = useSignal(kept(name) ?? '')
  const settled = useSignal(text.peek())
  const now = text.value
  useEffect(() => {
    if (now === settled.peek()) return
    const timer = setTimeout(() => {
      settled.value = now
      keep(name, now)
    }, pause)
    return () => clearTimeout(timer)
  }, [now])
  return { text, settled }
}

export interface FileFieldProps {
  readonly label: string
  readonly file: KeptFile
  readonly placeholder: string
  readonly problem: string | undefined
}

/** The server takes no more in one request. */
const mostBytes = 900_000

export function FileField({ label, file, placeholder, problem }: FileFieldProps) {
  const isOver = useSignal(false)
  const id = useId()
  const take = (given: File) => {
    if (given.size > mostBytes) complain(new Error(`${given.name} is larger than ${mostBytes / 1000} kB.`))
    else void given.text().then((text) => (file.text.value = text), complain)
  }
  return (
    <div class="file-field">
      <div class="file-head">
        <label for={id}>{label}</label>
        <FileButton accept=".yaml,.yml,.txt" take={take} />
      </div>
      <textarea
        id={id}
        class="input file-text"
        spellcheck={false}
        rows={Math.min(18, Math.max(7, file.text.value.split('\n').length + 1))}
        placeholder={placeholder}
        aria-invalid={problem === undefined ? undefined : 'true'}
        value={file.text.value}
        onInput={(event) => (file.text.value = event.currentTarget.value)}
        {...dropPlace(isOver, take)}
      />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
