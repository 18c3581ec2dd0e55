/** Groups whose rules name this one; while there are any, it cannot be deleted. */

import { useAsked } from '../api/asked.ts'
import { Commands } from '../parts/commands.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { findReferrers, referrersCalls, type SecurityGroup } from './questions.ts'

function columnsFor(id: string): readonly Column<SecurityGroup>[] {
  return [
    {
      id: 'id',
      header: 'Security group ID',
      width: 205,
      cell: ({ GroupId }) => (
        <a class="id" href={`/console/groups/${GroupId}`}>
          {GroupId}
        </a>
      ),
    },
    { id: 'name', header: 'Security group name', width: 200, cell: ({ GroupName }) => GroupName },
    { id: 'where', header: 'Named in', width: 200, cell: (group) => whereNamed(group, id) },
    { id: 'vpc', header: 'VPC ID', width: 200, cell: ({ VpcId }) => <span class="id">{VpcId}</span> },
  ]
}

function whereNamed({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup, id: string): string {
  const names = (permissions: NonNullable<SecurityGroup['IpPermissions']>) =>
    permissions.some(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.some(({ GroupId }) => GroupId === id))
  const sides = [
    ...(names(IpPermissions) ? ['inbound rules'] : []),
    ...(names(IpPermissionsEgress) ? ['outbound rules'] : []),
  ]
  return sides.join(', ')
}

export function ReferencesTab({ id }: { readonly id: string }) {
  const { answer, failure } = useAsked(`references ${id}`, () => findReferrers(id)).value
  return (
    <>
      {failure && <p class="notice bad">{failure}</p>}
      {answer && (
        <Table
          caption="Groups that reference this one"
          rows={answer}
          columns={columnsFor(id)}
          rowKey={({ GroupId = '' }) => GroupId}
          empty={
            <>
              <strong>Referenced by nothing</strong>No rule of this Region names the group as its source or destination.
            </>
          }
        />
      )}
      <div class="panel-body tab-foot">
        <Commands calls={referrersCalls(id)} />
      </div>
    </>
  )
}
