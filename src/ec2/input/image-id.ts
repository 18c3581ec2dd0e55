/** An image id from a request. Any well-formed one names an image (`model/image.ts`). */

import { isIdOf } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'

export function imageId(given: string): string {
  return isIdOf('ami', given) ? given : reject('ImageIdMalformed', { id: given })
}
