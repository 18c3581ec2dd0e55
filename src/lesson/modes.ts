/** The ten ways through the lesson. All of them use the same chapters, scenes, questions and exercises. */

import type { Mode } from './content.ts'

export const modes: readonly Mode[] = [
  { id: 'read', title: 'Read', says: 'The chapters in order, each claim with the scene that shows it.' },
  {
    id: 'watch',
    title: 'Watch',
    says: 'Packets travel, stop where they are refused, and the connections fill beside them.',
  },
  { id: 'do', title: 'Do', says: 'Type aws ec2 lines in a terminal, in a cloud of your own.' },
  {
    id: 'predict',
    title: 'Predict',
    says: 'Say what becomes of each packet before it is sent. Wrong guesses become cards.',
  },
  { id: 'fix', title: 'Fix', says: 'Mend configurations that are wrong. Packets grade you.' },
  { id: 'build', title: 'Build', says: 'Make what a requirement asks for, and nothing more.' },
  { id: 'compare', title: 'Compare', says: 'The same traffic through a security group and through a network ACL.' },
  { id: 'flashcards', title: 'Flashcards', says: 'Short questions that come back until you know them.' },
  { id: 'practice', title: 'Practice test', says: 'Questions with hints and solutions, at the level of your answers.' },
  { id: 'exam', title: 'Exam', says: 'Questions against the clock, without hints.' },
]
