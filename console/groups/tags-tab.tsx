/** The group's tags: shown, added, removed. */

import { callAction } from '../api/client.ts'
import { Commands } from '../parts/commands.tsx'
import { Field } from '../parts/field.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { complain, say } from '../parts/toasts.tsx'
import type { Tag } from './questions.ts'

export interface TagsTabProps {
  readonly id: string
  readonly tags: readonly Tag[]
}

export function TagsTab({ id, tags }: TagsTabProps) {
  const add = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const data = new FormData(form)
    const tag = { Key: String(data.get('key')), Value: String(data.get('value')) }
    await callAction('CreateTags', { Resources: [id], Tags: [tag] }).then(() => {
      say(`Tagged with ${tag.Key}.`)
      form.reset()
    }, complain)
  }
  const remove = (tag: Tag) =>
    callAction('DeleteTags', { Resources: [id], Tags: [{ Key: tag.Key }] }).then(
      () => say(`Tag ${tag.Key} removed.`),
      complain,
    )
  return (
    <>
      <form class="panel-body tab-head form-grid" onSubmit={add}>
        <Field label="Key">
          <input class="input" name="key" required maxLength={128} />
        </Field>
        <Field label="Value">
          <input class="input" name="value" maxLength={256} />
        </Field>
        <div>
          <button class="button" type="submit">
            Add tag
          </button>
        </div>
      </form>
      <Table
        caption="Tags"
        rows={tags}
        columns={columnsFor(remove)}
        rowKey={({ Key = '' }) => Key}
        empty={<strong>No tags</strong>}
      />
      <div class="panel-body tab-foot">
        <Commands calls={[{ action: 'DescribeTags', input: { Filters: [{ Name: 'resource-id', Values: [id] }] } }]} />
      </div>
    </>
  )
}

function columnsFor(remove: (tag: Tag) => Promise<void>): readonly Column<Tag>[] {
  return [
    { id: 'key', header: 'Key', width: 200, cell: ({ Key }) => Key },
    { id: 'value', header: 'Value', cell: ({ Value }) => Value },
    {
      id: 'remove',
      header: 'Action',
      width: 120,
      cell: (tag) => (
        <button class="button small" type="button" aria-label={`Remove tag ${tag.Key}`} onClick={() => remove(tag)}>
          Remove
        </button>
      ),
    },
  ]
}
