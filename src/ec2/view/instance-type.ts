/** An instance type as DescribeInstanceTypes shows it. */

import type { InstanceType } from '../../model/instance-type.ts'
import type { DefaultConnectionTrackingConfiguration, InstanceTypeInfo } from '../protocol/types.generated.ts'

export function viewInstanceType(type: InstanceType): InstanceTypeInfo {
  const isNitro = type.hypervisor === 'nitro'
  const cores = coresOf(type)
  return {
    InstanceType: type.name,
    CurrentGeneration: type.isCurrent,
    FreeTierEligible: type.isFreeTier,
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    Hypervisor: type.hypervisor,
    ProcessorInfo: {
      SupportedArchitectures: [type.architecture],
      SustainedClockSpeedInGhz: type.gigahertz,
      Manufacturer: type.manufacturer,
    },
    VCpuInfo: { DefaultVCpus: type.vcpus, DefaultCores: cores, DefaultThreadsPerCore: type.threadsPerCore },
    MemoryInfo: { SizeInMiB: type.memoryMiB },
    InstanceStorageSupported: false,
    EbsInfo: {
      EbsOptimizedSupport: isNitro ? 'default' : 'unsupported',
      EncryptionSupport: 'supported',
      NvmeSupport: isNitro ? 'required' : 'unsupported',
    },
    NetworkInfo: viewNetwork(type),
    HibernationSupported: false,
    BurstablePerformanceSupported: type.cpuCredits !== undefined,
    DedicatedHostsSupported: type.cpuCredits === undefined,
    AutoRecoverySupported: type.isCurrent,
    SupportedBootModes: isNitro ? ['legacy-bios', 'uefi'] : ['legacy-bios'],
  }
}

function viewNetwork(type: InstanceType): NonNullable<InstanceTypeInfo['NetworkInfo']> {
  const { networkPerformance, mostInterfaces, ipv4PerInterface, ipv6PerInterface } = type
  return {
    NetworkPerformance: networkPerformance,
    MaximumNetworkInterfaces: mostInterfaces,
    MaximumNetworkCards: 1,
    DefaultNetworkCardIndex: 0,
    NetworkCards: [
      { NetworkCardIndex: 0, NetworkPerformance: networkPerformance, MaximumNetworkInterfaces: mostInterfaces },
    ],
    Ipv4AddressesPerInterface: ipv4PerInterface,
    Ipv6AddressesPerInterface: ipv6PerInterface,
    Ipv6Supported: ipv6PerInterface > 0,
    EnaSupport: type.hypervisor === 'nitro' ? 'required' : 'unsupported',
    EfaSupported: false,
    ...(type.hypervisor === 'nitro' && { ConnectionTrackingConfiguration: viewTracking(type) }),
  }
}

/** Timeouts can be set on Nitro instances only, and so only they have defaults to tell. */
function viewTracking({ tcpEstablishedTimeout }: InstanceType): DefaultConnectionTrackingConfiguration {
  return {
    DefaultTcpEstablishedTimeout: tcpEstablishedTimeout,
    DefaultUdpTimeout: 30,
    DefaultUdpStreamTimeout: 180,
  }
}

export function coresOf({ vcpus, threadsPerCore }: InstanceType): number {
  return vcpus / threadsPerCore
}
