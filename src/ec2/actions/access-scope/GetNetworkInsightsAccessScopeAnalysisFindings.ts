/** GetNetworkInsightsAccessScopeAnalysisFindings (spec 8.9). */

import { answer, type Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { list, rowsFrom } from '../../page.ts'
import { scopeStatus, viewFinding } from '../../view/access-scope.ts'

export const run: Run<'GetNetworkInsightsAccessScopeAnalysisFindings'> = (input, { world }) => {
  const analysis = find(world, 'accessScopeAnalysis', input.NetworkInsightsAccessScopeAnalysisId)
  const numbered = (analysis.verdict?.findings ?? []).map((finding, index) => ({ ...finding, number: index + 1 }))
  const { items, nextToken } = list({
    input,
    limits: { least: 1, most: 1000 },
    // A text that sorts as the number does.
    rows: rowsFrom(numbered, ({ number }) => String(number).padStart(6, '0')),
    filters: {},
  })
  return answer({
    NetworkInsightsAccessScopeAnalysisId: analysis.id,
    AnalysisStatus: scopeStatus(analysis),
    AnalysisFindings: items.map((each) => viewFinding(world, analysis, each)),
    NextToken: nextToken,
  })
}
