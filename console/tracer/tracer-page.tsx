/**
 * The packet tracer: a connection's packets sent one by one through a copy of the world, while the learner
 * waits, revokes rules and looks at what survives.
 */

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { TraceView } from '../../src/app/console/api.ts'
import { post } from '../api/client.ts'
import { CommandLines } from '../parts/commands.tsx'
import { complain } from '../parts/toasts.tsx'
import { Page } from '../shell/page.tsx'
import { navigate, query } from '../shell/router.ts'
import { EndField, EndList, PortField, ProtocolField, type Traffic, trafficIn } from '../traffic/ends.tsx'
import { Trace } from './trace.tsx'

export function TracerPage() {
  const trace = useSignal<TraceView | undefined>(undefined)
  const problem = useSignal<string | undefined>(undefined)
  const given = query.value
  const open = async (traffic: Traffic) => {
    try {
      trace.value = await post<TraceView>('tracer/open', traffic)
      problem.value = undefined
    } catch (cause) {
      trace.value = undefined
      problem.value = (cause as Error).message
    }
  }
  useEffect(() => {
    const traffic = trafficOf(given)
    if (traffic) void open(traffic)
  }, [])
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const traffic = trafficIn(event.currentTarget as HTMLFormElement)
    navigate(`/tracer?${queryOf(traffic)}`, { replace: true })
    void open(traffic)
  }
  const step = async (what: object) => {
    if (!trace.value) return
    await post<TraceView>('tracer/step', { id: trace.value.id, ...what }).then((next) => {
      trace.value = next
    }, complain)
  }
  return (
    <Page title="Packet tracer" about="Works on a copy: no packet, wait or revoke here touches the live rules.">
      <div class="stack">
        <form class="panel tracer-form form-grid" onSubmit={submit}>
          <EndField label="From" name="from" value={given.get('from') ?? ''} />
          <EndField label="To" name="to" value={given.get('to') ?? ''} />
          <ProtocolField value={given.get('protocol') ?? 'tcp'} />
          <PortField value={given.get('port') ?? (given.get('to') ? '443' : '')} />
          <button class="button primary" type="submit">
            Trace
          </button>
        </form>
        <EndList />
        {problem.value && (
          <p class="notice bad" role="alert">
            {problem.value}
          </p>
        )}
        {trace.value && (
          <Trace trace={trace.value} onStep={step} onRestart={() => void open(questionOf(trace.value))} />
        )}
        {trace.value && <CommandLines lines={[explainLine(trace.value)]} title="As a command" />}
      </div>
    </Page>
  )
}

function trafficOf(given: URLSearchParams): Traffic | undefined {
  const [from, to] = [given.get('from'), given.get('to')]
  if (!from || !to) return undefined
  const protocol = given.get('protocol') ?? 'tcp'
  const port = given.get('port') ?? '443'
  return { from, to, protocol, ...(protocol === 'tcp' || protocol === 'udp' ? { port: Number(port) } : {}) }
}

function queryOf(traffic: Traffic): string {
  return new URLSearchParams(Object.entries(traffic).map(([name, value]) => [name, String(value)])).toString()
}

function questionOf(trace: TraceView | undefined): Traffic {
  const { from = '', to = '', protocol = 'tcp', port = null } = trace?.question ?? {}
  return { from, to, protocol, ...(port === null ? {} : { port }) }
}

function explainLine({ question: { from, to, protocol, port } }: TraceView): string {
  return `sallyport explain ${[from, to, protocol, port].filter((part) => part !== null).join(' ')}`
}
