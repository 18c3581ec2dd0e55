/** Paths below `/console` as the console's own pages: links and the back button move between them without a load. */

import { signal } from '@preact/signals'

/** `/groups/sg-1`, without `/console`. */
export const path = signal(pathNow())

/** `?from=eni-1` */
export const query = signal(new URLSearchParams(location.search))

addEventListener('popstate', read)

function read(): void {
  path.value = pathNow()
  query.value = new URLSearchParams(location.search)
}

function pathNow(): string {
  const own = location.pathname.replace(/^\/console(?=\/|$)/, '').replace(/\/+$/, '')
  return own === '' ? '/groups' : own
}

export function href(to: string): string {
  return `/console${to}`
}

/** `replace` leaves no trace in the browser's history: a tab, a filter. */
export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', href(to))
  else history.pushState(null, '', href(to))
  read()
}

/** Follows a click on one of our own links; a click that asks for a new tab is the browser's. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link?.target !== '' || link.origin !== location.origin || link.hash !== '') return
  if (!link.pathname.startsWith('/console/')) return
  event.preventDefault()
  navigate(link.pathname.slice('/console'.length) + link.search)
}
