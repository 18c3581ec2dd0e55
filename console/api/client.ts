/** Asks the server: its own paths below `/_sallyport/console`, and EC2's actions by their names. */

import type { ErrorAnswer } from '../../src/app/console/api.ts'
import { region, session } from '../shell/session.ts'

const base = '/_sallyport/console/'

/** The server's no: AWS's code with AWS's sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export function get<T>(path: string): Promise<T> {
  return ask(path, { method: 'GET' })
}

export function post<T>(path: string, body: object): Promise<T> {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** An EC2 action: input and output as the aws CLI spells them in JSON. */
export async function callAction<T>(action: string, input: object = {}): Promise<T> {
  const { output } = await post<{ readonly output: T }>('call', { action, input })
  return output
}

/** All pages of a describe call, as one list. */
export async function allPages<T>(action: string, member: string, input: object = {}): Promise<T[]> {
  const found: T[] = []
  let token: string | undefined
  do {
    const page = await callAction<Record<string, unknown>>(action, { ...input, ...(token ? { NextToken: token } : {}) })
    found.push(...((page[member] as T[] | undefined) ?? []))
    token = page['NextToken'] as string | undefined
  } while (token)
  return found
}

export function inRegion(path: string): string {
  const mark = path.includes('?') ? '&' : '?'
  return `${base}${path}${mark}region=${encodeURIComponent(region.value)}`
}

export interface Sending {
  /** Ends it. */
  readonly signal: AbortSignal
  /** Told how much of it is sent, from 0 to 1. */
  readonly tell: (part: number) => void
}

/** A file as it lies. What is told needs XMLHttpRequest: fetch does not say how far a body is. */
export function upload<T>(path: string, file: Blob, { signal, tell }: Sending): Promise<T> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest()
    asked.open('POST', inRegion(path))
    asked.setRequestHeader('content-type', 'application/octet-stream')
    asked.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 1)
    asked.onload = () => {
      try {
        resolve(answerOf(asked.status, parsed(asked.responseText)) as T)
      } catch (refusal) {
        reject(refusal)
      }
    }
    asked.onerror = () =>
      reject(new Error('It could not be sent. If it has changed since it was chosen, choose it again.'))
    signal.addEventListener('abort', () => asked.abort())
    asked.send(file)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(inRegion(path), init)
  return answerOf(response.status, await response.json().catch(() => undefined)) as T
}

/** Throws Refusal. */
function answerOf(status: number, value: unknown): unknown {
  if (status >= 200 && status < 300) return value
  const error = (value as ErrorAnswer | undefined)?.error
  if (error?.code === 'NotSignedIn' && session.value) session.value = { ...session.value, isSignedIn: false }
  throw new Refusal(error?.code ?? String(status), error?.message ?? `The server answered ${status}.`)
}
