/**
 * How much fits in one nftables transaction. An ordinary user's netlink socket cannot grow beyond wmem_max, of which
 * an element takes some 800 bytes at most (feasibility 8); a chunk is smaller by a margin, and never of one element.
 */

import { readFileSync } from 'node:fs'

const bytesPerElement = 1200
const most = 4000
const fewest = 100

export function mostElements(): number {
  return Math.min(most, Math.max(fewest, Math.floor(sendBuffer() / bytesPerElement)))
}

function sendBuffer(): number {
  try {
    return Number(readFileSync('/proc/sys/net/core/wmem_max', 'utf8'))
  } catch {
    // Not to be seen from inside of a network namespace; Linux's default.
    return 212_992
  }
}
