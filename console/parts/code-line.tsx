/** A line to be typed elsewhere, with a button that copies it. */

import { useSignal } from '@preact/signals'

const copiedFor = 2000

export function CodeLine({ text, label = 'Command' }: { readonly text: string; readonly label?: string }) {
  const state = useSignal<'Copy' | 'Copied' | 'Select it by hand'>('Copy')
  const copy = async () => {
    // The clipboard belongs to secure contexts: localhost is one, another machine's http is not.
    const isDone = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    state.value = isDone ? 'Copied' : 'Select it by hand'
    setTimeout(() => {
      state.value = 'Copy'
    }, copiedFor)
  }
  return (
    <div class="code-line">
      <pre>
        <code>{text}</code>
      </pre>
      <button class="button small" type="button" onClick={copy} aria-label={`${state.value}: ${label}`}>
        {state.value}
      </button>
    </div>
  )
}
