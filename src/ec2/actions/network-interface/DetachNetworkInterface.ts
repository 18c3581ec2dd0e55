/** DetachNetworkInterface (spec 8.3). An instance keeps its primary interface for life. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { linked } from '../../../model/world.ts'
import type { Run } from '../../action.ts'

export const run: Run<'DetachNetworkInterface'> = ({ AttachmentId: id }, { world }) => {
  const [holder] = linked(world, 'interface with attachment', id)
  const card = holder && world.networkInterface.get(holder)
  if (!card?.attachment) reject('AttachmentNotFound', { id })
  const { attachment, ...detached } = card
  if (attachment.deviceIndex === 0 && attachment.networkCardIndex === 0) {
    reject('PrimaryInterfaceDetach', { device: attachment.deviceIndex, card: attachment.networkCardIndex })
  }
  return { changes: [put('networkInterface', detached)], output: {} }
}
