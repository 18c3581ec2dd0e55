"""Reachability Analyzer as boto3 uses it: a no and a yes, read through the paginator."""

import json
import os

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client('ec2', endpoint_url=os.environ['AWS_ENDPOINT_URL'])


def say(value):
    print(json.dumps(value))


def analysed(path):
    started = ec2.start_network_insights_analysis(NetworkInsightsPathId=path)['NetworkInsightsAnalysis']
    pages = ec2.get_paginator('describe_network_insights_analyses').paginate(
        NetworkInsightsAnalysisIds=[started['NetworkInsightsAnalysisId']]
    )
    (analysis,) = [each for page in pages for each in page['NetworkInsightsAnalyses']]
    return started, analysis


vpc = ec2.create_vpc(CidrBlock='10.7.0.0/16')['Vpc']['VpcId']
subnet = ec2.create_subnet(VpcId=vpc, CidrBlock='10.7.1.0/24')['Subnet']['SubnetId']
group = ec2.create_security_group(GroupName='shut', Description='shut', VpcId=vpc)['GroupId']
cards = [
    ec2.create_network_interface(SubnetId=subnet, Groups=[group])['NetworkInterface']['NetworkInterfaceId']
    for _ in range(2)
]
path = ec2.create_network_insights_path(
    Source=cards[0],
    Destination=cards[1],
    Protocol='tcp',
    FilterAtSource={'DestinationPortRange': {'FromPort': 8080, 'ToPort': 8090}},
)['NetworkInsightsPath']['NetworkInsightsPathId']

started, analysis = analysed(path)
say([started['Status'], 'NetworkPathFound' not in started])
say([analysis['NetworkPathFound'], [each['ExplanationCode'] for each in analysis['Explanations']]])

ec2.authorize_security_group_ingress(GroupId=group, IpProtocol='tcp', FromPort=8085, ToPort=8085, CidrIp='10.7.1.0/24')
_, analysis = analysed(path)
say([analysis['NetworkPathFound'], analysis.get('Explanations', [])])

pages = ec2.get_paginator('describe_network_insights_analyses').paginate(
    NetworkInsightsPathId=path, PaginationConfig={'PageSize': 1}
)
say([len(page['NetworkInsightsAnalyses']) for page in pages])

try:
    ec2.delete_network_insights_path(NetworkInsightsPathId=path)
except ClientError as refused:
    say(refused.response['Error']['Code'])
