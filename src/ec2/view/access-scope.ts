/** Access scopes, their content, analyses and findings as responses show them (spec 8.9). */

import type {
  AccessScope,
  AccessScopeAnalysis,
  HeaderStatement,
  PathStatement,
  ResourceStatement,
  ScopeFinding,
  ScopePath,
  ScopeVerdict,
} from '../../model/access-scope.ts'
import type { PortSpan } from '../../model/network-insights.ts'
import type { World } from '../../model/world.ts'
import type {
  PacketHeaderStatement,
  AccessScopeAnalysisFinding as WireFinding,
  AccessScopePath as WirePath,
  ResourceStatement as WireResourceStatement,
  NetworkInsightsAccessScope as WireScope,
  NetworkInsightsAccessScopeAnalysis as WireScopeAnalysis,
  NetworkInsightsAccessScopeContent as WireScopeContent,
  PathStatement as WireStatement,
} from '../protocol/types.generated.ts'
import { viewComponents } from './insights-component.ts'
import { arnOf, viewTagsOf } from './tags.ts'

export function viewScope(world: World, { id, createdAt }: AccessScope): WireScope {
  return {
    NetworkInsightsAccessScopeId: id,
    NetworkInsightsAccessScopeArn: arnOf(world.scope, 'network-insights-access-scope', id),
    CreatedDate: createdAt,
    UpdatedDate: createdAt,
    Tags: viewTagsOf(world, id),
  }
}

export function viewScopeContent({ id, content }: AccessScope): WireScopeContent {
  return {
    NetworkInsightsAccessScopeId: id,
    MatchPaths: content.matchPaths.map(viewPath),
    ExcludePaths: content.excludePaths.map(viewPath),
  }
}

function viewPath({ source, destination, through }: ScopePath): WirePath {
  return {
    Source: source && viewStatement(source),
    Destination: destination && viewStatement(destination),
    ThroughResources:
      through.length > 0 ? through.map((each) => ({ ResourceStatement: viewResource(each) })) : undefined,
  }
}

function viewStatement({ header, resource }: PathStatement): WireStatement {
  return {
    PacketHeaderStatement: header && viewHeader(header),
    ResourceStatement: resource && viewResource(resource),
  }
}

function viewResource({ resources, types }: ResourceStatement): WireResourceStatement {
  return {
    Resources: resources.length > 0 ? resources : undefined,
    ResourceTypes: types.length > 0 ? types : undefined,
  }
}

function viewHeader(header: HeaderStatement): PacketHeaderStatement {
  return {
    SourceAddresses: header.sourceAddresses,
    DestinationAddresses: header.destinationAddresses,
    SourcePorts: header.sourcePorts?.map(spanText),
    DestinationPorts: header.destinationPorts?.map(spanText),
    SourcePrefixLists: header.sourcePrefixLists,
    DestinationPrefixLists: header.destinationPrefixLists,
    Protocols: header.protocols,
  }
}

function spanText({ from, to }: PortSpan): string {
  return from === to ? String(from) : `${from}-${to}`
}

/** As the call that starts it answers. */
export function viewScopeStarted(world: World, { id, scope, startedAt }: AccessScopeAnalysis): WireScopeAnalysis {
  return {
    NetworkInsightsAccessScopeAnalysisId: id,
    NetworkInsightsAccessScopeAnalysisArn: arnOf(world.scope, 'network-insights-access-scope-analysis', id),
    NetworkInsightsAccessScopeId: scope,
    Status: 'running',
    StartDate: startedAt,
    Tags: viewTagsOf(world, id),
  }
}

export function viewScopeAnalysis(world: World, analysis: AccessScopeAnalysis): WireScopeAnalysis {
  const { verdict, failure, startedAt, endedAt = startedAt } = analysis
  const Status = scopeStatus(analysis)
  return {
    ...viewScopeStarted(world, analysis),
    Status,
    StatusMessage: failure,
    EndDate: Status === 'running' ? undefined : endedAt,
    ...(verdict && {
      WarningMessage: warningOf(verdict),
      FindingsFound: findingsFound(verdict),
      AnalyzedEniCount: verdict.analyzedInterfaces,
    }),
  }
}

export function scopeStatus({ verdict, failure }: AccessScopeAnalysis): 'running' | 'succeeded' | 'failed' {
  if (failure !== undefined) return 'failed'
  return verdict ? 'succeeded' : 'running'
}

function findingsFound({ findings, isUncertain }: ScopeVerdict): 'true' | 'false' | 'unknown' {
  if (findings.length > 0) return 'true'
  return isUncertain ? 'unknown' : 'false'
}

function warningOf({ findings, isCut, isUncertain }: ScopeVerdict): string | undefined {
  const warnings = [
    ...(isCut ? [`There are more findings than the ${findings.length} that are listed.`] : []),
    ...(isUncertain ? ['Some connections depend on gateways that are not modelled here: they are not listed.'] : []),
  ]
  return warnings.length > 0 ? warnings.join(' ') : undefined
}

/** Findings are numbered from 1. */
export function viewFinding(
  world: World,
  { id, scope }: AccessScopeAnalysis,
  { number, components }: ScopeFinding & { readonly number: number },
): WireFinding {
  return {
    NetworkInsightsAccessScopeAnalysisId: id,
    NetworkInsightsAccessScopeId: scope,
    FindingId: `AccessScopeAnalysisFinding-${number}`,
    FindingComponents: viewComponents(world, components),
  }
}
