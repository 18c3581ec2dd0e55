/** DescribeImages: the image of every id asked for, or the public ones there are (spec 8.4). */

import { imageOf, images } from '../../../model/image.ts'
import { answer, type Run } from '../../action.ts'
import { type FilterTable, matchingNothing } from '../../filter.ts'
import { imageId } from '../../input/image-id.ts'
import { list, rowsFrom } from '../../page.ts'
import type { Image } from '../../protocol/types.generated.ts'
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
  ...matchingNothing(
    'kernel-id',
    'platform',
    'product-code',
    'product-code.type',
    'public-ssm-parameter-name',
    'ramdisk-id',
    'source-image-id',
    'source-image-region',
    'source-instance-id',
    'state-reason-code',
    'state-reason-message',
    'block-device-mapping.snapshot-id',
  ),
  architecture: (image) => image.Architecture,
  'block-device-mapping.delete-on-termination': (image) => devicesOf(image).map((ebs) => ebs?.DeleteOnTermination),
  'block-device-mapping.device-name': (image) => image.BlockDeviceMappings?.map(({ DeviceName }) => DeviceName),
  'block-device-mapping.encrypted': (image) => devicesOf(image).map((ebs) => ebs?.Encrypted),
  'block-device-mapping.volume-size': (image) => devicesOf(image).map((ebs) => ebs?.VolumeSize),
  'block-device-mapping.volume-type': (image) => devicesOf(image).map((ebs) => ebs?.VolumeType),
  'creation-date': (image) => image.CreationDate,
  description: (image) => image.Description,
  'ena-support': (image) => image.EnaSupport,
  'free-tier-eligible': (image) => image.FreeTierEligible,
  hypervisor: (image) => image.Hypervisor,
  'image-allowed': () => true,
  'image-id': (image) => image.ImageId,
  'image-type': (image) => image.ImageType,
  'is-public': (image) => image.Public,
  'manifest-location': (image) => image.ImageLocation,
  name: (image) => image.Name,
  'owner-alias': (image) => image.ImageOwnerAlias,
  'owner-id': (image) => image.OwnerId,
  'root-device-name': (image) => image.RootDeviceName,
  'root-device-type': (image) => image.RootDeviceType,
  'sriov-net-support': (image) => image.SriovNetSupport,
  state: (image) => image.State,
  'virtualization-type': (image) => image.VirtualizationType,
}

function devicesOf(image: Image) {
  return image.BlockDeviceMappings?.map(({ Ebs }) => Ebs) ?? []
}
