/**
 * Refusals of Reachability Analyzer and Network Access Analyzer (spec 8.9). The codes are AWS's where they
 * are known; the sentences are ours.
 */

import { plain, wording } from './wording.ts'

export const networkInsightsRejections = {
  AnalysisExistsForPath: wording(
    'AnalysisExistsForNetworkInsightsPath',
    (p: { path: string }) => `The network insights path '${p.path}' has analyses. Delete these first.`,
  ),
  AnalysisExistsForAccessScope: wording(
    'AnalysisExistsForNetworkInsightsAccessScope',
    (p: { scope: string }) => `The network insights access scope '${p.scope}' has analyses. Delete these first.`,
  ),
  NetworkInsightsPathLimitExceeded: plain(
    'NetworkInsightsPath.LimitExceeded',
    'You have reached the limit on the number of network insights paths.',
  ),
  NetworkInsightsAnalysisLimitExceeded: plain(
    'NetworkInsightsAnalysis.LimitExceeded',
    'You have reached the limit on the number of network insights analyses.',
  ),
  PathEndUnsupported: wording(
    'UnsupportedOperation',
    (p: { id: string }) =>
      `${p.id} cannot be the end of a path here: only instances, network interfaces, internet gateways and VPC peering connections can.`,
  ),
  VpcEndpointIdNotFound: wording(
    'InvalidVpcEndpointId.NotFound',
    (p: { id: string }) => `The Vpc Endpoint Id '${p.id}' does not exist`,
  ),
  VpcEndpointServiceIdNotFound: wording(
    'InvalidVpcEndpointServiceId.NotFound',
    (p: { id: string }) => `The VpcEndpointService Id '${p.id}' does not exist`,
  ),
  AccountOfPathForeign: wording(
    'InvalidParameterValue',
    (p: { arn: string; name: string }) =>
      `Value (${p.arn}) for parameter ${p.name} is invalid. It belongs to another account or Region.`,
  ),
} as const
