import { expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import { createVpc, peerVpcs } from '../../../../test/groups.ts'

const requesterDns = 'RequesterPeeringConnectionOptions.AllowDnsResolutionFromRemoteVpc'
const accepterDns = 'AccepterPeeringConnectionOptions.AllowDnsResolutionFromRemoteVpc'

async function peeredVpcs(aws: Cloud, { hostnames = true } = {}) {
  const [a, b] = [await createVpc(aws), await createVpc(aws, '10.1.0.0/16')]
  for (const vpc of hostnames ? [a, b] : [a]) {
    await aws.call('ModifyVpcAttribute', { VpcId: vpc, 'EnableDnsHostnames.Value': true })
  }
  return { a, b, id: await peerVpcs(aws, a, b) }
}

async function dnsOf(aws: Cloud, id: string) {
  const { vpcPeeringConnectionSet } = await aws.call('DescribeVpcPeeringConnections', {
    'VpcPeeringConnectionId.1': id,
  })
  const { requesterVpcInfo, accepterVpcInfo } = vpcPeeringConnectionSet.item[0]
  return [requesterVpcInfo, accepterVpcInfo].map((side) => side.peeringOptions.allowDnsResolutionFromRemoteVpc)
}

test('each side is set by itself, echoed and read back', async () => {
  const aws = await cloud()
  const { id } = await peeredVpcs(aws)
  const answer = await aws.call('ModifyVpcPeeringConnectionOptions', {
    VpcPeeringConnectionId: id,
    [requesterDns]: true,
  })
  expect(answer.requesterPeeringConnectionOptions).toEqual({
    allowDnsResolutionFromRemoteVpc: 'true',
    allowEgressFromLocalClassicLinkToRemoteVpc: 'false',
    allowEgressFromLocalVpcToRemoteClassicLink: 'false',
  })
  expect(answer.accepterPeeringConnectionOptions).toBeUndefined()
  expect(await dnsOf(aws, id)).toEqual(['true', 'false'])
  await aws.call('ModifyVpcPeeringConnectionOptions', {
    VpcPeeringConnectionId: id,
    [requesterDns]: false,
    [accepterDns]: true,
  })
  expect(await dnsOf(aws, id)).toEqual(['false', 'true'])
})

test('DNS resolution needs VPCs with host names', async () => {
  const aws = await cloud()
  const { id } = await peeredVpcs(aws, { hostnames: false })
  const parameters = { VpcPeeringConnectionId: id, [requesterDns]: true }
  expect(await aws.refusal('ModifyVpcPeeringConnectionOptions', parameters)).toEqual({
    status: 400,
    code: 'InvalidVpcPeeringConnectionState.DnsHostnamesDisabled',
    message:
      'To enable DNS hostname resolution for the VPC peering connection, DNS hostname support must be enabled for the VPCs.',
  })
  await aws.call('ModifyVpcPeeringConnectionOptions', { ...parameters, [requesterDns]: false })
})

test('only an active connection has options', async () => {
  const aws = await cloud()
  const [a, b] = [await createVpc(aws), await createVpc(aws, '10.1.0.0/16')]
  const { vpcPeeringConnection } = await aws.call('CreateVpcPeeringConnection', { VpcId: a, PeerVpcId: b })
  const id = vpcPeeringConnection.vpcPeeringConnectionId
  const parameters = { VpcPeeringConnectionId: id, [accepterDns]: true }
  expect(await aws.refusal('ModifyVpcPeeringConnectionOptions', parameters)).toEqual({
    status: 400,
    code: 'OperationNotPermitted',
    message: `Peering ${id} is not active. Peering options can be added only to active peerings.`,
  })
})

test('a request names at least one side, and no ClassicLink', async () => {
  const aws = await cloud()
  const { id } = await peeredVpcs(aws)
  expect(await aws.refusal('ModifyVpcPeeringConnectionOptions', { VpcPeeringConnectionId: id })).toMatchObject({
    code: 'MissingParameter',
    message:
      'The request must contain the parameter requesterPeeringConnectionOptions or accepterPeeringConnectionOptions',
  })
  const classic = 'RequesterPeeringConnectionOptions.AllowEgressFromLocalClassicLinkToRemoteVpc'
  const asked = { VpcPeeringConnectionId: id, [classic]: true }
  expect(await aws.refusal('ModifyVpcPeeringConnectionOptions', asked)).toMatchObject({
    code: 'InvalidParameterValue',
    message:
      'Value (true) for parameter allowEgressFromLocalClassicLinkToRemoteVpc is invalid. ClassicLink has been retired.',
  })
  await aws.call('ModifyVpcPeeringConnectionOptions', { ...asked, [classic]: false })
})
