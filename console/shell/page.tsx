/** A page's head. Its title becomes the window's, and takes the focus when a link led here, so that it is read out. */

import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { href } from './router.ts'

export interface PageFrame {
  readonly title: string
  /** What the page is for, in a sentence. */
  readonly about?: ComponentChildren
  readonly actions?: ComponentChildren
  /** The pages above it: label and path. */
  readonly trail?: readonly (readonly [label: string, to: string])[]
  readonly children: ComponentChildren
}

/** The first page of a visit is not focused: the browser is at the document's beginning. */
let visited = false

export function Page({ title, about, actions, trail = [], children }: PageFrame) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    document.title = `${title} | Sallyport`
  }, [title])
  useLayoutEffect(() => {
    if (visited) heading.current?.focus()
    visited = true
  }, [])
  return (
    <>
      {trail.length > 0 && <Trail steps={trail} />}
      <div class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {about && <p>{about}</p>}
        </div>
        {actions && <div class="buttons">{actions}</div>}
      </div>
      {children}
    </>
  )
}

function Trail({ steps }: { readonly steps: NonNullable<PageFrame['trail']> }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol class="trail">
        {steps.map(([label, to]) => (
          <li key={to}>
            <a href={href(to)}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
