"""Asks STS and EC2 who is calling, and prints what each answers: an account or an error code."""

import json
import os

import boto3
from botocore.exceptions import ClientError


def answer(call):
    try:
        return call()
    except ClientError as error:
        return error.response['Error']['Code']


def client(service):
    return boto3.client(service, endpoint_url=os.environ['AWS_ENDPOINT_URL'])


print(json.dumps({
    'sts': answer(lambda: client('sts').get_caller_identity()['Account']),
    'ec2': answer(lambda: client('ec2').describe_vpcs()['Vpcs'][0]['OwnerId']),
}))
