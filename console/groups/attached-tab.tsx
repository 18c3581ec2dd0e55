/** The network interfaces that the group guards. */

import { useAsked } from '../api/asked.ts'
import { StateBadge } from '../enforcement/state-badge.tsx'
import { Commands } from '../parts/commands.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { attachedCall, findAttached, type NetworkInterface, nameOf } from './questions.ts'

const columns: readonly Column<NetworkInterface>[] = [
  {
    id: 'id',
    header: 'Network interface ID',
    width: 205,
    cell: ({ NetworkInterfaceId }) => <span class="id">{NetworkInterfaceId}</span>,
  },
  { id: 'name', header: 'Name', width: 120, cell: (card) => nameOf({ Tags: card.TagSet }) || '-' },
  {
    id: 'instance',
    header: 'Instance ID',
    width: 190,
    cell: ({ Attachment }) => <span class="id">{Attachment?.InstanceId ?? '-'}</span>,
  },
  { id: 'address', header: 'Private IPv4', width: 130, cell: ({ PrivateIpAddress }) => PrivateIpAddress ?? '-' },
  { id: 'public', header: 'Public IPv4', width: 130, cell: ({ Association }) => Association?.PublicIp ?? '-' },
  { id: 'status', header: 'Status', width: 100, cell: ({ Status }) => Status ?? '-' },
  { id: 'enforcement', header: 'Enforcement', width: 112, cell: (card) => <StateBadge state={enforcementOf(card)} /> },
  {
    id: 'trace',
    header: 'Trace',
    width: 150,
    cell: ({ NetworkInterfaceId }) => (
      <a href={`/console/tracer?from=internet&to=${NetworkInterfaceId}`}>From the internet</a>
    ),
  },
]

function enforcementOf({ TagSet = [] }: NetworkInterface): string | undefined {
  return TagSet.find(({ Key }) => Key === 'sallyport:enforcement')?.Value
}

export function AttachedTab({ id }: { readonly id: string }) {
  const { answer, failure } = useAsked(`attached ${id}`, () => findAttached(id)).value
  return (
    <>
      {failure && <p class="notice bad">{failure}</p>}
      {answer && (
        <Table
          caption="Attached network interfaces"
          rows={answer}
          columns={columns}
          rowKey={({ NetworkInterfaceId = '' }) => NetworkInterfaceId}
          empty={
            <>
              <strong>Attached to nothing</strong>No network interface of this account is in the group.
            </>
          }
        />
      )}
      <div class="panel-body tab-foot">
        <Commands calls={[attachedCall(id)]} />
      </div>
    </>
  )
}
