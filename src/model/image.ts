/**
 * Machine images. Any well-formed `ami-` id can be launched, so an image that is not in the table is
 * a plain Linux one; the table holds what clients commonly search for by owner and name.
 */

export interface Image {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly owner: string
  readonly ownerAlias?: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly rootDevice: string
  readonly createdAt: string
  readonly isFreeTier: boolean
}

const amazon = { owner: '137112412989', ownerAlias: 'amazon', rootDevice: '/dev/xvda', isFreeTier: true } as const
const canonical = { owner: '099720109477', rootDevice: '/dev/sda1', isFreeTier: true } as const

const al2023 = 'Amazon Linux 2023 AMI 2023.6.20241121.0'
const al2 = 'Amazon Linux 2 AMI 2.0.20241113.1'

/** In the order of their ids. */
export const images: readonly Image[] = [
  {
    ...amazon,
    id: 'ami-0a1e2b3c4d5f60001',
    name: 'al2023-ami-2023.6.20241121.0-kernel-6.1-x86_64',
    description: `${al2023} x86_64 HVM kernel-6.1`,
    architecture: 'x86_64',
    createdAt: '2024-11-22T00:57:57.000Z',
  },
  {
    ...amazon,
    id: 'ami-0a1e2b3c4d5f60002',
    name: 'al2023-ami-2023.6.20241121.0-kernel-6.1-arm64',
    description: `${al2023} arm64 HVM kernel-6.1`,
    architecture: 'arm64',
    createdAt: '2024-11-22T00:57:57.000Z',
  },
  {
    ...amazon,
    id: 'ami-0a1e2b3c4d5f60003',
    name: 'amzn2-ami-hvm-2.0.20241113.1-x86_64-gp2',
    description: `${al2} x86_64 HVM gp2`,
    architecture: 'x86_64',
    createdAt: '2024-11-14T22:17:31.000Z',
  },
  {
    ...amazon,
    id: 'ami-0a1e2b3c4d5f60004',
    name: 'amzn2-ami-hvm-2.0.20241113.1-arm64-gp2',
    description: `${al2} arm64 HVM gp2`,
    architecture: 'arm64',
    createdAt: '2024-11-14T22:17:31.000Z',
  },
  {
    ...canonical,
    id: 'ami-0a1e2b3c4d5f60005',
    name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20241004',
    description: 'Canonical, Ubuntu, 22.04 LTS, amd64 jammy image build on 2024-10-04',
    architecture: 'x86_64',
    createdAt: '2024-10-04T08:10:06.000Z',
  },
  {
    ...canonical,
    id: 'ami-0a1e2b3c4d5f60006',
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20241004',
    description: 'Canonical, Ubuntu, 24.04, amd64 noble image',
    architecture: 'x86_64',
    createdAt: '2024-10-04T08:10:32.000Z',
  },
  {
    ...canonical,
    id: 'ami-0a1e2b3c4d5f60007',
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20241004',
    description: 'Canonical, Ubuntu, 24.04, arm64 noble image',
    architecture: 'arm64',
    createdAt: '2024-10-04T08:10:32.000Z',
  },
]

const byId = new Map(images.map((image) => [image.id, image]))

/** The image of a well-formed id. */
export function imageOf(id: string): Image {
  return (
    byId.get(id) ?? {
      ...amazon,
      id,
      name: `image-${id.slice('ami-'.length)}`,
      description: 'Linux x86_64 HVM',
      architecture: 'x86_64',
      createdAt: '2024-01-01T00:00:00.000Z',
    }
  )
}
