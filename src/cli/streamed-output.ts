/** Long answers on standard output, as fast as their reader takes them. */

import { once } from 'node:events'

const leastCharacters = 65_536

/** Pieces are short, and each write costs the same. */
export async function writeAll(pieces: Iterable<string>): Promise<void> {
  let held: string[] = []
  let length = 0
  for (const piece of pieces) {
    held.push(piece)
    length += piece.length
    if (length < leastCharacters) continue
    await write(held.join(''))
    held = []
    length = 0
  }
  await write(held.join(''))
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
