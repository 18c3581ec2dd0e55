/** What the map's page is about, kept in its address so that a link shows the same: filters, what is opened, what is chosen. */

import { navigate, query } from '../shell/router.ts'

export interface Asked {
  readonly by: string
  readonly on: string
  readonly find: string
  readonly opened: readonly string[]
  /** A node's key, or an arrow's. */
  readonly node: string | undefined
  readonly arrow: { readonly from: string; readonly to: string } | undefined
  readonly isList: boolean
}

export function askedNow(): Asked {
  const given = query.value
  const [from, to] = [given.get('from'), given.get('to')]
  return {
    by: given.get('by') ?? '',
    on: given.get('on') ?? '',
    find: given.get('find') ?? '',
    opened: (given.get('open') ?? '').split(',').filter(Boolean),
    node: given.get('node') ?? undefined,
    arrow: from && to ? { from, to } : undefined,
    isList: given.get('view') === 'list',
  }
}

export function ask(change: Partial<Asked>): void {
  const { by, on, find, opened, node, arrow, isList } = { ...askedNow(), ...change }
  const members = {
    ...{ by, on, find, open: opened.join(','), node: node ?? '' },
    ...{ from: arrow?.from ?? '', to: arrow?.to ?? '', view: isList ? 'list' : '' },
  }
  const text = new URLSearchParams(Object.entries(members).filter(([, value]) => value !== '')).toString()
  navigate(text === '' ? '/map' : `/map?${text}`, { replace: true })
}

/** What the server is asked for: of what is chosen it need not know. */
export function bodyOf({ by, on, find, opened }: Asked): object {
  return { ...(by === '' ? {} : { by }), ...(on === '' ? {} : { on }), ...(find === '' ? {} : { find }), opened }
}
