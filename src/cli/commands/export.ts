/** `sallyport export`: a world written as something that makes it: a script, Terraform, CloudFormation, a state. */

import { Command, Option } from 'commander'
import { awsCliOf } from '../../export/aws-cli.ts'
import { cloudFormationOf } from '../../export/cloudformation.ts'
import { inventoryOf } from '../../export/inventory.ts'
import type { Written } from '../../export/pieces.ts'
import { terraformOf } from '../../export/terraform.ts'
import { stateOf } from '../../model/state.ts'
import type { World } from '../../model/world.ts'
import { sourceHelp, sourceNamed } from '../source.ts'
import { addSourceOptions, answeredFrom, type EndpointOptions } from '../world-options.ts'

const forms: { readonly [form: string]: (world: World) => Written } = {
  cli: (world) => awsCliOf(inventoryOf(world)),
  terraform: (world) => terraformOf(inventoryOf(world)),
  cloudformation: (world) => cloudFormationOf(inventoryOf(world)),
  state: (world) => ({ text: `${JSON.stringify(stateOf(world), null, 2)}\n`, unsaid: [] }),
}

interface ExportOptions extends EndpointOptions {
  readonly as: string
}

export function exportCommand(): Command {
  return addSourceOptions(new Command('export'))
    .summary('write a world as aws CLI calls, Terraform or CloudFormation')
    .description(
      'Writes a world as text that makes it: a bash script of aws CLI calls, Terraform, a CloudFormation template, or ' +
        'a state that every other command reads. What a form cannot say is listed at its head and on standard error.',
    )
    .argument('[source]', sourceHelp, 'live')
    .addOption(new Option('--as <form>', 'what to write').choices(Object.keys(forms)).makeOptionMandatory())
    .addHelpText('after', '\nExit code: 0 written, 2 usage or error.')
    .action(run)
}

async function run(source: string, options: ExportOptions): Promise<void> {
  const { certain, doubts } = await sourceNamed(source, options)
  const { text, unsaid } = answeredFrom(source, () => (forms[options.as] as (world: World) => Written)(certain))
  for (const { what, origin } of doubts) process.stderr.write(`not known: ${origin.file}:${origin.line}: ${what}\n`)
  for (const sentence of unsaid) process.stderr.write(`not written: ${sentence}\n`)
  process.stdout.write(text)
}
