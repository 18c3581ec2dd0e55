/** A flow log of the two hosts of the scene, in which each outcome is. */

import type { Scene } from './scene.ts'

export const logFields = [
  ...['version', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes'],
  ...['start', 'end', 'action', 'log-status', 'tcp-flags'],
]

/** 2026-11-01T00:00:00Z */
const start = 1_793_491_200
const [web, db, outside] = ['172.31.0.10', '172.31.0.30', '198.51.100.7']

export function logLines(at: Scene): string[] {
  const line = (card: string, flow: string, weight: string, end: string) =>
    `5 ${card} ${flow} ${weight} ${start} ${start + 60} ${end}`
  return [
    // Newly denied: what nobody admits any more, at both of its ends; and a service whose opener is guessed.
    line(at.web.card, `${web} ${db} 40000 6379 6`, '900 812000', 'ACCEPT OK 2'),
    line(at.db.card, `${web} ${db} 40000 6379 6`, '900 812000', 'ACCEPT OK 2'),
    line(at.web.card, `${outside} ${web} 51000 443 6`, '40 61000', 'ACCEPT OK 0'),
    // Newly allowed.
    line(at.web.card, `${outside} ${web} 51001 80 6`, '3 180', 'REJECT OK 2'),
    // Two ports of one kind.
    line(at.web.card, `${outside} ${web} 51002 50007 6`, '12 4100', 'ACCEPT OK 0'),
    // Unchanged.
    line(at.web.card, `${outside} ${web} 51003 80 6`, '20 18200', 'ACCEPT OK 2'),
    line(at.web.card, `${web} ${db} 40001 5432 6`, '210 96000', 'ACCEPT OK 2'),
    line(at.web.card, `${outside} ${web} 51004 22 6`, '2 80', 'REJECT OK 2'),
  ]
}
