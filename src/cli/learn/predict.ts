/** `learn predict SCENE`: before each packet the learner says what will become of it. */

import { invariant } from '../../base/invariant.ts'
import { sceneNamed, scenes } from '../../lesson/lesson.ts'
import { type PlayedPacket, type PlayedScene, type PlayedStep, playScene } from '../../lesson/play.ts'
import { judgePrediction } from '../../lesson/predict.ts'
import { UsageError } from '../usage-error.ts'
import { title, wrap } from './layout.ts'
import type { LearnMode, Outcome, Session } from './mode.ts'
import { eventText, flowsText, packetText, verdictText, worldText } from './scene-text.ts'

type Action = PlayedPacket['action']

export const predictMode: LearnMode = {
  id: 'predict',
  topics: scenes,
  about(topic) {
    const scene = playScene(sceneNamed(topic))
    return {
      content: () => ({ ...scene, steps: scene.steps.map(withoutOutcome) }),
      answer: (answers, session) => judgeAll(scene, answers, session),
      run: (session) => predictScene(scene, session),
    }
  },
}

function judgeAll(scene: PlayedScene, answers: readonly string[], { notebook, dialogue }: Session): Outcome {
  const packets = scene.steps.flatMap((step, index) => (step.kind === 'packet' ? [{ step, index }] : []))
  if (answers.length !== packets.length) {
    throw new UsageError(`${scene.id} has ${packets.length} packets: give as many answers, allow or deny.`)
  }
  const given = answers.map((answer) => actionFrom(answer) ?? refuse(answer))
  const predictions = packets.map(({ step, index }, at) => {
    const predicted = given[at] ?? 'deny'
    return { predicted, isRight: judge(scene, { index, predicted }, notebook), ...step }
  })
  notebook.note({ kind: 'scene-seen', id: scene.id })
  const rows = predictions.map(({ isRight, ...step }) => {
    const said = isRight ? 'As you said.' : 'Not as you said.'
    return `${packetText(step)}\n    ${said}\n${verdictText(step, dialogue.width)}`
  })
  const isRight = predictions.every((each) => each.isRight)
  return { isRight, report: { id: scene.id, predictions }, text: rows.join('\n') }
}

function refuse(answer: string): never {
  throw new UsageError(`'${answer}' is neither allow nor deny.`)
}

function withoutOutcome(step: PlayedStep): object {
  const { kind, line, at } = step
  if (step.kind === 'event') return { kind, line, at, explains: step.explains }
  const { networkInterface, direction, packet, from, to, asks } = step
  return { kind, at, networkInterface, direction, packet, from, to, asks }
}

function actionFrom(text: string): Action | undefined {
  const word = text.toLowerCase()
  if (word === '') return undefined
  return (['allow', 'deny'] as const).find((action) => action.startsWith(word))
}

interface Predicted {
  readonly index: number
  readonly predicted: Action
}

/** Whether it was right; a wrong one keeps its packet as a card, a right one settles the card that was there. */
function judge(scene: PlayedScene, { index, predicted }: Predicted, notebook: Session['notebook']): boolean {
  const judgement = judgePrediction(scene, index, { action: predicted })
  invariant(judgement, 'only packets are predicted')
  const { card, isRight } = judgement
  notebook.note(card ? { kind: 'mispredicted', card } : { kind: 'counterexample-settled', id: `${scene.id}#${index}` })
  return isRight
}

async function predictScene(scene: PlayedScene, session: Session): Promise<void> {
  const { dialogue } = session
  dialogue.say(`${title(scene.title)}\n\n${worldText(scene.world)}`)
  let right = 0
  let asked = 0
  for (const [index, step] of scene.steps.entries()) {
    if (step.kind === 'event') {
      dialogue.say(`\n${eventText(step)}\n${wrap(step.explains, dialogue.width, '    ')}`)
      continue
    }
    const isRight = await predictPacket(scene, { step, index }, session)
    if (isRight === undefined) return dialogue.say('You left before the end.')
    asked += 1
    if (isRight) right += 1
  }
  session.notebook.note({ kind: 'scene-seen', id: scene.id })
  dialogue.say(`\n${wrap(scene.claim, dialogue.width)}\n\n${right} of ${asked} predicted.`)
}

export interface At {
  readonly step: PlayedPacket & { readonly asks: string | null; readonly explains: string }
  readonly index: number
}

/** Undefined when the learner leaves. */
export async function predictPacket(
  scene: PlayedScene,
  { step, index }: At,
  { dialogue, notebook }: Session,
): Promise<boolean | undefined> {
  dialogue.say(`\n${packetText(step)}\n${wrap(step.asks ?? '', dialogue.width, '    ')}`)
  const predicted = await askAction(dialogue)
  if (!predicted) return undefined
  const isRight = judge(scene, { index, predicted }, notebook)
  const said = isRight ? '    As you said.' : '    Not as you said: this packet is kept as a card for you.'
  const explains = wrap(step.explains, dialogue.width, '    ')
  dialogue.say([said, verdictText(step, dialogue.width), explains, flowsText(step.flows)].join('\n'))
  return isRight
}

async function askAction(dialogue: Session['dialogue']): Promise<Action | undefined> {
  for (;;) {
    const line = await dialogue.ask('    allow or deny? ')
    if (line === undefined || /^q(uit)?$/i.test(line)) return undefined
    const action = actionFrom(line)
    if (action) return action
    dialogue.say('    Type allow or deny, or their first letter; q to leave.')
  }
}
