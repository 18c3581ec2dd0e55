/** The table of security groups; below it the chosen one with its tabs, as in AWS's split panel. */

import { useSignal } from '@preact/signals'
import { useAsked } from '../api/asked.ts'
import { Commands } from '../parts/commands.tsx'
import { type Filter, filtered, noFilter, type Property } from '../parts/filter.ts'
import { FilterBar } from '../parts/filter-bar.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { GroupDetail } from './group-detail.tsx'
import { findGroups, groupsCall, nameOf, type SecurityGroup } from './questions.ts'

const properties: readonly Property<SecurityGroup>[] = [
  { id: 'group-id', label: 'Security group ID', text: ({ GroupId = '' }) => GroupId },
  { id: 'group-name', label: 'Security group name', text: ({ GroupName = '' }) => GroupName },
  { id: 'name', label: 'Name', text: nameOf },
  { id: 'vpc-id', label: 'VPC ID', text: ({ VpcId = '' }) => VpcId },
  { id: 'description', label: 'Description', text: ({ Description = '' }) => Description },
  { id: 'owner-id', label: 'Owner', text: ({ OwnerId = '' }) => OwnerId },
  {
    id: 'tag',
    label: 'Tag',
    text: ({ Tags = [] }) => Tags.map(({ Key = '', Value = '' }) => `${Key}=${Value}`).join(' '),
  },
]

const columns: readonly Column<SecurityGroup>[] = [
  { id: 'name', header: 'Name', width: 110, cell: (group) => nameOf(group) || '-', sortBy: nameOf },
  {
    id: 'id',
    header: 'Security group ID',
    width: 190,
    cell: ({ GroupId }) => (
      <a class="id" href={`/console/groups/${GroupId}`}>
        {GroupId}
      </a>
    ),
    sortBy: ({ GroupId = '' }) => GroupId,
  },
  {
    id: 'group-name',
    header: 'Security group name',
    width: 172,
    cell: ({ GroupName }) => GroupName,
    sortBy: ({ GroupName = '' }) => GroupName,
  },
  {
    id: 'vpc',
    header: 'VPC ID',
    width: 190,
    cell: ({ VpcId }) => <span class="id">{VpcId}</span>,
    sortBy: ({ VpcId = '' }) => VpcId,
  },
  { id: 'description', header: 'Description', cell: ({ Description }) => Description },
  {
    id: 'inbound',
    header: 'Inbound',
    width: 84,
    isNumber: true,
    cell: ({ IpPermissions }) => ruleCount(IpPermissions),
    sortBy: ({ IpPermissions }) => ruleCount(IpPermissions),
  },
  {
    id: 'outbound',
    header: 'Outbound',
    width: 92,
    isNumber: true,
    cell: ({ IpPermissionsEgress }) => ruleCount(IpPermissionsEgress),
    sortBy: ({ IpPermissionsEgress }) => ruleCount(IpPermissionsEgress),
  },
]

/** Each peer of a permission is a rule. */
function ruleCount(permissions: SecurityGroup['IpPermissions'] = []): number {
  return permissions.reduce(
    (sum, { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] }) =>
      sum + IpRanges.length + Ipv6Ranges.length + PrefixListIds.length + UserIdGroupPairs.length,
    0,
  )
}

export interface GroupListProps {
  readonly chosen: string | undefined
  readonly tab: string
}

export function GroupList({ chosen, tab }: GroupListProps) {
  const { answer, failure } = useAsked('groups', findGroups).value
  const filter = useSignal<Filter>(noFilter)
  const isDeleting = useSignal(false)
  const groups = answer ?? []
  const shown = filtered(groups, properties, filter.value)
  const group = groups.find(({ GroupId }) => GroupId === chosen)
  return (
    <Page title="Security Groups" actions={<Actions group={group} onDelete={() => (isDeleting.value = true)} />}>
      <div class={chosen === undefined ? 'split' : 'split has-detail'}>
        <section class="panel split-list">
          <div class="panel-head">
            <h2>
              Security Groups <small>({countText(shown.length, groups.length)})</small>
            </h2>
          </div>
          <FilterBar what="security groups" properties={properties} filter={filter} />
          {failure && <p class="notice bad">{failure}</p>}
          {answer && (
            <Table
              caption="Security groups"
              rows={shown}
              columns={columns}
              rowKey={({ GroupId = '' }) => GroupId}
              chosen={chosen}
              empty={<NoGroups isFiltered={groups.length > 0} />}
            />
          )}
        </section>
        {chosen !== undefined && answer && <GroupDetail key={chosen} id={chosen} group={group} tab={tab} />}
      </div>
      {chosen === undefined && <Commands calls={[groupsCall]} />}
      {group && isDeleting.value && <DeleteGroup group={group} onClose={() => (isDeleting.value = false)} />}
    </Page>
  )
}

function countText(shown: number, all: number): string {
  return shown === all ? String(all) : `${shown} of ${all}`
}

function Actions({ group, onDelete }: { readonly group: SecurityGroup | undefined; readonly onDelete: () => void }) {
  return (
    <>
      {group && (
        <>
          <button class="button" type="button" onClick={onDelete}>
            Delete
          </button>
          <a class="button" href={`/console/groups/create?copy=${group.GroupId}`}>
            Copy to new
          </a>
        </>
      )}
      <a class="button primary" href="/console/groups/create">
        Create security group
      </a>
    </>
  )
}

function NoGroups({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <>
      <strong>No matches</strong>No security group of this Region fits the filter.
    </>
  ) : (
    <>
      <strong>No security groups</strong>This Region has none.
    </>
  )
}
