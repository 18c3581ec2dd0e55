/** DescribeInstanceTypes (spec 8.4): Terraform asks it whether a type is burstable. */

import { findInstanceType, instanceTypes } from '../../../model/instance-type.ts'
import { reject } from '../../../model/rejection.ts'
import { answer, type Run } from '../../action.ts'
import { type FilterTable, matchingNothing } from '../../filter.ts'
import { list, rowsFrom } from '../../page.ts'
import type { InstanceTypeInfo } from '../../protocol/types.generated.ts'
import { viewInstanceType } from '../../view/instance-type.ts'

export const run: Run<'DescribeInstanceTypes'> = (input) => {
  const asked = input.InstanceTypes ?? instanceTypes.map(({ name }) => name)
  const unknown = asked.filter((name) => !findInstanceType(name))
  if (unknown.length > 0) reject('InstanceTypesNotFound', { names: unknown.join(', ') })
  const types = instanceTypes.filter(({ name }) => asked.includes(name))
  const { items, nextToken } = list({
    input,
    limits: { least: 5, most: 100 },
    ids: { given: input.InstanceTypes, set: 'instanceTypesSet' },
    rows: rowsFrom(types.map(viewInstanceType), ({ InstanceType = '' }) => InstanceType),
    filters,
  })
  return answer({ InstanceTypes: items, NextToken: nextToken })
}

const filters: FilterTable<InstanceTypeInfo> = {
  ...matchingNothing(
    'ebs-info.attachment-limit-type',
    'ebs-info.maximum-ebs-attachments',
    'ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps',
    'ebs-info.ebs-optimized-info.baseline-iops',
    'ebs-info.ebs-optimized-info.baseline-throughput-in-mbps',
    'ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps',
    'ebs-info.ebs-optimized-info.maximum-iops',
    'ebs-info.ebs-optimized-info.maximum-throughput-in-mbps',
    'instance-storage-info.disk.count',
    'instance-storage-info.disk.size-in-gb',
    'instance-storage-info.disk.type',
    'instance-storage-info.encryption-support',
    'instance-storage-info.nvme-support',
    'instance-storage-info.total-size-in-gb',
    'network-info.bandwidth-weightings',
    'network-info.efa-info.maximum-efa-interfaces',
    'network-info.flexible-ena-queues-support',
    'nitro-tpm-info.supported-versions',
    'processor-info.supported-features',
    'reboot-migration-support',
    'vcpu-info.valid-cores',
    'vcpu-info.valid-threads-per-core',
  ),
  'auto-recovery-supported': (type) => type.AutoRecoverySupported,
  'bare-metal': (type) => type.BareMetal,
  'burstable-performance-supported': (type) => type.BurstablePerformanceSupported,
  'current-generation': (type) => type.CurrentGeneration,
  'dedicated-hosts-supported': (type) => type.DedicatedHostsSupported,
  'ebs-info.ebs-optimized-support': (type) => type.EbsInfo?.EbsOptimizedSupport,
  'ebs-info.encryption-support': (type) => type.EbsInfo?.EncryptionSupport,
  'ebs-info.nvme-support': (type) => type.EbsInfo?.NvmeSupport,
  'free-tier-eligible': (type) => type.FreeTierEligible,
  'hibernation-supported': (type) => type.HibernationSupported,
  hypervisor: (type) => type.Hypervisor,
  'instance-storage-supported': (type) => type.InstanceStorageSupported,
  'instance-type': (type) => type.InstanceType,
  'memory-info.size-in-mib': (type) => type.MemoryInfo?.SizeInMiB,
  'network-info.efa-supported': (type) => type.NetworkInfo?.EfaSupported,
  'network-info.ena-support': (type) => type.NetworkInfo?.EnaSupport,
  'network-info.encryption-in-transit-supported': () => false,
  'network-info.ipv4-addresses-per-interface': (type) => type.NetworkInfo?.Ipv4AddressesPerInterface,
  'network-info.ipv6-addresses-per-interface': (type) => type.NetworkInfo?.Ipv6AddressesPerInterface,
  'network-info.ipv6-supported': (type) => type.NetworkInfo?.Ipv6Supported,
  'network-info.maximum-network-cards': (type) => type.NetworkInfo?.MaximumNetworkCards,
  'network-info.maximum-network-interfaces': (type) => type.NetworkInfo?.MaximumNetworkInterfaces,
  'network-info.network-performance': (type) => type.NetworkInfo?.NetworkPerformance,
  'nitro-enclaves-support': () => 'unsupported',
  'nitro-tpm-support': () => 'unsupported',
  'processor-info.supported-architecture': (type) => type.ProcessorInfo?.SupportedArchitectures,
  'processor-info.sustained-clock-speed-in-ghz': (type) => type.ProcessorInfo?.SustainedClockSpeedInGhz,
  'supported-boot-mode': (type) => type.SupportedBootModes,
  'supported-root-device-type': (type) => type.SupportedRootDeviceTypes,
  'supported-usage-class': (type) => type.SupportedUsageClasses,
  'supported-virtualization-type': (type) => type.SupportedVirtualizationTypes,
  'vcpu-info.default-cores': (type) => type.VCpuInfo?.DefaultCores,
  'vcpu-info.default-threads-per-core': (type) => type.VCpuInfo?.DefaultThreadsPerCore,
  'vcpu-info.default-vcpus': (type) => type.VCpuInfo?.DefaultVCpus,
}
