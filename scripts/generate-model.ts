/**
 * Writes EC2's wire shapes from the published SDK's schemas: `shapes.generated.ts` for the codecs
 * and `types.generated.ts` for the actions. How many leading members of a structure are required is
 * an undocumented element of the schema tuple, so a test holds the result against known cases.
 */

import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { NormalizedSchema } from '@smithy/core/schema'
import { modelActions } from './model-actions.ts'

const require = createRequire(import.meta.url)

interface Member {
  readonly name: string
  /** `string`, `number`, `boolean`, `timestamp`, `blob` or a shape, with `[]` behind it for a list. */
  readonly type: string
  readonly requestName: string
  readonly responseName: string
}

interface Shape {
  readonly required: number
  readonly members: readonly Member[]
  inRequests: boolean
  inResponses: boolean
}

interface Operation {
  readonly action: string
  readonly input: string
  readonly output: string
}

export interface Model {
  readonly operations: readonly Operation[]
  readonly shapes: ReadonlyMap<string, Shape>
}

/** A schema as the SDK exports it: an operation's tuple holds its input at 4 and its output at 5. */
type Schema = Parameters<typeof NormalizedSchema.of>[0]
type StructureTuple = readonly [number, string, string, unknown, unknown, unknown, number?]

const requiredCount = 6
const scalars = [
  ['string', (schema: NormalizedSchema) => schema.isStringSchema()],
  ['number', (schema: NormalizedSchema) => schema.isNumericSchema()],
  ['boolean', (schema: NormalizedSchema) => schema.isBooleanSchema()],
  ['timestamp', (schema: NormalizedSchema) => schema.isTimestampSchema()],
  ['blob', (schema: NormalizedSchema) => schema.isBlobSchema()],
] as const
const typeScriptOf: Readonly<Record<string, string>> = { timestamp: 'Instant', blob: 'string' }

export function readModel(actions: readonly string[]): Model {
  // Required, not imported: the SDK's own declarations cost the type check several seconds.
  const sdk = require('@aws-sdk/client-ec2') as Readonly<Record<string, readonly Schema[]>>
  const shapes = new Map<string, Shape>()
  const operations = actions.map((action) => {
    const operation = sdk[`${action}$`]
    if (!operation) throw new Error(`The SDK does not know the action ${action}`)
    return {
      action,
      input: addType(shapes, NormalizedSchema.of(operation[4] as Schema), 'inRequests'),
      output: addType(shapes, NormalizedSchema.of(operation[5] as Schema), 'inResponses'),
    }
  })
  return { operations, shapes }
}

function addType(shapes: Map<string, Shape>, schema: NormalizedSchema, side: 'inRequests' | 'inResponses'): string {
  if (schema.isUnitSchema()) return ''
  if (schema.isListSchema()) return `${addType(shapes, schema.getValueSchema(), side)}[]`
  if (schema.isStructSchema()) return addStructure(shapes, schema, side)
  const scalar = scalars.find(([, is]) => is(schema))
  if (!scalar) throw new Error(`No codec for the schema ${schema.getName(true)}`)
  return scalar[0]
}

function addStructure(
  shapes: Map<string, Shape>,
  schema: NormalizedSchema,
  side: 'inRequests' | 'inResponses',
): string {
  const tuple = schema.getSchema() as unknown as StructureTuple
  const name = tuple[2]
  const known = shapes.get(name)
  if (known?.[side]) return name
  const members: Member[] = []
  const shape = known ?? { required: tuple[requiredCount] ?? 0, members, inRequests: false, inResponses: false }
  shape[side] = true
  shapes.set(name, shape)
  for (const [memberName, member] of schema.structIterator()) {
    members.push(memberFrom(memberName, addType(shapes, member, side), member.getMergedTraits()))
  }
  return name
}

function memberFrom(name: string, type: string, traits: ReturnType<NormalizedSchema['getMergedTraits']>): Member {
  const { ec2QueryName, xmlName } = traits as { ec2QueryName?: string; xmlName?: string }
  const requestName = ec2QueryName ?? (xmlName ? xmlName.charAt(0).toUpperCase() + xmlName.slice(1) : name)
  return { name, type, requestName, responseName: xmlName ?? name }
}

const banner = (what: string) =>
  `/** ${what} Generated from AWS's EC2 model by \`npm run model\`; not for editing. */\n`

export function printShapes({ operations, shapes }: Model): string {
  const actionLines = operations.map(({ action, input, output }) => `  ${action}: ['${input}', '${output}'],\n`)
  const shapeLines = sorted(shapes).map(([name, shape]) => {
    const rows = shape.members.map((member) => `    ${printRow(member, shape)},\n`).join('')
    return `  ${name}: [\n    ${shape.required},\n${rows}  ],\n`
  })
  return `${banner('The wire shapes as data.')}
/** Name, type, and where they differ from the name itself: its key in requests, its element in responses. */
export type MemberRow = readonly [name: string, type: string, requestName?: string, responseName?: string]

/** How many of the leading members are required, then the members. */
export type ShapeRow = readonly [required: number, ...members: MemberRow[]]

/** Input and output shape of each action; '' is an action whose answer has no members. */
export const actionShapes = {
${actionLines.join('')}} as const satisfies Readonly<Record<string, readonly [input: string, output: string]>>

export const shapes: Readonly<Record<string, ShapeRow>> = {
${shapeLines.join('')}}
`
}

/** A name is written only where the shape travels that way and the codec's default would be wrong. */
function printRow(member: Member, shape: Shape): string {
  const lower = member.name.charAt(0).toLowerCase() + member.name.slice(1)
  const response = shape.inResponses && member.responseName !== lower ? member.responseName : undefined
  const request = (shape.inRequests && member.requestName !== member.name) || response ? member.requestName : undefined
  const cells = [member.name, member.type, request, response].filter((cell) => cell !== undefined)
  return `[${cells.map((cell) => `'${cell}'`).join(', ')}]`
}

export function printTypes({ operations, shapes }: Model): string {
  const interfaces = sorted(shapes).map(([name, shape]) => {
    const lines = shape.members.map((member, index) => `  ${printMember(member, index < shape.required)}\n`)
    return lines.length ? `export interface ${name} {\n${lines.join('')}}\n` : `export type ${name} = Empty\n`
  })
  const entries = operations.map(
    ({ action, input, output }) => `  ${action}: { input: ${input || 'Empty'}; output: ${output || 'Empty'} }\n`,
  )
  return `${banner("EC2's requests and results, under the SDK's member names.")}
import type { Instant } from '../../base/clock.ts'

/** An action that takes or answers nothing. */
export type Empty = Readonly<Record<string, never>>

${interfaces.join('\n')}
export interface ActionTypes {
${entries.join('')}}

export type ActionName = keyof ActionTypes
`
}

function printMember({ name, type }: Member, required: boolean): string {
  const isList = type.endsWith('[]')
  const item = isList ? type.slice(0, -2) : type
  const printed = `${isList ? 'readonly ' : ''}${typeScriptOf[item] ?? item}${isList ? '[]' : ''}`
  return required ? `readonly ${name}: ${printed}` : `readonly ${name}?: ${printed} | undefined`
}

function sorted(shapes: ReadonlyMap<string, Shape>): readonly (readonly [string, Shape])[] {
  return [...shapes].sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Writes the two committed files for these actions. Throws for an action that the model does not know. */
export function generateModel(actions: readonly string[]): void {
  const model = readModel(actions)
  const folder = new URL('../src/ec2/protocol/', import.meta.url)
  writeFileSync(new URL('shapes.generated.ts', folder), printShapes(model))
  writeFileSync(new URL('types.generated.ts', folder), printTypes(model))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateModel(modelActions)
