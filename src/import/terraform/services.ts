/**
 * Services that have network interfaces of their own: load balancers, databases, functions, tasks, groups of
 * instances. An interface in each of their subnets stands for however many there will be.
 */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import { objects } from '../json-value.ts'
import { stableId } from '../stable-id.ts'
import type { Addresses } from './addresses.ts'
import type { Path, Resource } from './document.ts'
import { groupsOf, putCard, subnetOf } from './interfaces.ts'
import type { Named, Reading } from './reading.ts'
import { putTags } from './tags.ts'

interface Service {
  readonly groups: Path
  readonly subnets: Path
  /** A resource of its own that has the subnets, and the attribute that names it. */
  readonly subnetGroup?: { readonly type: string; readonly by: string; readonly name: string }
  readonly isPublic?: (resource: Resource) => boolean
}

const balancer: Service = {
  groups: ['security_groups'],
  subnets: ['subnets'],
  isPublic: ({ values }) => values['internal'] !== true,
}
const rds = { type: 'aws_db_subnet_group', by: 'db_subnet_group_name', name: 'name' }
const cache = { type: 'aws_elasticache_subnet_group', by: 'subnet_group_name', name: 'name' }
const isOpenToAll = ({ values }: Resource) => values['publicly_accessible'] === true

const services: Readonly<Record<string, Service>> = {
  aws_lb: balancer,
  aws_alb: balancer,
  aws_elb: balancer,
  aws_db_instance: { groups: ['vpc_security_group_ids'], subnets: [], subnetGroup: rds, isPublic: isOpenToAll },
  aws_rds_cluster: { groups: ['vpc_security_group_ids'], subnets: [], subnetGroup: rds },
  aws_docdb_cluster: {
    groups: ['vpc_security_group_ids'],
    subnets: [],
    subnetGroup: { ...rds, type: 'aws_docdb_subnet_group' },
  },
  aws_redshift_cluster: {
    groups: ['vpc_security_group_ids'],
    subnets: [],
    subnetGroup: { type: 'aws_redshift_subnet_group', by: 'cluster_subnet_group_name', name: 'name' },
    isPublic: isOpenToAll,
  },
  aws_elasticache_cluster: { groups: ['security_group_ids'], subnets: [], subnetGroup: cache },
  aws_elasticache_replication_group: { groups: ['security_group_ids'], subnets: [], subnetGroup: cache },
  aws_lambda_function: { groups: ['vpc_config', 0, 'security_group_ids'], subnets: ['vpc_config', 0, 'subnet_ids'] },
  aws_ecs_service: {
    groups: ['network_configuration', 0, 'security_groups'],
    subnets: ['network_configuration', 0, 'subnets'],
  },
  aws_eks_cluster: { groups: ['vpc_config', 0, 'security_group_ids'], subnets: ['vpc_config', 0, 'subnet_ids'] },
  aws_vpc_endpoint: { groups: ['security_group_ids'], subnets: ['subnet_ids'] },
  aws_efs_mount_target: { groups: ['security_groups'], subnets: ['subnet_id'] },
  aws_mq_broker: { groups: ['security_groups'], subnets: ['subnet_ids'], isPublic: isOpenToAll },
  aws_msk_cluster: {
    groups: ['broker_node_group_info', 0, 'security_groups'],
    subnets: ['broker_node_group_info', 0, 'client_subnets'],
  },
  aws_opensearch_domain: {
    groups: ['vpc_options', 0, 'security_group_ids'],
    subnets: ['vpc_options', 0, 'subnet_ids'],
  },
}

const wordsOfGroups = ['security_groups', 'security_group_ids', 'vpc_security_group_ids'] as const

export function readServices(reading: Reading, addresses: Addresses): void {
  for (const [type, service] of Object.entries(services)) {
    for (const resource of reading.ofType(type)) readService(reading, resource, service, addresses)
  }
  for (const resource of reading.ofType('aws_autoscaling_group')) readScalingGroup(reading, resource, addresses)
  for (const resource of others(reading)) {
    const ids = wordsOfGroups.flatMap((each) => reading.ids(resource, [each], 'sg', true).sure)
    const carried = ids.length > 0 ? ` It carries ${[...new Set(ids)].join(', ')}.` : ''
    reading.draft.doubt(`What interfaces a ${resource.type} has is not read.${carried}`, reading.origin(resource))
  }
}

/** Resources with security groups that no reader knows. */
function others({ facts }: Reading): Resource[] {
  const known = [
    ...Object.keys(services),
    ...['aws_instance', 'aws_network_interface', 'aws_autoscaling_group', 'aws_launch_template', 'aws_security_group'],
    ...['aws_default_security_group', 'aws_network_interface_sg_attachment'],
  ]
  const hasGroups = ({ values, unknown }: Resource) =>
    wordsOfGroups.some((each) => {
      const value = values[each]
      return (
        (Array.isArray(value) && value.length > 0) || (unknown as Record<string, unknown> | undefined)?.[each] === true
      )
    })
  return facts.document.resources.filter(
    (each) => each.mode === 'managed' && !known.includes(each.type) && hasGroups(each),
  )
}

function readService(reading: Reading, resource: Resource, service: Service, addresses: Addresses): void {
  const subnets = subnetsOf(reading, resource, service)
  const isInVpc = subnets.sure.length + subnets.perhaps.length > 0 || subnets.isOpen
  // A function without vpc_config, a gateway endpoint: no interfaces.
  if (!isInVpc) return
  putCards(reading, resource, { subnets, groups: [service.groups], from: resource }, addresses)
  if (service.isPublic?.(resource)) publish(reading, resource, addresses)
}

function subnetsOf(reading: Reading, resource: Resource, { subnets, subnetGroup }: Service): Named {
  if (!subnetGroup) return reading.ids(resource, subnets, 'subnet', true)
  const name = reading.text(resource, subnetGroup.by)
  const all = reading.ofType(subnetGroup.type)
  const found = all.filter(({ values }) => name !== undefined && values[subnetGroup.name] === name)
  const pending = name === undefined ? reading.targets(resource, [subnetGroup.by], subnetGroup.type) : []
  const [group] = [...found, ...pending]
  return group ? reading.ids(group, ['subnet_ids'], 'subnet', true) : { sure: [], perhaps: [], isOpen: true }
}

interface Cards {
  readonly subnets: Named
  readonly groups: readonly Path[]
  /** The resource that the groups are written in. */
  readonly from: Resource
}

function putCards(reading: Reading, resource: Resource, cards: Cards, addresses: Addresses): void {
  const { subnets, groups, from } = cards
  const each = subnets.sure.length > 0 && !subnets.isOpen ? subnets.sure : [undefined]
  for (const id of each) {
    const named = id === undefined ? subnets : { sure: [id], perhaps: [], isOpen: false }
    const subnet = subnetOf(reading, resource, named)
    const card: NetworkInterfaceId = stableId('eni', `${resource.address} ${id ?? ''}`)
    const carried = groupsOf(reading, from, groups, subnet)
    const words = {
      id: card,
      subnet,
      groups: carried,
      v4: [],
      v6: [],
      isDualStack: subnet.assignIpv6OnCreation,
      description: resource.type,
    }
    putCard(reading, resource, words, addresses)
    const place = each.length > 1 ? ` ${subnetName(reading, subnet.id)}` : ''
    putTags(reading, card, { ...resource, values: {} }, `${resource.address}${place}`)
  }
}

function subnetName({ draft }: Reading, id: `subnet-${string}`): string {
  return draft.get('tagSet', id)?.tags.find(({ key }) => key === 'Name')?.value ?? id
}

/** Public addresses in front of the interfaces that were put for it. */
function publish({ draft }: Reading, resource: Resource, addresses: Addresses): void {
  const own = draft.all('networkInterface').filter(({ id }) => draft.originOf(id)?.name === resource.address)
  for (const card of own) draft.put('networkInterface', { ...card, autoAssignedPublicAddress: addresses.public() })
}

/** Its instances carry what their launch template says. */
function readScalingGroup(reading: Reading, resource: Resource, addresses: Addresses): void {
  const subnets = reading.ids(resource, ['vpc_zone_identifier'], 'subnet', true)
  if (subnets.sure.length + subnets.perhaps.length === 0 && !subnets.isOpen) return
  const [template] = templatesOf(reading, resource)
  if (!template) {
    reading.draft.doubt(
      'Its launch template is not known, nor what groups its instances carry.',
      reading.origin(resource),
    )
  }
  const blocks = objects(template?.values['network_interfaces']).map((_, index) => [
    'network_interfaces',
    index,
    'security_groups',
  ])
  const groups = template ? [['vpc_security_group_ids'], ...blocks] : [['launch_template', 0, 'id']]
  putCards(reading, resource, { subnets, groups, from: template ?? resource }, addresses)
  const isPublic = objects(template?.values['network_interfaces']).some(
    (each) => String(each['associate_public_ip_address']) === 'true',
  )
  if (isPublic) publish(reading, resource, addresses)
}

function templatesOf(reading: Reading, resource: Resource): Resource[] {
  const all = reading.ofType('aws_launch_template')
  const paths = [
    ['launch_template', 0],
    ['mixed_instances_policy', 0, 'launch_template', 0, 'launch_template_specification', 0],
  ]
  return paths.flatMap((path) => {
    const id = reading.text(resource, ...path, 'id') ?? reading.text(resource, ...path, 'launch_template_id')
    const name = reading.text(resource, ...path, 'name')
    const told = all.filter(
      ({ values }) => (id !== undefined && values['id'] === id) || (name !== undefined && values['name'] === name),
    )
    return told.length > 0 ? told : reading.targets(resource, [...path, 'id'], 'aws_launch_template')
  })
}
