/** Predictions are judged by the engine's verdict, and a wrong one keeps its packet. */

import { describe, expect, test } from 'vitest'
import { sceneNamed, scenes } from './lesson.ts'
import { playScene } from './play.ts'
import { judgePrediction, reasonLabels } from './predict.ts'

const scene = playScene(sceneNamed('command-4-revoke'))

describe('a prediction', () => {
  test('is right with the verdict alone', () => {
    expect(judgePrediction(scene, 0, { action: 'allow' })).toMatchObject({ isRight: true, card: null })
  })

  test('is right with the verdict and its reason', () => {
    expect(judgePrediction(scene, 3, { action: 'deny', because: 'no-rule' })).toMatchObject({ isRight: true })
  })

  test('of the right verdict for a wrong reason is wrong, and keeps a card', () => {
    expect(judgePrediction(scene, 4, { action: 'deny', because: 'no-rule' })).toMatchObject({
      isRight: false,
      isActionRight: true,
      card: { id: 'command-4-revoke#4', scene: 'command-4-revoke', step: 4, predicted: { action: 'deny' } },
    })
  })

  test('of the wrong verdict keeps the packet that answered', () => {
    const judgement = judgePrediction(scene, 6, { action: 'deny' })
    expect(judgement).toMatchObject({ isRight: false, isActionRight: false })
    expect(judgement?.packet).toMatchObject({
      packet: 'tcp 10.0.0.10:80 > 203.0.113.5:40001 SA',
      action: 'allow',
      from: { name: 'web', address: '10.0.0.10', port: 80 },
      to: { name: 'client', address: '203.0.113.5', port: 40001 },
      stopsAt: null,
    })
    expect(judgement?.packet.sentence).toContain('answers the connection opened')
  })

  test('of an event is none', () => {
    expect(judgePrediction(scene, 2, { action: 'allow' })).toBe(undefined)
    expect(judgePrediction(scene, 99, { action: 'allow' })).toBe(undefined)
  })
})

test('every reason that a scene gives can be predicted', () => {
  const given = scenes.flatMap((each) =>
    playScene(each).steps.flatMap((step) => (step.kind === 'packet' ? [`${step.action} ${step.because}`] : [])),
  )
  const offered = (['allow', 'deny'] as const).flatMap((action) =>
    reasonLabels[action].map(({ kind }) => `${action} ${kind}`),
  )
  expect(new Set(given)).toEqual(new Set(offered))
})

describe('what stands beside a packet', () => {
  test('is the place where it stops', () => {
    const stops = (id: string) =>
      playScene(sceneNamed(id)).steps.map((step) => (step.kind === 'packet' ? step.stopsAt : null))
    expect(stops('acl-answers')).toEqual([null, 'network ACL'])
    expect(stops('command-5-describe-again')).toEqual([null, null, 'security group'])
  })

  test('is the connections that are alive, with the time they have left', () => {
    const flows = (id: string, step: number) => playScene(sceneNamed(id)).steps[step]?.flows
    expect(flows('tracked-survives-revoke', 3)).toEqual([
      {
        networkInterface: 'eni-web',
        direction: 'ingress',
        flow: 'tcp 203.0.113.5:40000 > 10.0.0.10:22',
        isTracked: true,
        status: 'alive',
        secondsLeft: 432_000,
        rules: ['sgr-1'],
        isRevoked: true,
      },
    ])
  })

  test('is an untracked connection until it is cut', () => {
    const steps = playScene(sceneNamed('untracked-cut-by-revoke')).steps
    expect(steps[1]?.flows).toMatchObject([
      { isTracked: false, status: 'alive', secondsLeft: null, rules: ['sgr-1', 'sgr-2'] },
    ])
    expect(steps[2]?.flows).toMatchObject([{ isTracked: false, status: 'cut', isRevoked: true }])
  })

  test('is the rules as an event left them', () => {
    const [, , event] = scene.steps
    expect(event).toMatchObject({
      kind: 'event',
      at: 1,
      world: {
        groups: [
          {
            id: 'sg-my-web-sg',
            name: 'my-web-sg',
            rules: [{ id: 'sgr-1', direction: 'ingress', traffic: 'tcp 80', peer: '0.0.0.0/0' }],
          },
        ],
      },
    })
    expect(scene.world.groups[0]?.rules).toHaveLength(2)
  })
})
