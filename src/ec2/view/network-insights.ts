/** Paths of Reachability Analyzer and their analyses as responses show them (spec 8.9). */

import { resourceTypeOf } from '../../model/ids.ts'
import type {
  NetworkInsightsAnalysis,
  NetworkInsightsPath,
  PathFilter,
  PortSpan,
} from '../../model/network-insights.ts'
import type { World } from '../../model/world.ts'
import type {
  FilterPortRange,
  NetworkInsightsAnalysis as WireAnalysis,
  PathFilter as WireFilter,
  NetworkInsightsPath as WirePath,
} from '../protocol/types.generated.ts'
import { viewComponents, viewExplanation } from './insights-component.ts'
import { arnOf, viewTagsOf } from './tags.ts'

export function viewPath(world: World, path: NetworkInsightsPath): WirePath {
  const arn = (id: string) => arnOf(world.scope, resourceTypeOf(id) ?? 'resource', id)
  return {
    NetworkInsightsPathId: path.id,
    NetworkInsightsPathArn: arn(path.id),
    CreatedDate: path.createdAt,
    Source: path.source,
    Destination: path.destination,
    SourceArn: arn(path.source),
    DestinationArn: path.destination && arn(path.destination),
    SourceIp: path.sourceIp,
    DestinationIp: path.destinationIp,
    Protocol: path.protocol,
    DestinationPort: path.destinationPort,
    Tags: viewTagsOf(world, path.id),
    FilterAtSource: path.filterAtSource && viewFilter(path.filterAtSource),
    FilterAtDestination: path.filterAtDestination && viewFilter(path.filterAtDestination),
  }
}

function viewFilter(filter: PathFilter): WireFilter {
  return {
    SourceAddress: filter.sourceAddress,
    SourcePortRange: filter.sourcePorts && viewSpan(filter.sourcePorts),
    DestinationAddress: filter.destinationAddress,
    DestinationPortRange: filter.destinationPorts && viewSpan(filter.destinationPorts),
  }
}

function viewSpan({ from, to }: PortSpan): FilterPortRange {
  return { FromPort: from, ToPort: to }
}

/** As the call that starts it answers: AWS is at work for a while, and has no result yet. */
export function viewStarted(world: World, analysis: NetworkInsightsAnalysis): WireAnalysis {
  return {
    NetworkInsightsAnalysisId: analysis.id,
    NetworkInsightsAnalysisArn: arnOf(world.scope, 'network-insights-analysis', analysis.id),
    NetworkInsightsPathId: analysis.path,
    FilterInArns: listOrNone(analysis.filterInArns),
    FilterOutArns: listOrNone(analysis.filterOutArns),
    StartDate: analysis.startedAt,
    Status: 'running',
  }
}

function listOrNone(arns: readonly string[]): readonly string[] | undefined {
  return arns.length > 0 ? arns : undefined
}

export function viewAnalysis(world: World, analysis: NetworkInsightsAnalysis): WireAnalysis {
  const { verdict, failure } = analysis
  return {
    ...viewStarted(world, analysis),
    Status: analysisStatus(analysis),
    StatusMessage: verdict?.kind === 'undetermined' ? verdict.why : failure,
    NetworkPathFound: isFound(analysis),
    ...(verdict?.kind === 'found' && {
      ForwardPathComponents: viewComponents(world, verdict.forward),
      ReturnPathComponents: viewComponents(world, verdict.back),
    }),
    ...(verdict?.kind === 'not-found' && {
      Explanations: verdict.explanations.map((each) => viewExplanation(world, each)),
    }),
    SuggestedAccounts: [],
    Tags: viewTagsOf(world, analysis.id),
  }
}

export function analysisStatus({ verdict, failure }: NetworkInsightsAnalysis): 'running' | 'succeeded' | 'failed' {
  if (failure !== undefined || verdict?.kind === 'undetermined') return 'failed'
  return verdict ? 'succeeded' : 'running'
}

/** There is no answer where the analysis failed, nor while it is under way. */
export function isFound({ verdict }: NetworkInsightsAnalysis): boolean | undefined {
  return verdict === undefined || verdict.kind === 'undetermined' ? undefined : verdict.kind === 'found'
}
