/** Reads the pages of an answer one after another, as far as `--max-items` goes, and resumes where another call ended. */

import type { ActionName } from '../ec2/protocol/types.generated.ts'
import { generalError } from './cli-error.ts'
import type { Input } from './input/given-options.ts'
import type { Paging } from './input/input.ts'
import { type Answer, emptyAnswer } from './print/answer.ts'

export interface Pages {
  readonly pages: readonly (readonly unknown[])[]
  /** What `--starting-token` takes to go on. */
  readonly resume: string | undefined
}

interface Parts {
  readonly action: ActionName
  readonly rows: string
  readonly paging: Paging
  readonly call: (action: ActionName, input: Input) => Promise<Answer>
}

const mostPages = 10_000

export async function readPages(input: Input, { action, rows, paging, call }: Parts): Promise<Pages> {
  const start = startOf(paging.startingToken)
  const request: Input = { ...input }
  if (paging.pageSize !== undefined) request['MaxResults'] = paging.pageSize
  const pages: unknown[][] = []
  let token: string | undefined = start.token
  let count = 0
  while (pages.length < mostPages) {
    const { NextToken: _, ...plain } = request
    const answer = await call(action, token === undefined ? plain : { ...plain, NextToken: token })
    const skipped = pages.length === 0 ? start.skipped : 0
    const list = Array.isArray(answer[rows]) ? (answer[rows] as unknown[]).slice(skipped) : []
    const room = paging.maxItems === undefined ? list.length : paging.maxItems - count
    // A negative number counts from the end, as in Python.
    pages.push(list.slice(0, room))
    if (list.length > room) return { pages, resume: tokenText(token, room + skipped) }
    count += list.length
    const next = answer['NextToken']
    if (typeof next !== 'string' || next === '') return { pages, resume: undefined }
    if (count === paging.maxItems) return { pages, resume: tokenText(next, undefined) }
    if (next === token) throw generalError(`Error during pagination: The same next token was received twice: ${next}`)
    token = next
  }
  throw generalError(`Error during pagination: more than ${mostPages} pages`)
}

/** The rows of all pages as one answer. */
export function wholeAnswer(rows: string, { pages, resume }: Pages): Answer {
  const answer = emptyAnswer()
  answer[rows] = pages.flat()
  if (resume !== undefined) answer['NextToken'] = resume
  return answer
}

interface Start {
  readonly token: string | undefined
  /** How many rows of its page were shown before. */
  readonly skipped: number
}

/** A token of the CLI names the service's token and a place in its page; any other text is a token of the service. */
function startOf(text: string | undefined): Start {
  if (text === undefined) return { token: undefined, skipped: 0 }
  const { NextToken, boto_truncate_amount: skipped } = decoded(text) ?? { NextToken: text }
  return {
    token: typeof NextToken === 'string' ? NextToken : undefined,
    skipped: typeof skipped === 'number' ? skipped : 0,
  }
}

/** Python's base64 passes over what is not of its alphabet. */
function decoded(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(atob(text.replace(/[^A-Za-z0-9+/=]/g, '')))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Base64 of JSON as Python writes it. */
function tokenText(token: string | undefined, skipped: number | undefined): string {
  const amount = skipped === undefined ? '' : `, "boto_truncate_amount": ${skipped}`
  return btoa(`{"NextToken": ${JSON.stringify(token ?? null)}${amount}}`)
}
