/** What was done, said once and briefly. A refusal stays until it is dismissed. */

import { signal } from '@preact/signals'

interface Toast {
  readonly id: number
  readonly text: string
  readonly isBad: boolean
}

const toasts = signal<readonly Toast[]>([])
const shownFor = 6000
let last = 0

export function say(text: string): void {
  const id = add(text, false)
  setTimeout(() => dismiss(id), shownFor)
}

export function complain(cause: unknown): void {
  add(cause instanceof Error ? cause.message : String(cause), true)
}

function add(text: string, isBad: boolean): number {
  last += 1
  toasts.value = [...toasts.value.slice(-3), { id: last, text, isBad }]
  return last
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id)
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, text, isBad }) => (
        <div key={id} class={isBad ? 'toast bad' : 'toast'}>
          <span>{text}</span>
          <button class="button plain small" type="button" onClick={() => dismiss(id)}>
            Dismiss
          </button>
        </div>
      ))}
    </div>
  )
}
