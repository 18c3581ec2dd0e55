/** A group's rules of one direction, edited all together, with what saving them would do. */

import { useSignal, useSignalEffect } from '@preact/signals'
import type { Call, Preview } from '../../src/app/console/api.ts'
import { useAsked } from '../api/asked.ts'
import { callAction, post } from '../api/client.ts'
import { worldVersion } from '../api/events.ts'
import { Commands } from '../parts/commands.tsx'
import { complain, say } from '../parts/toasts.tsx'
import { Page } from '../shell/page.tsx'
import { href, navigate } from '../shell/router.ts'
import { callsFor, type Draft, draftOf, isFlawless } from './draft.ts'
import { PeerList } from './peer-list.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { findRules, type SecurityGroupRule } from './questions.ts'
import { RuleRows } from './rule-rows.tsx'
import { type Direction, directionOf } from './rules.ts'

/** Long enough that typing is not answered letter by letter. */
const pause = 250

export interface EditRulesProps {
  readonly group: string
  readonly direction: Direction
}

export function EditRules({ group, direction }: EditRulesProps) {
  const { answer, failure } = useAsked(`rules ${group}`, () => findRules(group)).value
  const side = direction === 'ingress' ? 'inbound' : 'outbound'
  const trail = [['Security Groups', '/groups'] as const, [group, `/groups/${group}/${side}`] as const]
  const own = answer?.filter((rule) => directionOf(rule) === direction)
  return (
    <Page title={`Edit ${side} rules`} trail={trail} about={aboutOf(direction)}>
      {failure && <p class="notice bad">{failure}</p>}
      {own && <Editor group={group} direction={direction} rules={own} back={`/groups/${group}/${side}`} />}
    </Page>
  )
}

function aboutOf(direction: Direction): string {
  return direction === 'ingress'
    ? 'Inbound rules control the connections that may be opened to what is attached.'
    : 'Outbound rules control the connections that what is attached may open.'
}

interface EditorProps extends EditRulesProps {
  readonly rules: readonly SecurityGroupRule[]
  readonly back: string
}

/** The drafts start from the rules as they were when the page was opened. */
function Editor({ group, direction, rules, back }: EditorProps) {
  const before = useSignal(rules).value
  const drafts = useSignal<readonly Draft[]>(before.map(draftOf))
  const isTried = useSignal(false)
  const isSaving = useSignal(false)
  const isSound = isFlawless(drafts.value)
  const calls = isSound ? callsFor({ group, direction, before, drafts: drafts.value }) : []
  const preview = usePreview(calls)
  const save = async () => {
    isTried.value = true
    if (!isSound || calls.length === 0) return
    isSaving.value = true
    try {
      for (const { action, input } of calls) await callAction(action, input)
      say(`The rules of ${group} are saved.`)
      navigate(back)
    } catch (cause) {
      complain(cause)
    } finally {
      isSaving.value = false
    }
  }
  return (
    <div class="stack">
      <section class="panel" aria-label="Rules">
        <RuleRows drafts={drafts} direction={direction} showsAll={isTried.value} />
      </section>
      <PeerList />
      <PreviewPanel preview={preview} isIncomplete={!isSound} isUnchanged={calls.length === 0} />
      <Commands calls={calls} title="What saving does, as aws CLI" />
      <div class="buttons save-bar">
        <a class="button" href={href(back)}>
          Cancel
        </a>
        <button
          class="button primary"
          type="button"
          disabled={isSaving.value || (isSound && calls.length === 0) || Boolean(preview?.refusal)}
          onClick={save}
        >
          Save rules
        </button>
      </div>
    </div>
  )
}

/** Asked again when the calls or the world change. */
function usePreview(calls: readonly Call[]): Preview | undefined {
  const state = useSignal<{ readonly key: string; readonly preview: Preview } | undefined>(undefined)
  const key = JSON.stringify(calls)
  const asked = useSignal(key)
  if (asked.peek() !== key) asked.value = key
  useSignalEffect(() => {
    const own = asked.value
    if (own === '[]' || worldVersion.value < 0) return
    const timer = setTimeout(() => {
      post<Preview>('preview', { calls: JSON.parse(own) }).then((preview) => {
        state.value = { key: own, preview }
      }, complain)
    }, pause)
    return () => clearTimeout(timer)
  })
  return state.value?.key === key ? state.value.preview : undefined
}
