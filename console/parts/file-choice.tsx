/** A file that is chosen or dropped: the button, and what makes an element a place to drop one on. */

import type { Signal } from '@preact/signals'

export interface FileButtonProps {
  /** Endings, `.yaml,.txt`; any file without them. */
  readonly accept?: string
  readonly take: (file: File) => void
}

/** The same file may be chosen again: the field forgets it. */
export function FileButton({ accept, take }: FileButtonProps) {
  return (
    <label class="button small">
      Choose a file
      <input
        class="visually-hidden"
        type="file"
        accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) take(file)
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}

/** Attributes of the element; `isOver` is true while a file is held above it. */
export function dropPlace(isOver: Signal<boolean>, take: (file: File) => void) {
  return {
    'data-over': isOver.value,
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      isOver.value = true
    },
    onDragLeave: () => {
      isOver.value = false
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      isOver.value = false
      const file = event.dataTransfer?.files[0]
      if (file) take(file)
    },
  }
}
