/** Sends packets through the live rules, so that there is traffic to look at. Nothing real is sent. */

import { useSignal } from '@preact/signals'
import { post } from '../api/client.ts'
import { CommandLines } from '../parts/commands.tsx'
import { complain, say } from '../parts/toasts.tsx'
import { EndField, EndList, PortField, ProtocolField, type Traffic, trafficIn } from './ends.tsx'

interface Report {
  readonly packet: string
  readonly hops: readonly { readonly action: string; readonly sentence: string }[]
}

export function SendForm() {
  const line = useSignal<string | undefined>(undefined)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const traffic = trafficIn(form)
    const manner = new FormData(form).get('manner')
    const keepOpen = manner === 'open' && traffic.protocol === 'tcp'
    line.value = lineOf(traffic, String(manner))
    try {
      const { reports } = await post<{ reports: readonly Report[] }>('send', {
        ...traffic,
        ...(manner === 'first' ? {} : keepOpen ? { keepOpen } : { exchange: true }),
      })
      tell(reports)
    } catch (cause) {
      complain(cause)
    }
  }
  return (
    <details class="panel send">
      <summary>Send packets</summary>
      <form class="panel-body form-grid" onSubmit={submit}>
        <EndField label="From" name="from" />
        <EndField label="To" name="to" />
        <ProtocolField />
        <PortField />
        <label class="field">
          <span>How much</span>
          <select class="input" name="manner">
            <option value="open">Handshake and data, kept open</option>
            <option value="whole">A whole exchange</option>
            <option value="first">The first packet</option>
          </select>
        </label>
        <button class="button primary" type="submit">
          Send
        </button>
      </form>
      <EndList />
      {line.value && (
        <div class="panel-body">
          <CommandLines lines={[line.value]} title="As a command" />
        </div>
      )}
    </details>
  )
}

function lineOf({ from, to, protocol, port }: Traffic, manner: string): string {
  const option = manner === 'open' ? ' --keep-open' : manner === 'whole' ? ' --exchange' : ''
  return `sallyport send ${[from, to, protocol, port].filter((part) => part !== undefined).join(' ')}${option}`
}

function tell(reports: readonly Report[]): void {
  const refused = reports.flatMap(({ hops }) => hops).find(({ action }) => action === 'deny')
  if (refused) complain(`Refused: ${refused.sentence}.`)
  else say(`${reports.length} ${reports.length === 1 ? 'packet' : 'packets'} delivered.`)
}
