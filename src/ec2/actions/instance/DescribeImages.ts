/** DescribeImages: the image of every id asked for, or the public ones there are (spec 8.4). */

import { imageOf, images } from '../../../model/image.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { imageId } from '../../input/image-id.ts'
import { list, rowsFrom } from '../../page.ts'
import type { Image, OutputOf } from '../../protocol/types.generated.ts'
import { viewImage } from '../../view/image.ts'

export const run: Run<'DescribeImages'> = (input, { world }) => {
  const { account } = world.scope
  const asked = input.ImageIds?.map((id) => imageOf(imageId(id))) ?? images
  const owned = asked.filter(({ owner, ownerAlias }) => isOwnedBy(input.Owners, [owner, ownerAlias], account))
  const executable = owned.filter(() => isPublic(input.ExecutableUsers))
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 1000 },
    ids: { given: input.ImageIds, set: 'imagesSet' },
    rows: rowsFrom(executable.map(viewImage), ({ ImageId = '' }) => ImageId),
    filters,
    tags: () => [],
  })
  return answer({ Images: items, NextToken: nextToken })
}

/** `self` is the caller, who owns no images here. */
function isOwnedBy(
  owners: readonly string[] | undefined,
  names: readonly (string | undefined)[],
  account: string,
): boolean {
  return owners === undefined || owners.some((owner) => names.includes(owner === 'self' ? account : owner))
}

/** Every image here is launchable by all, and by nobody in particular. */
function isPublic(users: readonly string[] | undefined): boolean {
  return users === undefined || users.includes('all')
}

const filters: FilterTable<Image> = {
  architecture: (image) => image.Architecture,
  'block-device-mapping.delete-on-termination': (image) => image.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.DeleteOnTermination),
}
