/** What may be said in public of a PostgreSQL URL: host and database, never the user or the password. */

import { StoreFailure } from './store.ts'

export function describePostgres(url: string): string {
  const { hostname, port, pathname, searchParams } = parsePostgresUrl(url)
  const host = hostname || searchParams.get('host') || 'localhost'
  return `postgres (${host}${port && `:${port}`}${pathname})`
}

/** The parser's own error is not kept as a cause: it holds the whole text. */
function parsePostgresUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'postgres:' || parsed?.protocol === 'postgresql:') return parsed
  throw new StoreFailure(
    'The store URL is not of the form postgres://USER:PASSWORD@HOST:PORT/DATABASE. ' +
      'Characters such as # / ? @ in the user or the password must be percent-encoded.',
  )
}
