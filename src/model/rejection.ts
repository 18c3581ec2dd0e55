/**
 * The one class a refused request is thrown as. Caught in `ec2/endpoint` and at the program's
 * edges, nowhere else.
 */

import { catalogue, type RejectionName } from './rejections/catalogue.ts'

type ParametersOf<N extends RejectionName> = Parameters<(typeof catalogue)[N]['text']>

export class Rejection extends Error {
  override readonly name = 'Rejection'
  /** AWS's error code, the part that clients branch on. */
  readonly code: string
  readonly status: number
  /** Which entry of the catalogue this is: one code can have several sentences. */
  readonly of: RejectionName

  constructor(of: RejectionName, code: string, status: number, message: string) {
    super(message)
    this.of = of
    this.code = code
    this.status = status
  }
}

/** Refuses the request. Always throws Rejection. */
export function reject<N extends RejectionName>(name: N, ...parameters: ParametersOf<N>): never {
  throw rejection(name, ...parameters)
}

/** The refusal as a value, for callers that collect instead of throwing. */
export function rejection<N extends RejectionName>(name: N, ...parameters: ParametersOf<N>): Rejection {
  const { code, status, text } = catalogue[name]
  return new Rejection(name, code, status, (text as (...given: ParametersOf<N>) => string)(...parameters))
}
