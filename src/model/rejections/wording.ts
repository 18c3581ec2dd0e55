/** One way a request can be refused: AWS's code, its HTTP status and the sentence it answers with. */
export interface Wording<P> {
  readonly code: string
  readonly status: number
  readonly text: (parameters: P) => string
}

/** A refusal whose sentence needs parameters. Status 400 unless said otherwise (spec 1.3). */
export function wording<P>(code: string, text: (parameters: P) => string, status = 400): Wording<P> {
  return { code, status, text }
}

/** A refusal whose sentence is always the same. */
export function plain(code: string, sentence: string, status = 400): Wording<void> {
  return { code, status, text: () => sentence }
}
