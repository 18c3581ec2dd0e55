/**
 * `npm run new-action -- DescribeHosts host`: all that adding an action takes but its meaning. Takes its
 * shapes from the model, makes its file and a test that fails until it is written, and lists it.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateModel, readModel } from './generate-model.ts'
import { writeRegistry } from './generate-registry.ts'
import { modelActions } from './model-actions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const modelList = `${root}scripts/model-actions.ts`

const usage = `Usage: npm run new-action -- ACTION FOLDER
  ACTION  as AWS names it: DescribeHosts
  FOLDER  of src/ec2/actions/, a family's name: host
`

const [action = '', folder = ''] = process.argv.slice(2)
if (action === '--help' || action === '-h') {
  process.stdout.write(usage)
  process.exit(0)
}
if (!/^[A-Z][A-Za-z0-9]+$/.test(action) || !/^[a-z][a-z-]*$/.test(folder)) stop(usage)

const file = `src/ec2/actions/${folder}/${action}.ts`
if (existsSync(`${root}${file}`)) stop(`${file} is already there.\n`)

const actions = modelActions.includes(action) ? modelActions : [...modelActions, action]
try {
  readModel(actions)
} catch (cause) {
  stop(`${(cause as Error).message}\n`)
}
if (actions !== modelActions) listInModel()
generateModel(actions)
write(file, actionText())
write(file.replace(/\.ts$/, '.test.ts'), testText())
writeRegistry()
process.stdout.write(
  `Made ${file} and its test, which fails until the action is written.\nNext: docs/adding-an-action.md\n`,
)

function listInModel(): void {
  const text = readFileSync(modelList, 'utf8')
  writeFileSync(modelList, text.replace(/\n\]\s*$/, `\n  '${action}',\n]\n`))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(`${root}${path}`), { recursive: true })
  writeFileSync(`${root}${path}`, text)
}

function actionText(): string {
  return `/** ${action}. */

import { answer, type Run } from '../../action.ts'

export const run: Run<'${action}'> = () => answer({})
`
}

function testText(): string {
  return `import { expect, test } from 'vitest'
import { cloud } from '../../../../test/cloud.ts'

test('${action} answers as AWS does', async () => {
  const aws = await cloud()
  expect(await aws.call('${action}', {})).toEqual('what the spec says')
})
`
}

function stop(message: string): never {
  process.stderr.write(message)
  process.exit(2)
}
