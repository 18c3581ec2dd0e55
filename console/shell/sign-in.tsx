/** Shown where the server verifies its callers: an access key buys a session cookie that scripts cannot read. */

import { useSignal } from '@preact/signals'
import type { SessionInfo } from '../../src/app/console/api.ts'
import { post } from '../api/client.ts'
import { Field } from '../parts/field.tsx'
import { Page } from './page.tsx'
import { session } from './session.ts'

export function SignIn() {
  const problem = useSignal<string | undefined>(undefined)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const given = { accessKeyId: form.get('id'), secretAccessKey: form.get('secret') }
    try {
      session.value = await post<SessionInfo>('sign-in', given)
    } catch (cause) {
      problem.value = (cause as Error).message
    }
  }
  return (
    <Page title="Sign in" about="This server verifies its callers. Use an access key of its credentials file.">
      <form class="panel sign-in" onSubmit={submit}>
        <Field label="Access key ID">
          <input class="input" name="id" autocomplete="username" required />
        </Field>
        <Field label="Secret access key" problem={problem.value}>
          <input class="input" name="secret" type="password" autocomplete="current-password" required />
        </Field>
        <div class="buttons">
          <button class="button primary" type="submit">
            Sign in
          </button>
        </div>
      </form>
    </Page>
  )
}
