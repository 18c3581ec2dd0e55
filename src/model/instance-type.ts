/**
 * Instance types as DescribeInstanceTypes reports them: facts of a family, times a ladder of sizes.
 * What matters to networking is how many interfaces and addresses a type may have.
 */

export interface InstanceType {
  readonly name: string
  readonly vcpus: number
  readonly threadsPerCore: number
  readonly memoryMiB: number
  readonly architecture: 'x86_64' | 'arm64'
  readonly manufacturer: string
  readonly gigahertz: number
  readonly mostInterfaces: number
  readonly ipv4PerInterface: number
  /** 0 where the type has no IPv6 at all. */
  readonly ipv6PerInterface: number
  readonly networkPerformance: string
  readonly hypervisor: 'xen' | 'nitro'
  readonly isCurrent: boolean
  readonly isFreeTier: boolean
  /** What a burstable type's credits are unless said otherwise; other types have none. */
  readonly cpuCredits?: 'standard' | 'unlimited'
  /** Seconds for which an established TCP connection may idle, where its interface sets no timeout of its own. */
  readonly tcpEstablishedTimeout: number
}

interface Family {
  readonly architecture?: 'arm64'
  readonly manufacturer: string
  readonly gigahertz: number
  readonly hypervisor?: 'xen'
  readonly isPrevious?: true
  /** The sixth generation of Nitro, which forgets idle connections sooner. */
  readonly isNitroV6?: true
  readonly threadsPerCore?: 1
  readonly cpuCredits?: 'standard' | 'unlimited'
  /** Bandwidth of the sizes that share their host's. */
  readonly network: string
}

/** size, vCPUs, GiB, interfaces, IPv4 addresses per interface */
type Size = readonly [name: string, vcpus: number, gib: number, interfaces: number, addresses: number]

const intel = 'Intel'
const amd = 'AMD'
const aws = 'AWS'

const listed: Readonly<Record<string, { readonly family: Family; readonly sizes: readonly Size[] }>> = {
  t1: {
    family: {
      manufacturer: intel,
      gigahertz: 2.4,
      hypervisor: 'xen',
      isPrevious: true,
      threadsPerCore: 1,
      network: 'Very Low',
    },
    sizes: [['micro', 1, 0.6125, 2, 2]],
  },
  m1: {
    family: {
      manufacturer: intel,
      gigahertz: 2,
      hypervisor: 'xen',
      isPrevious: true,
      threadsPerCore: 1,
      network: 'Moderate',
    },
    sizes: [
      ['small', 1, 1.7, 2, 4],
      ['medium', 1, 3.7, 2, 6],
      ['large', 2, 7.5, 3, 10],
      ['xlarge', 4, 15, 4, 15],
    ],
  },
  t2: {
    family: {
      manufacturer: intel,
      gigahertz: 2.5,
      hypervisor: 'xen',
      threadsPerCore: 1,
      cpuCredits: 'standard',
      network: 'Low to Moderate',
    },
    sizes: [
      ['nano', 1, 0.5, 2, 2],
      ['micro', 1, 1, 2, 2],
      ['small', 1, 2, 3, 4],
      ['medium', 2, 4, 3, 6],
      ['large', 2, 8, 3, 12],
      ['xlarge', 4, 16, 3, 15],
      ['2xlarge', 8, 32, 3, 15],
    ],
  },
  t3: {
    family: { manufacturer: intel, gigahertz: 2.5, cpuCredits: 'unlimited', network: 'Up to 5 Gigabit' },
    sizes: [
      ['nano', 2, 0.5, 2, 2],
      ['micro', 2, 1, 2, 2],
      ['small', 2, 2, 3, 4],
      ['medium', 2, 4, 3, 6],
      ['large', 2, 8, 3, 12],
      ['xlarge', 4, 16, 4, 15],
      ['2xlarge', 8, 32, 4, 15],
    ],
  },
  t3a: {
    family: { manufacturer: amd, gigahertz: 2.2, cpuCredits: 'unlimited', network: 'Up to 5 Gigabit' },
    sizes: [
      ['nano', 2, 0.5, 2, 2],
      ['micro', 2, 1, 2, 2],
      ['small', 2, 2, 2, 4],
      ['medium', 2, 4, 3, 6],
      ['large', 2, 8, 3, 12],
      ['xlarge', 4, 16, 4, 15],
      ['2xlarge', 8, 32, 4, 15],
    ],
  },
  t4g: {
    family: {
      architecture: 'arm64',
      manufacturer: aws,
      gigahertz: 2.5,
      threadsPerCore: 1,
      cpuCredits: 'unlimited',
      network: 'Up to 5 Gigabit',
    },
    sizes: [
      ['nano', 2, 0.5, 2, 2],
      ['micro', 2, 1, 2, 2],
      ['small', 2, 2, 3, 4],
      ['medium', 2, 4, 3, 6],
      ['large', 2, 8, 3, 12],
      ['xlarge', 4, 16, 4, 15],
      ['2xlarge', 8, 32, 4, 15],
    ],
  },
}

/** What every family whose sizes double has in common: vCPUs, interfaces and addresses of a size. */
const ladder: Readonly<Record<string, readonly [vcpus: number, interfaces: number, addresses: number]>> = {
  medium: [1, 2, 4],
  large: [2, 3, 10],
  xlarge: [4, 4, 15],
  '2xlarge': [8, 4, 15],
  '4xlarge': [16, 8, 30],
  '8xlarge': [32, 8, 30],
  '9xlarge': [36, 8, 30],
  '12xlarge': [48, 8, 30],
  '16xlarge': [64, 15, 50],
  '18xlarge': [72, 15, 50],
  '24xlarge': [96, 15, 50],
  '32xlarge': [128, 15, 50],
  '48xlarge': [192, 15, 50],
}

/** Gigabits per second of the sizes that do not share; `shared` is what the smaller ones reach. */
interface Bandwidths {
  readonly shared: number
  readonly own: Readonly<Record<string, number>>
}

const fifthGeneration: Bandwidths = {
  shared: 10,
  own: { '8xlarge': 10, '12xlarge': 12, '16xlarge': 20, '24xlarge': 25 },
}
const fifthCompute: Bandwidths = { shared: 10, own: { '9xlarge': 12, '12xlarge': 12, '18xlarge': 25, '24xlarge': 25 } }
const sixthGeneration: Bandwidths = {
  shared: 12.5,
  own: { '8xlarge': 12.5, '12xlarge': 18.75, '16xlarge': 25, '24xlarge': 37.5, '32xlarge': 50 },
}
const seventhGeneration: Bandwidths = {
  shared: 12.5,
  own: { '8xlarge': 12.5, '12xlarge': 18.75, '16xlarge': 25, '24xlarge': 37.5, '48xlarge': 50 },
}
const eighthGeneration: Bandwidths = {
  shared: 15,
  own: { '8xlarge': 15, '12xlarge': 22.5, '16xlarge': 30, '24xlarge': 40, '32xlarge': 50, '48xlarge': 75 },
}
const graviton2: Bandwidths = { shared: 10, own: { '8xlarge': 12, '12xlarge': 20, '16xlarge': 25 } }
const graviton3: Bandwidths = { shared: 12.5, own: { '8xlarge': 15, '12xlarge': 22.5, '16xlarge': 30 } }

interface Doubling {
  readonly gibPerVcpu: number
  readonly family: Omit<Family, 'network'>
  readonly bandwidths: Bandwidths
}

const gravitonTwo = { architecture: 'arm64', manufacturer: aws, gigahertz: 2.5, threadsPerCore: 1 } as const
const nitroSix = { manufacturer: intel, gigahertz: 3.9, isNitroV6: true } as const
const gravitonThree = { ...gravitonTwo, gigahertz: 2.6 } as const

const doubling: Readonly<Record<string, Doubling>> = {
  m5: { gibPerVcpu: 4, family: { manufacturer: intel, gigahertz: 3.1 }, bandwidths: fifthGeneration },
  c5: { gibPerVcpu: 2, family: { manufacturer: intel, gigahertz: 3.4 }, bandwidths: fifthCompute },
  r5: { gibPerVcpu: 8, family: { manufacturer: intel, gigahertz: 3.1 }, bandwidths: fifthGeneration },
  m6i: { gibPerVcpu: 4, family: { manufacturer: intel, gigahertz: 3.5 }, bandwidths: sixthGeneration },
  c6i: { gibPerVcpu: 2, family: { manufacturer: intel, gigahertz: 3.5 }, bandwidths: sixthGeneration },
  r6i: { gibPerVcpu: 8, family: { manufacturer: intel, gigahertz: 3.5 }, bandwidths: sixthGeneration },
  m7i: { gibPerVcpu: 4, family: { manufacturer: intel, gigahertz: 3.2 }, bandwidths: seventhGeneration },
  c7i: { gibPerVcpu: 2, family: { manufacturer: intel, gigahertz: 3.2 }, bandwidths: seventhGeneration },
  r7i: { gibPerVcpu: 8, family: { manufacturer: intel, gigahertz: 3.2 }, bandwidths: seventhGeneration },
  m8i: { gibPerVcpu: 4, family: nitroSix, bandwidths: eighthGeneration },
  c8i: { gibPerVcpu: 2, family: nitroSix, bandwidths: eighthGeneration },
  r8i: { gibPerVcpu: 8, family: nitroSix, bandwidths: eighthGeneration },
  m6g: { gibPerVcpu: 4, family: gravitonTwo, bandwidths: graviton2 },
  c6g: { gibPerVcpu: 2, family: gravitonTwo, bandwidths: graviton2 },
  r6g: { gibPerVcpu: 8, family: gravitonTwo, bandwidths: graviton2 },
  m7g: { gibPerVcpu: 4, family: gravitonThree, bandwidths: graviton3 },
  c7g: { gibPerVcpu: 2, family: gravitonThree, bandwidths: graviton3 },
  r7g: { gibPerVcpu: 8, family: gravitonThree, bandwidths: graviton3 },
}

const sharingSizes = ['large', 'xlarge', '2xlarge', '4xlarge']

function doublingTypes(prefix: string, { gibPerVcpu, family, bandwidths }: Doubling): InstanceType[] {
  const smallest = family.architecture ? ['medium'] : []
  return [...smallest, ...sharingSizes, ...Object.keys(bandwidths.own)].map((size) => {
    const [vcpus, interfaces, addresses] = ladder[size] ?? [0, 0, 0]
    const own = bandwidths.own[size]
    const network = own === undefined ? `Up to ${bandwidths.shared} Gigabit` : `${own} Gigabit`
    return typeOf(prefix, { ...family, network }, [size, vcpus, vcpus * gibPerVcpu, interfaces, addresses])
  })
}

function typeOf(prefix: string, family: Family, [size, vcpus, gib, interfaces, addresses]: Size): InstanceType {
  const hasTwoThreads = family.threadsPerCore === undefined && vcpus > 1
  return {
    name: `${prefix}.${size}`,
    vcpus,
    threadsPerCore: hasTwoThreads ? 2 : 1,
    memoryMiB: Math.floor(gib * 1024),
    architecture: family.architecture ?? 'x86_64',
    manufacturer: family.manufacturer,
    gigahertz: family.gigahertz,
    mostInterfaces: interfaces,
    ipv4PerInterface: addresses,
    ipv6PerInterface: family.isPrevious ? 0 : addresses,
    networkPerformance: family.network,
    hypervisor: family.hypervisor ?? 'nitro',
    isCurrent: !family.isPrevious,
    tcpEstablishedTimeout: family.isNitroV6 ? 350 : 432_000,
    isFreeTier: `${prefix}.${size}` === 't2.micro' || `${prefix}.${size}` === 't3.micro',
    ...(family.cpuCredits && { cpuCredits: family.cpuCredits }),
  }
}

/** In the order of their names. */
export const instanceTypes: readonly InstanceType[] = [
  ...Object.entries(listed).flatMap(([prefix, { family, sizes }]) => sizes.map((size) => typeOf(prefix, family, size))),
  ...Object.entries(doubling).flatMap(([prefix, each]) => doublingTypes(prefix, each)),
].sort((a, b) => (a.name < b.name ? -1 : 1))

const byName = new Map(instanceTypes.map((type) => [type.name, type]))

export function findInstanceType(name: string): InstanceType | undefined {
  return byName.get(name)
}
