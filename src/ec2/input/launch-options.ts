/** What a launch may ask for that has no effect here: checked, completed with AWS's defaults, kept. */

import type { LaunchOptions, MetadataOptions } from '../../model/instance.ts'
import { reject } from '../../model/rejection.ts'
import type { Subnet } from '../../model/subnet.ts'
import type { Context } from '../action.ts'
import type {
  CpuOptionsRequest,
  IamInstanceProfileSpecification,
  InstanceMetadataOptionsRequest,
  RunInstancesRequest,
} from '../protocol/types.generated.ts'
import { choice } from './choice.ts'

const switchable = ['enabled', 'disabled'] as const

export function launchOptions(input: RunInstancesRequest, subnet: Subnet, context: Context): LaunchOptions {
  refuseUnsupported(input)
  const { PrivateDnsNameOptions: dns, CapacityReservationSpecification: capacity, Placement: placement } = input
  const cpuCredits = choice(input.CreditSpecification?.CpuCredits, ['standard', 'unlimited'], 'cpuCredits')
  const instanceProfile = profileFrom(input.IamInstanceProfile, context)
  const cpu = cpuFrom(input.CpuOptions)
  const preference = capacity?.CapacityReservationPreference
  return {
    metadata: metadataFrom(input.MetadataOptions),
    dnsName: {
      hostnameType: choice(dns?.HostnameType, ['ip-name', 'resource-name'], 'hostnameType') ?? subnet.hostnameType,
      a: dns?.EnableResourceNameDnsARecord ?? subnet.resourceNameDnsA,
      aaaa: dns?.EnableResourceNameDnsAAAARecord ?? subnet.resourceNameDnsAaaa,
    },
    hibernation: input.HibernationOptions?.Configured ?? false,
    enclave: input.EnclaveOptions?.Enabled ?? false,
    autoRecovery: choice(input.MaintenanceOptions?.AutoRecovery, ['default', 'disabled'], 'autoRecovery') ?? 'default',
    capacityReservation:
      choice(preference, ['open', 'none', 'capacity-reservations-only'], 'capacityReservationPreference') ?? 'open',
    ...(instanceProfile && { instanceProfile }),
    ...(cpuCredits && { cpuCredits }),
    ...(cpu && { cpu }),
    ...(placement?.GroupName && { placementGroup: placement.GroupName }),
  }
}

/** To launch without these would be something else than what was asked for. */
function refuseUnsupported({ LaunchTemplate: template, ...input }: RunInstancesRequest): void {
  if (template?.LaunchTemplateId) reject('LaunchTemplateIdNotFound', { id: template.LaunchTemplateId })
  if (template?.LaunchTemplateName) reject('LaunchTemplateNameNotFound', { name: template.LaunchTemplateName })
  if (input.InstanceMarketOptions) reject('InterfaceFeatureUnsupported', { feature: 'Launching Spot Instances' })
  if (input.SecondaryInterfaces) reject('InterfaceFeatureUnsupported', { feature: 'A secondary network' })
}

function metadataFrom(options: InstanceMetadataOptionsRequest | undefined): MetadataOptions {
  const hopLimit = options?.HttpPutResponseHopLimit ?? 1
  if (hopLimit < 1 || hopLimit > 64) {
    const reason = 'Expecting a value between 1 and 64.'
    reject('InvalidParameterValue', { value: String(hopLimit), name: 'httpPutResponseHopLimit', reason })
  }
  return {
    tokens: choice(options?.HttpTokens, ['optional', 'required'], 'httpTokens') ?? 'optional',
    hopLimit,
    endpoint: choice(options?.HttpEndpoint, switchable, 'httpEndpoint') ?? 'enabled',
    ipv6: choice(options?.HttpProtocolIpv6, switchable, 'httpProtocolIpv6') ?? 'disabled',
    tags: choice(options?.InstanceMetadataTags, switchable, 'instanceMetadataTags') ?? 'disabled',
  }
}

function cpuFrom(options: CpuOptionsRequest | undefined): LaunchOptions['cpu'] {
  const { CoreCount: coreCount, ThreadsPerCore: threadsPerCore } = options ?? {}
  if (coreCount === undefined && threadsPerCore === undefined) return undefined
  if (coreCount === undefined || threadsPerCore === undefined) reject('CpuOptionsIncomplete')
  if (coreCount < 1 || threadsPerCore < 1 || threadsPerCore > 2) {
    const value = `${coreCount}, ${threadsPerCore}`
    reject('InvalidParameterValue', { value, name: 'cpuOptions', reason: 'No instance type has such cores.' })
  }
  return { coreCount, threadsPerCore }
}

const profileArn = /^arn:[\w-]+:iam::\d{12}:instance-profile\/[\w+=,.@/-]+$/

function profileFrom(
  profile: IamInstanceProfileSpecification | undefined,
  { world, entropy }: Context,
): LaunchOptions['instanceProfile'] {
  const { Arn, Name } = profile ?? {}
  if (!Arn && !Name) return undefined
  if (Arn && Name) reject('InstanceProfileAmbiguous')
  if (Arn && !profileArn.test(Arn)) {
    const reason = 'Invalid IAM Instance Profile ARN'
    reject('InvalidParameterValue', { value: Arn, name: 'iamInstanceProfile.arn', reason })
  }
  const arn = Arn || `arn:aws:iam::${world.scope.account}:instance-profile/${Name}`
  return { arn, id: `AIPA${entropy.hex(17).toUpperCase()}` }
}
