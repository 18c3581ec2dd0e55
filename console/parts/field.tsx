/** A labelled input with what is wrong with it; the label wraps the control, so no ids are needed. */

import type { ComponentChildren } from 'preact'

export interface FieldProps {
  readonly label: string
  readonly problem?: string | undefined
  readonly hint?: string | undefined
  readonly children: ComponentChildren
}

export function Field({ label, problem, hint, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label class="field">
      <span>{label}</span>
      {children}
      {problem ? (
        <small class="problem" role="alert">
          {problem}
        </small>
      ) : (
        hint && <small class="quiet">{hint}</small>
      )}
    </label>
  )
}
