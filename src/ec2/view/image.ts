/** A machine image as responses show it. Its root device is what Terraform asks DescribeImages for. */

import type { Image } from '../../model/image.ts'
import type { Image as WireImage } from '../protocol/types.generated.ts'

export function viewImage(image: Image): WireImage {
  return {
    ImageId: image.id,
    Name: image.name,
    Description: image.description,
    OwnerId: image.owner,
    ImageOwnerAlias: image.ownerAlias,
    ImageLocation: `${image.ownerAlias ?? image.owner}/${image.name}`,
    CreationDate: image.createdAt,
    Architecture: image.architecture,
    State: 'available',
    ImageType: 'machine',
    Public: true,
    RootDeviceName: image.rootDevice,
    RootDeviceType: 'ebs',
    BlockDeviceMappings: [
      {
        DeviceName: image.rootDevice,
        Ebs: { DeleteOnTermination: true, VolumeSize: 8, VolumeType: 'gp3', Encrypted: false },
      },
    ],
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    SriovNetSupport: 'simple',
    BootMode: 'uefi-preferred',
    ImdsSupport: 'v2.0',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    FreeTierEligible: image.isFreeTier,
    Tags: [],
  }
}
