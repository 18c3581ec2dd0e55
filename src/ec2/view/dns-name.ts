/** The DNS names that AWS gives addresses. Both forms spell us-east-1, the first Region, in their own way. */

import type { Vpc } from '../../model/vpc.ts'

/** `ip-10-0-0-5.ec2.internal` in us-east-1, `ip-10-0-0-5.eu-west-1.compute.internal` elsewhere. */
export function privateDnsName(address: string, region: string): string {
  return `ip-${dashed(address)}.${privateDomain(region)}`
}

/** The domain of private names, which the default DHCP options hand out. */
export function privateDomain(region: string): string {
  return `${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`
}

/** `ec2-203-0-113-5.compute-1.amazonaws.com` in us-east-1, `….eu-west-1.compute.amazonaws.com` elsewhere. */
export function publicDnsName(address: string, region: string): string {
  return `ec2-${dashed(address)}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`
}

/** Whether addresses of the VPC have host names. Without, the public name prints empty. */
export function hasDnsNames(vpc: Vpc): boolean {
  return vpc.dnsSupport && vpc.dnsHostnames
}

function dashed(address: string): string {
  return address.replaceAll('.', '-')
}
