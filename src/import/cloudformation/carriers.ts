/** Which resources put network interfaces into subnets, and where each of them says so. */

/** Paths of properties. */
export interface Carrier {
  readonly groups: string
  readonly subnets?: string
  /** Names a resource that holds the subnets. */
  readonly subnetGroup?: { readonly property: string; readonly type: string; readonly subnets: string }
  /** Whether its interfaces have public addresses, and the text that says yes. */
  readonly isPublic?: { readonly property: string; readonly yes: string; readonly otherwise?: string }
  /** A service's: AWS gives them no public address, whatever the subnet says. */
  readonly isService: boolean
}

const databases = { property: 'DBSubnetGroupName', type: 'AWS::RDS::DBSubnetGroup', subnets: 'SubnetIds' }
const caches = { property: 'CacheSubnetGroupName', type: 'AWS::ElastiCache::SubnetGroup', subnets: 'SubnetIds' }
const warehouses = {
  property: 'ClusterSubnetGroupName',
  type: 'AWS::Redshift::ClusterSubnetGroup',
  subnets: 'SubnetIds',
}
const database = { subnetGroup: databases, isPublic: { property: 'PubliclyAccessible', yes: 'true' }, isService: true }
const facing = { property: 'Scheme', yes: 'internet-facing', otherwise: 'internet-facing' }
const task = 'NetworkConfiguration.AwsvpcConfiguration'

export const carriers: Readonly<{ [type: string]: Carrier }> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    groups: 'SecurityGroups',
    subnets: 'Subnets',
    isPublic: facing,
    isService: true,
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    groups: 'SecurityGroups',
    subnets: 'Subnets',
    isPublic: facing,
    isService: true,
  },
  'AWS::RDS::DBInstance': { groups: 'VPCSecurityGroups', ...database },
  'AWS::RDS::DBCluster': { groups: 'VpcSecurityGroupIds', ...database },
  'AWS::DocDB::DBCluster': { groups: 'VpcSecurityGroupIds', ...database },
  'AWS::Neptune::DBCluster': { groups: 'VpcSecurityGroupIds', ...database },
  'AWS::Redshift::Cluster': {
    groups: 'VpcSecurityGroupIds',
    subnetGroup: warehouses,
    isPublic: { property: 'PubliclyAccessible', yes: 'true' },
    isService: true,
  },
  'AWS::Lambda::Function': { groups: 'VpcConfig.SecurityGroupIds', subnets: 'VpcConfig.SubnetIds', isService: true },
  'AWS::EC2::VPCEndpoint': { groups: 'SecurityGroupIds', subnets: 'SubnetIds', isService: true },
  'AWS::ECS::Service': {
    groups: `${task}.SecurityGroups`,
    subnets: `${task}.Subnets`,
    isPublic: { property: `${task}.AssignPublicIp`, yes: 'ENABLED' },
    isService: true,
  },
  'AWS::ElastiCache::CacheCluster': { groups: 'VpcSecurityGroupIds', subnetGroup: caches, isService: true },
  'AWS::ElastiCache::ReplicationGroup': { groups: 'SecurityGroupIds', subnetGroup: caches, isService: true },
  'AWS::ElastiCache::ServerlessCache': { groups: 'SecurityGroupIds', subnets: 'SubnetIds', isService: true },
  'AWS::EFS::MountTarget': { groups: 'SecurityGroups', subnets: 'SubnetId', isService: true },
  'AWS::MSK::Cluster': {
    groups: 'BrokerNodeGroupInfo.SecurityGroups',
    subnets: 'BrokerNodeGroupInfo.ClientSubnets',
    isService: true,
  },
  'AWS::OpenSearchService::Domain': {
    groups: 'VPCOptions.SecurityGroupIds',
    subnets: 'VPCOptions.SubnetIds',
    isService: true,
  },
  'AWS::EKS::Cluster': {
    groups: 'ResourcesVpcConfig.SecurityGroupIds',
    subnets: 'ResourcesVpcConfig.SubnetIds',
    isService: true,
  },
  'AWS::AmazonMQ::Broker': { groups: 'SecurityGroups', subnets: 'SubnetIds', isService: true },
}
