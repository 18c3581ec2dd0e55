/** Worlds from `terraform show -json`: of a state, of what a plan leads to, of what was there before it. */

import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import { Draft } from '../draft.ts'
import { fillGaps } from '../gaps.ts'
import type { Imported } from '../imported.ts'
import { text } from '../json-value.ts'
import { readAcls } from './acls.ts'
import { Addresses } from './addresses.ts'
import type { Document, Resource } from './document.ts'
import { readGroups, separateRules } from './groups.ts'
import { readInterfaces, toldAddresses } from './interfaces.ts'
import { readNetwork } from './network.ts'
import { Reading } from './reading.ts'
import { References } from './references.ts'
import { readRoutes } from './routes.ts'
import { readServices } from './services.ts'
import type { SourceText } from './source-text.ts'

export interface TerraformSource {
  readonly document: Document
  readonly source: SourceText
  /** The JSON's path. */
  readonly file: string
}

/** What a plan leads to, or what a state is. */
export function terraformWorld(given: TerraformSource): Imported {
  return worldOf(given, given.document)
}

/** What was there when the plan was made. */
export function worldBefore(given: TerraformSource): Imported {
  return worldOf(given, priorOf(given.document))
}

/** The prior state of a plan as a document of its own; its configuration is that of the plan. */
export function priorOf(document: Document): Document {
  return { ...document, kind: 'state', resources: document.prior, prior: [], configuration: undefined }
}

/** The world of some of the resources: what a plan leaves while it is carried out. */
export function worldOf({ document: whole, source, file }: TerraformSource, document: Document): Imported {
  const account = accountOf(whole.resources)
  const former = new Map(whole.prior.filter(({ mode }) => mode === 'managed').map((each) => [each.address, each]))
  const facts = { source, file, former, document, references: new References(document, source), account }
  const prior = priorOf(whole)
  const copies = separateRules(
    new Reading(new Draft(), {
      ...facts,
      document: prior,
      references: new References(prior, source),
      copies: new Map(),
    }),
  )
  const draft = new Draft()
  const reading = new Reading(draft, { ...facts, copies })
  readNetwork(reading)
  readAcls(reading)
  readRoutes(reading)
  readGroups(reading)
  const addresses = new Addresses(draft, toldAddresses(reading))
  readInterfaces(reading, addresses)
  readServices(reading, addresses)
  addresses.allowParts()
  const scope = { account, region: whole.region ?? regionOf(whole.resources) }
  const isKnownList = (id: string) => findAwsPrefixList(scope.region, id) !== undefined
  fillGaps(draft, { source: { file, line: 1, name: file }, isKnownList, unreachable: new Set() })
  return draft.imported(scope)
}

function accountOf(resources: readonly Resource[]): string {
  return (
    resources.flatMap(({ values }) => text(values['owner_id']) ?? []).find((id) => /^\d{12}$/.test(id)) ??
    '123456789012'
  )
}

function regionOf(resources: readonly Resource[]): string {
  const arns = resources.flatMap(({ values }) => text(values['arn']) ?? [])
  return arns.flatMap((arn) => /^arn:[\w-]+:ec2:([a-z0-9-]+):/.exec(arn)?.[1] ?? [])[0] ?? 'us-east-1'
}
