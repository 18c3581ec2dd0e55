"""Walks the whole life of groups, rules, prefix lists and interfaces with boto3's clients and
resources, its paginators and waiters. Prints one JSON line a check: its name and what was seen."""

import json
import os

import boto3
from botocore.exceptions import ClientError

URL = os.environ['AWS_ENDPOINT_URL']
client = boto3.client('ec2', endpoint_url=URL)
ec2 = boto3.resource('ec2', endpoint_url=URL)
quick = {'Delay': 1, 'MaxAttempts': 3}


def check(name, seen):
    print(json.dumps({'check': name, 'seen': seen}))


def code(call, **parameters):
    """The code by which EC2 refuses a call."""
    try:
        call(**parameters)
    except ClientError as error:
        return error.response['Error']['Code']
    return 'not refused'


def tcp(port, **peers):
    return {'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': port, **peers}


def pages(operation, **parameters):
    return list(client.get_paginator(operation).paginate(**parameters))


def walk_group(vpc):
    made = client.create_security_group(GroupName='web', Description='web tier', VpcId=vpc.id)
    client.get_waiter('security_group_exists').wait(GroupIds=[made['GroupId']])
    web = ec2.SecurityGroup(made['GroupId'])
    check('group resource', [web.group_name, web.description, web.vpc_id == vpc.id, web.owner_id, web.tags])
    check('new group', [web.ip_permissions, web.ip_permissions_egress])
    check('groups of the VPC', sorted(group.group_name for group in vpc.security_groups.all()))
    check('created twice', code(vpc.create_security_group, GroupName='WEB', Description='again'))
    return web


def walk_rules(web, vpc):
    app = vpc.create_security_group(GroupName='app', Description='app tier')
    answer = web.authorize_ingress(IpPermissions=[tcp(
        443,
        IpRanges=[{'CidrIp': '10.1.2.3/16', 'Description': 'office'}],
        Ipv6Ranges=[{'CidrIpv6': '2001:DB8::/32'}],
        UserIdGroupPairs=[{'GroupId': app.id}],
    )])
    rules = answer['SecurityGroupRules']
    check('rule a peer', [
        [rule.get('CidrIpv4'), rule.get('CidrIpv6'), rule.get('ReferencedGroupInfo', {}).get('GroupId') == app.id]
        for rule in rules
    ])
    web.authorize_ingress(IpProtocol='tcp', FromPort=443, ToPort=443, CidrIp='192.0.2.0/24')
    web.reload()
    permission = web.ip_permissions[0]
    check('merged permission', [
        len(web.ip_permissions),
        permission['IpRanges'],
        permission['Ipv6Ranges'],
        [sorted(pair) for pair in permission['UserIdGroupPairs']],
        permission['PrefixListIds'],
    ])
    check('duplicate', code(
        web.authorize_ingress, IpPermissions=[tcp(443, IpRanges=[{'CidrIp': '10.1.0.0/16'}])]))
    check('referenced group', code(app.delete))
    return app, rules


def walk_rule_ids(web, rules):
    first = rules[0]['SecurityGroupRuleId']
    client.modify_security_group_rules(GroupId=web.id, SecurityGroupRules=[{
        'SecurityGroupRuleId': first,
        'SecurityGroupRule': {'IpProtocol': 'tcp', 'FromPort': 8443, 'ToPort': 8443, 'CidrIpv4': '10.1.0.0/16'},
    }])
    seen = client.describe_security_group_rules(SecurityGroupRuleIds=[first])['SecurityGroupRules'][0]
    check('modified rule', [seen['FromPort'], seen['ToPort'], 'Description' in seen, seen['Tags']])
    client.update_security_group_rule_descriptions_ingress(
        GroupId=web.id, IpPermissions=[tcp(8443, IpRanges=[{'CidrIp': '10.1.0.0/16', 'Description': 'head office'}])])
    client.create_tags(Resources=[first], Tags=[{'Key': 'team', 'Value': 'net'}])
    tagged = client.describe_security_group_rules(Filters=[{'Name': 'tag:team', 'Values': ['n*']}])
    check('described and tagged', [
        [rule['SecurityGroupRuleId'] == first, rule['Description']] for rule in tagged['SecurityGroupRules']])
    check('rule revoked', web.revoke_ingress(SecurityGroupRuleIds=[first])['Return'])
    check('revoked twice', code(web.revoke_ingress, SecurityGroupRuleIds=[first]))
    check('revoked by wrong properties', code(
        web.revoke_egress, IpPermissions=[tcp(25, IpRanges=[{'CidrIp': '0.0.0.0/0'}])]))
    everything = web.ip_permissions_egress
    check('permissions as described are revoked', web.revoke_egress(IpPermissions=everything)['Return'])
    web.reload()
    check('no egress left', web.ip_permissions_egress)


def walk_pages(web):
    web.authorize_ingress(IpPermissions=[tcp(port, IpRanges=[{'CidrIp': '198.51.100.0/24'}]) for port in range(1, 13)])
    of_web = [{'Name': 'group-id', 'Values': [web.id]}]
    found = pages('describe_security_group_rules', Filters=of_web, PaginationConfig={'PageSize': 5})
    ids = [rule['SecurityGroupRuleId'] for page in found for rule in page['SecurityGroupRules']]
    check('pages of rules', [[len(page['SecurityGroupRules']) for page in found], len(set(ids))])
    check('tokens of the pages', ['NextToken' in page for page in found])
    limited = client.get_paginator('describe_security_group_rules').paginate(
        Filters=of_web, PaginationConfig={'PageSize': 5, 'MaxItems': 7}).build_full_result()
    check('limited items', [len(limited['SecurityGroupRules']), 'NextToken' in limited])
    check('too few results', code_of_small_page())


def code_of_small_page():
    """botocore checks the model's minimum by itself, so such a request never leaves the client."""
    try:
        client.describe_security_groups(MaxResults=1)
    except Exception as error:
        return type(error).__name__
    return 'sent'


def walk_prefix_list(app):
    made = client.create_managed_prefix_list(
        PrefixListName='offices', AddressFamily='IPv4', MaxEntries=3, Entries=[{'Cidr': '10.8.0.0/16'}])['PrefixList']
    name = made['PrefixListId']
    check('new prefix list', [made['State'], made['Version'], made['MaxEntries'], made['AddressFamily']])
    app.authorize_ingress(IpPermissions=[tcp(22, PrefixListIds=[{'PrefixListId': name, 'Description': 'SSH'}])])
    client.modify_managed_prefix_list(
        PrefixListId=name, CurrentVersion=1, AddEntries=[{'Cidr': '10.9.0.0/16', 'Description': 'new'}])
    check('old version', code(
        client.modify_managed_prefix_list, PrefixListId=name, CurrentVersion=1, AddEntries=[{'Cidr': '10.7.0.0/16'}]))
    entries = pages('get_managed_prefix_list_entries', PrefixListId=name, PaginationConfig={'PageSize': 1})
    check('entries', [page['Entries'] for page in entries])
    used = client.get_managed_prefix_list_associations(PrefixListId=name)['PrefixListAssociations']
    check('associations', [row['ResourceId'] == app.id for row in used])
    seen = client.describe_managed_prefix_lists(PrefixListIds=[name])['PrefixLists'][0]
    check('modified prefix list', [seen['State'], seen['Version'], 'StateMessage' in seen])
    app.revoke_ingress(IpPermissions=[tcp(22, PrefixListIds=[{'PrefixListId': name}])])
    client.delete_managed_prefix_list(PrefixListId=name)
    check('deleted prefix list', code(client.describe_managed_prefix_lists, PrefixListIds=[name]))
    aws = client.describe_prefix_lists(Filters=[{'Name': 'prefix-list-name', 'Values': ['*.s3']}])['PrefixLists']
    check('prefix list of AWS', [[row['PrefixListName'], len(row['Cidrs']) > 0] for row in aws])


def walk_interface(vpc, web, app):
    subnet = vpc.create_subnet(CidrBlock='10.0.1.0/24')
    client.get_waiter('subnet_available').wait(SubnetIds=[subnet.id], WaiterConfig=quick)
    interface = subnet.create_network_interface(Groups=[web.id], Description='walk', PrivateIpAddress='10.0.1.20')
    client.get_waiter('network_interface_available').wait(NetworkInterfaceIds=[interface.id], WaiterConfig=quick)
    interface.reload()
    check('interface', [
        interface.status, interface.private_ip_address, interface.description, interface.source_dest_check,
        interface.interface_type, [group['GroupName'] for group in interface.groups], interface.tag_set])
    interface.modify_attribute(Groups=[app.id, web.id])
    found = vpc.network_interfaces.filter(Filters=[{'Name': 'group-id', 'Values': [app.id]}])
    check('interfaces of a group', [[group['GroupName'] for group in each.groups] for each in found])
    check('group in use', code(web.delete))
    check('unknown group', code(interface.modify_attribute, Groups=['sg-00000000']))
    instance = subnet.create_instances(
        ImageId=first_image(), MinCount=1, MaxCount=1, InstanceType='t3.micro', SecurityGroupIds=[app.id])[0]
    instance.wait_until_running()
    instance.reload()
    check('instance', [
        instance.state['Name'], [group['GroupName'] for group in instance.security_groups],
        instance.vpc_id == vpc.id, len(instance.network_interfaces)])
    instance.modify_attribute(Groups=[web.id])
    instance.reload()
    check('instance in another group', [group['GroupName'] for group in instance.security_groups])
    attached = interface.attach(DeviceIndex=1, InstanceId=instance.id)
    check('attachment', attached['AttachmentId'].startswith('eni-attach-'))
    interface.reload()
    check('attached interface', [interface.status, interface.attachment['DeviceIndex']])
    interface.detach(Force=True)
    client.get_waiter('network_interface_available').wait(NetworkInterfaceIds=[interface.id], WaiterConfig=quick)
    instance.terminate()
    instance.wait_until_terminated()
    interface.delete()
    check('deleted interface', code(interface.reload))
    subnet.delete()


def first_image():
    return client.describe_images(Owners=['amazon'])['Images'][0]['ImageId']


def walk_end(vpc, web, app):
    check('VPC with groups', code(vpc.delete))
    web.delete()
    app.delete()
    check('deleted group', code(web.reload))
    default = list(vpc.security_groups.filter(GroupNames=[], Filters=[{'Name': 'group-name', 'Values': ['default']}]))
    check('default group', [code(group.delete) for group in default])
    vpc.delete()
    check('deleted VPC', code(vpc.reload))
    check('dry run', code(client.create_security_group, GroupName='x', Description='x', DryRun=True))


vpc = ec2.create_vpc(CidrBlock='10.0.0.0/16')
client.get_waiter('vpc_exists').wait(VpcIds=[vpc.id])
vpc.wait_until_available()
vpc.reload()
check('vpc', [vpc.state, vpc.is_default, vpc.instance_tenancy])
web = walk_group(vpc)
app, rules = walk_rules(web, vpc)
walk_rule_ids(web, rules)
walk_pages(web)
walk_prefix_list(app)
walk_interface(vpc, web, app)
walk_end(vpc, web, app)
