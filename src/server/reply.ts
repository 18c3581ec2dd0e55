/** What a path answers with: a whole body, or a stream of events that stays open. */

export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly requestId?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Where a stream writes its text. */
export interface Sink {
  /** False when the reader is too slow to be told more; what is written then is lost. */
  write(text: string): boolean
}

export interface StreamReply {
  readonly headers: Readonly<Record<string, string>>
  /** Begins to write, and gives back what ends it. */
  start(sink: Sink): () => void
}

export const xml = 'text/xml;charset=UTF-8'
