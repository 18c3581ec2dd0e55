/** What was chosen is told below or beside the map: it is scrolled to where it does not show. */

import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Again for each thing that is told. */
export function useInView<T extends HTMLElement>(what: string): RefObject<T | null> {
  const own = useRef<T>(null)
  useLayoutEffect(() => {
    if (what !== '') own.current?.scrollIntoView({ block: 'nearest' })
  }, [what])
  return own
}
