/** The lesson's own paths, below the console's and behind the same guards. */

import type { System } from '../../app/assemble.ts'
import { type Members, textOf } from '../../app/console/input.ts'
import { lessonTextOf, seedOf, sheetOf } from '../../app/lesson/input.ts'
import type { Scope } from '../../model/world.ts'

type Work = (system: System, scope: Scope, body: Members) => Promise<object> | object

export const lessonQuestions: Readonly<Record<string, Work>> = {
  'lesson/content': ({ classroom }) => classroom.content(),
  'lesson/scene': ({ classroom }, _, body) => classroom.scene(textOf(body, 'scene')),
  'lesson/question': ({ classroom }, _, body) => classroom.question(textOf(body, 'question')),
  'lesson/review': ({ classroom }, _, body) => classroom.review(textOf(body, 'question')),
  'lesson/exam': ({ classroom }, _, body) => classroom.exam(seedOf(body)),
  'lesson/exam/grade': ({ classroom }, _, body) => classroom.gradeExam(seedOf(body), sheetOf(body)),
  'lesson/open': ({ classroom }, { account }, body) => classroom.open(account, textOf(body, 'task')),
  'lesson/enter': ({ classroom }, { account }, body) =>
    classroom.enter(account, { id: textOf(body, 'id'), text: lessonTextOf(body) }),
  'lesson/close': ({ classroom }, { account }, body) => classroom.close(account, textOf(body, 'id')),
  'lesson/solution': ({ classroom }, _, body) => classroom.solution(textOf(body, 'task')),
}
