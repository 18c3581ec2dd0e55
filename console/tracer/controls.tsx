/** What can be done with a trace: the next packet, all of them, a wait, a revoke, a fresh start. */

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { TraceProps } from './trace-props.ts'

const waits = [
  [1, '1 second'],
  [30, '30 seconds'],
  [60, '1 minute'],
  [180, '3 minutes'],
  [350, '350 seconds'],
  [3600, '1 hour'],
  [432_000, '5 days'],
] as const

const beat = 900

export function Controls({ trace, onStep, onRestart }: TraceProps) {
  const isPlaying = useSignal(false)
  const { next, script, elapsedSeconds } = trace
  const last = trace.happened.at(-1)
  const isRefused = last?.kind === 'packet' && !last.report.isDelivered
  useEffect(() => {
    if (!isPlaying.value) return
    if (next === null || isRefused) {
      isPlaying.value = false
      return
    }
    const timer = setTimeout(() => void onStep({ packet: next }), beat)
    return () => clearTimeout(timer)
  }, [isPlaying.value, trace])
  return (
    <section class="panel controls" aria-label="Controls">
      <ol class="script" aria-label="The packets of this connection">
        {script.map(({ label, side }, index) => (
          <li key={`${index} ${label}`}>
            <button
              class="chip"
              type="button"
              aria-label={`${label}, ${side === 'asks' ? 'from the sender' : 'the answer'}`}
              aria-current={index === next ? 'step' : undefined}
              data-sent={next === null || index < next}
              onClick={() => onStep({ packet: index })}
            >
              <span aria-hidden="true">{side === 'asks' ? '→' : '←'}</span> {label}
            </button>
          </li>
        ))}
      </ol>
      <div class="buttons">
        <button class="button primary" type="button" disabled={next === null} onClick={() => onStep({ packet: next })}>
          {next === null ? 'All sent' : `Send ${script[next]?.label}`}
        </button>
        <button
          class="button"
          type="button"
          disabled={next === null}
          aria-pressed={isPlaying.value}
          onClick={() => {
            isPlaying.value = !isPlaying.value
          }}
        >
          {isPlaying.value ? 'Pause' : 'Play'}
        </button>
        <button class="button" type="button" onClick={onRestart}>
          Start again
        </button>
        <span class="elapsed quiet">Clock: {elapsedSeconds.toLocaleString('en-US')} s</span>
      </div>
      <div class="form-grid">
        <Wait onStep={onStep} />
        <Revoke trace={trace} onStep={onStep} />
      </div>
    </section>
  )
}

function Wait({ onStep }: Pick<TraceProps, 'onStep'>) {
  const span = useSignal<number>(60)
  return (
    <div class="with-button">
      <label class="field">
        <span>Wait</span>
        <select class="input" value={span.value} onChange={(event) => (span.value = Number(event.currentTarget.value))}>
          {waits.map(([seconds, label]) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button class="button" type="button" onClick={() => onStep({ wait: span.value })}>
        Wait
      </button>
    </div>
  )
}

function Revoke({ trace: { rules }, onStep }: Pick<TraceProps, 'trace' | 'onStep'>) {
  const chosen = useSignal('')
  const rule = rules.find((each) => each.rule === chosen.value) ?? rules[0]
  const revoke = () => {
    if (!rule) return
    const action = rule.direction === 'ingress' ? 'RevokeSecurityGroupIngress' : 'RevokeSecurityGroupEgress'
    return onStep({ call: { action, input: { GroupId: rule.group, SecurityGroupRuleIds: [rule.rule] } } })
  }
  return (
    <div class="with-button">
      <label class="field">
        <span>Rule on the way</span>
        <select
          class="input"
          value={rule?.rule ?? ''}
          disabled={!rule}
          onChange={(event) => (chosen.value = event.currentTarget.value)}
        >
          {rules.map((each) => (
            <option key={each.rule} value={each.rule}>
              {each.direction} {each.text} ({each.rule} of {each.group})
            </option>
          ))}
        </select>
      </label>
      <button class="button" type="button" disabled={!rule} onClick={revoke}>
        Revoke
      </button>
    </div>
  )
}
