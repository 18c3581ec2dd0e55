/**
 * Time as a value. Nothing below `app/` reads a clock: `now` arrives as an argument, so that every
 * answer can be replayed.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly unit: 'instant' }

/** A length of time in milliseconds. */
export type Milliseconds = number & { readonly unit: 'milliseconds' }

export type Clock = () => Instant

export function instant(milliseconds: number): Instant {
  return milliseconds as Instant
}

export function seconds(count: number): Milliseconds {
  return (count * 1000) as Milliseconds
}

export function minutes(count: number): Milliseconds {
  return seconds(count * 60)
}

export function hours(count: number): Milliseconds {
  return seconds(count * 3600)
}

export function days(count: number): Milliseconds {
  return hours(count * 24)
}

export function after(start: Instant, span: Milliseconds): Instant {
  return instant(start + span)
}

/** The form AWS prints: `2026-11-22T10:00:00.000Z`. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString()
}
