/** A modal question. The browser's own dialog keeps the focus inside and gives it back. */

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** The buttons that answer; Cancel is there already. */
  readonly answers: ComponentChildren
  readonly children: ComponentChildren
}

export function Dialog({ title, onClose, answers, children }: DialogProps) {
  const own = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => own.current?.showModal(), [])
  return (
    <dialog class="dialog" ref={own} aria-labelledby={id} onClose={onClose}>
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
      </div>
      <div class="dialog-body">{children}</div>
      <div class="dialog-foot">
        <button class="button" type="button" onClick={() => own.current?.close()}>
          Cancel
        </button>
        {answers}
      </div>
    </dialog>
  )
}
