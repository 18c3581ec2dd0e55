/**
 * Rows that are in the document only while they are near the window, so that an editor of hundreds opens at once.
 * What has the focus stays.
 */

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Of a row, until it was seen. */
const guessedHeight = 71
const margin = '800px 0px'

export interface NearbyProps {
  readonly rows: number
  readonly children: ComponentChildren
}

export function Nearby({ rows, children }: NearbyProps) {
  const isNear = useSignal(false)
  const box = useRef<HTMLDivElement>(null)
  const height = useRef(0)
  useLayoutEffect(() => {
    const own = box.current
    if (!own) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        const isKept = own.contains(document.activeElement)
        if (isNear.peek() && !entry?.isIntersecting) height.current = own.offsetHeight
        isNear.value = entry?.isIntersecting === true || isKept
      },
      { rootMargin: margin },
    )
    observer.observe(own)
    return () => observer.disconnect()
  }, [])
  if (isNear.value) return <div ref={box}>{children}</div>
  return <div ref={box} style={{ height: `${height.current || rows * guessedHeight}px` }} />
}
