import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../base/entropy.ts'
import { defaultNetwork } from './default-network.ts'
import { zonesOf } from './region.ts'
import { apply, emptyWorld, linked } from './world.ts'

const scope = { account: '123456789012', region: 'us-west-2' }

function network() {
  const { vpc, changes } = defaultNetwork(scope, seededEntropy(1))
  return { vpc, world: apply(emptyWorld(scope), changes) }
}

describe('the network that a region holds before anybody asked', () => {
  test('is a default VPC of 172.31.0.0/16 with names for its hosts', () => {
    const { vpc, world } = network()
    expect([...world.vpc.values()]).toEqual([vpc])
    expect(vpc).toMatchObject({ isDefault: true, dnsSupport: true, dnsHostnames: true, ipv6CidrBlocks: [] })
    expect(vpc.cidrBlocks.map(({ cidr }) => cidr)).toEqual(['172.31.0.0/16'])
  })

  test('has a /20 in each zone that gives public addresses', () => {
    const { vpc, world } = network()
    const subnets = [...world.subnet.values()].sort((a, b) => (a.zone < b.zone ? -1 : 1))
    expect(subnets.map(({ zone }) => zone)).toEqual(zonesOf(scope.region).map(({ name }) => name))
    expect(subnets.map(({ cidr }) => cidr)).toEqual([
      '172.31.0.0/20',
      '172.31.16.0/20',
      '172.31.32.0/20',
      '172.31.48.0/20',
    ])
    for (const subnet of subnets) {
      expect(subnet).toMatchObject({ vpc: vpc.id, isDefaultForZone: true, mapPublicIpOnLaunch: true })
    }
    expect(linked(world, 'subnets in vpc', vpc.id)).toHaveLength(4)
  })

  test('has a default group, a default ACL that holds all subnets, and a main table to the gateway', () => {
    const { vpc, world } = network()
    const [group] = [...world.securityGroup.values()]
    expect(group).toMatchObject({ vpc: vpc.id, name: 'default', description: 'default VPC security group' })
    const [acl] = [...world.networkAcl.values()]
    expect(acl && linked(world, 'subnets of acl', acl.id)).toHaveLength(4)
    const [gateway] = [...world.internetGateway.values()]
    expect(gateway?.attachedTo).toBe(vpc.id)
    const [table] = [...world.routeTable.values()]
    expect(table?.associations.map(({ kind }) => kind)).toEqual(['main'])
    expect(table?.routes).toEqual([
      { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: { kind: 'internet-gateway', id: gateway?.id } },
    ])
  })

  test('is the same from the same entropy', () => {
    expect(defaultNetwork(scope, seededEntropy(1))).toEqual(defaultNetwork(scope, seededEntropy(1)))
  })
})
