/** Security groups by path: the list with a group beside it, the rule editor, and the form that makes one. */

import type { PageProps } from '../shell/page-props.ts'
import { CreateGroup } from './create-group.tsx'
import { EditRules } from './edit-rules.tsx'
import { GroupList } from './group-list.tsx'

export function GroupsPage({ rest }: PageProps) {
  const [group, tab = 'inbound', step] = rest
  if (group === 'create') return <CreateGroup key="create" />
  if (group !== undefined && step === 'edit') {
    return <EditRules key={`${group} ${tab}`} group={group} direction={tab === 'outbound' ? 'egress' : 'ingress'} />
  }
  return <GroupList chosen={group} tab={tab} />
}
