/** Asks before a group is deleted. A dry run says beforehand what AWS would answer. */

import type { Preview } from '../../src/app/console/api.ts'
import { useAsked } from '../api/asked.ts'
import { callAction, post } from '../api/client.ts'
import { Commands } from '../parts/commands.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { complain, say } from '../parts/toasts.tsx'
import { navigate } from '../shell/router.ts'
import type { SecurityGroup } from './questions.ts'

export interface DeleteGroupProps {
  readonly group: SecurityGroup
  readonly onClose: () => void
}

export function DeleteGroup({ group, onClose }: DeleteGroupProps) {
  const call = { action: 'DeleteSecurityGroup', input: { GroupId: group.GroupId } }
  const { answer } = useAsked(`delete ${group.GroupId}`, () => post<Preview>('preview', { calls: [call] })).value
  const refusal = answer?.refusal
  const remove = async () => {
    await callAction(call.action, call.input).then(() => {
      say(`${group.GroupId} (${group.GroupName}) is deleted.`)
      onClose()
      navigate('/groups')
    }, complain)
  }
  const answers = (
    <button class="button primary" type="button" disabled={!answer || refusal !== null} onClick={remove}>
      Delete
    </button>
  )
  return (
    <Dialog title="Delete security group" onClose={onClose} answers={answers}>
      <p>
        {group.GroupName} (<span class="id">{group.GroupId}</span>) and its rules will be gone.
      </p>
      {refusal && (
        <p class="notice bad">
          It would be refused: {refusal.code}: {refusal.message}
        </p>
      )}
      <Commands calls={[call]} />
    </Dialog>
  )
}
